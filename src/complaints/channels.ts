/** Where a grievance is sent: what is said of each door, with the published name and number of whoever takes the call. */
import { citationOfLaw, citationOfRecord } from "../answering/citing.ts";
import type { Day } from "../law/day.ts";
import { isCurrent, type Library } from "../records/library.ts";
import type { Hotline } from "../records/schema.ts";
import type { Block, CardRow, Citation } from "../reply.ts";
import { type TriageName, triageKinds } from "./triage-kinds.ts";

/** What is told of each door; the numbers are rows of their own. */
const says: Readonly<Record<TriageName, string>> = {
  emergency: "这听起来可能正有危险。请先打 110,有人受伤打 120,着火打 119,先保护好自己。",
  enforcement: "对执法行为的投诉可以在这里登记,交给执法监督机构。",
  discretion: "罚得过重、同案不同罚,可以在这里登记投诉,交给执法监督机构。",
  inaction:
    "机关该管不管、不答复,有两条路,可以都走:一是在这里登记投诉,由执法监督机构督促;二是事关您自己的人身、财产权益的,申请行政复议:规定了办理期限的,期满起 60 日内申请;没有规定的,机关收到您的申请满 60 日起算,再 60 日内申请。这类事要先复议才能起诉,投诉不会让期限停下来。",
  relief:
    "您说的像是不服一个具体的处理决定。要改变决定,应申请行政复议或提起行政诉讼;投诉不能代替,也不会让期限停下来。",
  discipline:
    "执法人员或其他公职人员要钱要物、收好处、“私了”,归纪检监察机关管。为保护您和线索,请直接向纪委监委反映,这里不登记这类内容;东西先别给,留好聊天、转账和录音。",
  police:
    "反映民警办案违法,向公安机关督察部门反映,也可以向检察院或监察机关提出;被打伤的先就医、留好诊断。公安督察自己的号码没有收录到公布的原文,先打下面的号码。",
  consumer: "和商家的消费纠纷、举报商家,请找市场监管部门;留好小票、实物和照片。",
  wages: "欠薪、不签合同、不交社保,请找当地人力资源社会保障部门的劳动保障监察机构;也可以申请劳动仲裁。",
  taxi: "出租车、网约车、客运的服务和收费,请找交通运输部门;记下车牌号、时间和上下车地点。",
  property: "物业收费和服务的事,先找业主委员会、居委会;解决不了的,向街道办和住房建设部门反映,也可以起诉。",
  neighbours: "邻里之间的事,先找村(居)委会或人民调解委员会;正在吵闹、打人的,直接报警。",
  hotline: "一般民生诉求和咨询,请找便民热线。",
  petition: "建议意见或没有其他法定途径的诉求,可以向信访部门提出;不知道是哪个部门的,可以先问便民热线。",
  litigationRelated: "涉及法院、检察院或刑事案件的事项,请向相应的政法机关提出。",
  publicInterest: "生态环境、食品药品安全等公共利益受损的线索,可以向检察院反映。",
  disclosure: "想看文件、要材料,可以向该机关书面申请政府信息公开。",
  compensation: "要求国家赔偿,应先向赔偿义务机关提出,也可以在复议、诉讼中一并提出。",
  crime: "涉嫌犯罪的线索,请向公安机关报案。",
  legalAid: "需要法律援助,可以向司法局的法律援助机构申请。",
  civil: "个人、单位之间的民事纠纷,可以找人民调解或到法院起诉。",
  personnel: "单位内部的人事问题,不属于行政执法监督的范围,请先向本单位或其上级反映。",
  question: "您说的像是想问一件事。可以直接问我,不必登记投诉。",
};

/** Doors whose own number no published list here has: said so, with the general one. */
const NO_OWN_NUMBER: ReadonlySet<TriageName> = new Set(["property", "petition", "disclosure", "personnel"]);

export interface Channel {
  readonly label: string;
  readonly say: string;
  /** Published and current, the one to call first first. */
  readonly numbers: readonly string[];
  /** The sentence, and whom to call. */
  readonly blocks: readonly Block[];
  readonly citations: readonly Citation[];
}

/** @param first index of the channel's first citation in the reply. */
export function channelOf(
  kind: TriageName,
  at: { readonly library: Library; readonly today: Day },
  first = 0,
): Channel {
  const { label, numbers, basis } = triageKinds[kind];
  const hotlines = hotlinesOf(numbers, at);
  const citations = [
    ...basis.map(citationOfLaw),
    ...hotlines.map((hotline) => citationOfRecord(hotline, at)),
  ];
  const cites = (from: number, to: number) => ({
    cites: Array.from({ length: to - from }, (_, n) => first + from + n),
  });
  const say = NO_OWN_NUMBER.has(kind)
    ? `${says[kind]}这类事没有收录到公布的专门号码,先打下面的号码,请它转。`
    : says[kind];
  const rows: CardRow[] = hotlines.map((one) => ({ label: one.number, value: `${one.name}:${one.scope}` }));
  const told: Block =
    kind === "emergency" ? { kind: "notice", level: "urgent", text: say } : { kind: "text", text: say };
  return {
    label,
    say,
    numbers: hotlines.map((one) => one.number),
    blocks: [
      { ...told, ...(basis.length > 0 ? cites(0, basis.length) : {}) },
      ...(rows.length > 0
        ? [{ kind: "card", title: "打这个电话", rows, ...cites(basis.length, citations.length) } as const]
        : []),
    ],
    citations,
  };
}

/** The published, current hotlines of these numbers, in their order. */
export function hotlinesOf(
  numbers: readonly string[],
  { library, today }: { readonly library: Library; readonly today: Day },
): readonly Hotline[] {
  const current = library.all("hotline").filter((one) => !one.retired && isCurrent(one, today));
  return numbers.flatMap((number) => current.filter((one) => one.number === number).slice(0, 1));
}
