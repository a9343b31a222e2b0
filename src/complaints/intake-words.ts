/** Sentences of the intake that depend on the door, the kind of matter or the law. */
import { citationOfLaw } from "../answering/citing.ts";
import { cite } from "../law/cite.ts";
import type { SaidRef } from "../law/legal-ref.ts";
import type { Citation } from "../reply.ts";
import type { DoorName } from "../turn.ts";
import { type TriageName, triageKinds } from "./triage-kinds.ts";

/** Who will see what: said before the first question (个人信息保护法第十七、三十五条). */
export function whoSeesWhat(door: DoorName, identityAllowed: boolean): string {
  const always =
    "您写的内容只给有权监督的机构看;被投诉的单位和人员看不到您的原文和身份,他们只会收到一份不含来源的核查通知。办结后身份信息到期自动删除。";
  return `${always}${platform(door, identityAllowed)}`;
}

function platform(door: DoorName, identityAllowed: boolean): string {
  switch (door) {
    case "telegram":
      return identityAllowed
        ? "请注意:Telegram 在境外,平台方可能看到您的账号和消息。"
        : "请注意:Telegram 在境外,平台方可能看到您的账号和消息;因此这里不收姓名、电话等身份信息,请不要写出来。";
    case "wechat":
      return "请注意:微信平台知道您的账号;我们能对被投诉单位保密,不能对平台保密。想完全匿名,请用本站网页提交。";
    case "web":
    case "api":
      return "网页提交不需要登录;选匿名时我们不保存您是谁,但您的网络运营者可能留有访问记录。";
    case "terminal":
      return "您正在本机终端提交,操作这台机器的人可能看到屏幕内容。";
  }
}

export const secrecyLabels = {
  anonymous: "匿名",
  confidential: "保密",
  named: "实名",
} as const;

export const secrecyMeaning =
  "匿名:不留身份,也会登记办理,但只能由您凭回执来查,我们无法主动联系您。保密:可留联系方式,只有承办人说明理由才能看。实名:留姓名和联系方式,便于核实和答复,同样对被投诉方保密。";

/** What is told when a matter belongs elsewhere. Numbers only where they were read in a source. */
const elsewhere: Readonly<Partial<Record<TriageName, string>>> = {
  emergency: "这听起来可能正有危险。请先拨打 110,确保自身安全。",
  relief:
    "您说的像是不服一个具体的处理决定。要改变决定,应申请行政复议或提起行政诉讼;投诉不能代替,也不会让期限停下来。",
  discipline:
    "反映索贿受贿、吃拿卡要等,属于纪检监察机关的职责。为保护您和线索,请直接向纪委监委反映,这里不登记这类内容。",
  police: "反映民警办案违法,可以向公安机关督察部门、检察院或监察机关提出。",
  consumer: "和商家的消费纠纷、举报商家,请找 12315。",
  hotline: "一般民生诉求和咨询,可以找 12345 热线。",
  petition: "建议意见或没有其他法定途径的诉求,可以向信访部门提出。",
  litigationRelated: "涉及法院、检察院或刑事案件的事项,请向相应的政法机关提出。",
  publicInterest: "生态环境、食品药品安全等公共利益受损的线索,可以向检察院反映。",
  disclosure: "想看文件、要材料,可以向该机关书面申请政府信息公开。",
  compensation: "要求国家赔偿,应先向赔偿义务机关提出,也可以在复议、诉讼中一并提出。",
  crime: "涉嫌犯罪的线索,请向公安机关报案。",
  legalAid: "需要法律援助,可以向司法局的法律援助机构申请。",
  civil: "个人、单位之间的民事纠纷,可以找人民调解或到法院起诉。",
  personnel: "单位内部的人事问题,不属于行政执法监督的范围。",
  question: "您说的像是想问一件事。可以直接问我,不必登记投诉。",
};

export function redirectOf(kind: TriageName): {
  readonly say: string;
  readonly label: string;
  readonly basis: readonly SaidRef[];
} {
  return { say: elsewhere[kind] ?? "", label: triageKinds[kind].label, basis: triageKinds[kind].basis };
}

/** Told with every decision complained of. */
export const appealBasis = [cite("复议法", "20.1"), cite("复议法", "23.1"), cite("行诉法", "46")] as const;
export const appealNote =
  "如果您不服的是一个处罚或处理决定:一般自知道该决定之日起 60 日内申请行政复议,也可在 6 个月内直接起诉。对当场作出的处罚决定不服等情形,要先申请复议才能起诉。投诉不会让这些期限停下来。";

export function citationsOf(refs: readonly SaidRef[]): readonly Citation[] {
  return refs.map(citationOfLaw);
}

/** The last answer has no citation of the number said. */
export const noSuchNumber = ({ said, most }: { readonly said: number; readonly most: number }): string =>
  `上一个回答列了 ${most} 条依据,没有第 ${said} 条。请说“第1条不对”${most > 1 ? `到“第${most}条不对”` : ""},或者说清是哪个单位的哪项信息。`;
