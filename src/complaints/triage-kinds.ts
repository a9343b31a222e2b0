/** Where what people write belongs: a closed table. What is told, and by which law, is the row; the classifier only picks it. */
import { cite } from "../law/cite.ts";
import type { SaidRef } from "../law/legal-ref.ts";

export interface TriageKind {
  readonly label: string;
  /** Key of the wording told to the person, and of the routing rule. */
  readonly route: string;
  /** Taken into the supervision queue here; otherwise the person is shown the right door, and agrees before leaving. */
  readonly intake: boolean;
  /** Published hotlines of that door, the one to call first first: `channels.ts` reads their names and scope from the records. */
  readonly numbers: readonly string[];
  readonly basis: readonly SaidRef[];
}

export const triageKinds = {
  emergency: { label: "紧急", route: "call110", intake: false, numbers: ["110", "120", "119"], basis: [] },
  enforcement: {
    label: "对执法的投诉举报",
    route: "supervisionQueue",
    intake: true,
    numbers: ["12345"],
    basis: [cite("处罚法", "75.2"), cite("监督条例", "2", "S")],
  },
  discretion: {
    label: "裁量畸轻畸重",
    route: "supervisionQueue",
    intake: true,
    numbers: ["12345"],
    basis: [cite("山西裁量办法", "14")],
  },
  inaction: {
    label: "机关不管、不答复",
    route: "supervisionQueue",
    intake: true,
    numbers: ["12345"],
    basis: [
      cite("复议法", "11(11)"),
      cite("复议法", "23.1(3)"),
      cite("复议条例", "16", "I"),
      cite("监督条例", "2", "S"),
    ],
  },
  relief: {
    label: "复议或诉讼事项",
    route: "reliefWithDeadline",
    intake: false,
    numbers: ["12348", "12345"],
    basis: [cite("复议法", "11"), cite("复议法", "20.1"), cite("行诉法", "12")],
  },
  discipline: {
    label: "纪检监察线索",
    route: "disciplineOrgan",
    intake: false,
    numbers: ["12388"],
    basis: [cite("监察法", "15"), cite("监察法", "38"), cite("信访条例", "30")],
  },
  police: {
    label: "民警办案违法",
    route: "policeInspectorate",
    intake: false,
    numbers: ["12337", "12309", "12345"],
    basis: [cite("治安法", "133"), cite("道交法", "84")],
  },
  consumer: {
    label: "消费投诉举报(12315)",
    route: "consumer12315",
    intake: false,
    numbers: ["12315"],
    basis: [cite("投诉举报办法121号", "2", "S")],
  },
  wages: {
    label: "欠薪、劳动用工",
    route: "labour12333",
    intake: false,
    numbers: ["12333", "12345"],
    basis: [],
  },
  taxi: {
    label: "出租车、网约车、客运服务",
    route: "transport12328",
    intake: false,
    numbers: ["12328", "12345"],
    basis: [],
  },
  property: {
    label: "物业纠纷",
    route: "property12345",
    intake: false,
    numbers: ["12345", "12348"],
    basis: [],
  },
  neighbours: { label: "邻里纠纷", route: "mediation", intake: false, numbers: ["12348", "110"], basis: [] },
  hotline: { label: "一般诉求(12345)", route: "hotline12345", intake: false, numbers: ["12345"], basis: [] },
  petition: {
    label: "信访事项",
    route: "petitionOffice",
    intake: false,
    numbers: ["12345"],
    basis: [cite("信访条例", "31(6)"), cite("信访条例", "34")],
  },
  litigationRelated: {
    label: "涉法涉诉",
    route: "courtOrProcuratorate",
    intake: false,
    numbers: ["12309", "12368"],
    basis: [cite("信访条例", "22.2"), cite("信访条例", "28.2")],
  },
  publicInterest: {
    label: "公益诉讼线索",
    route: "procuratorate",
    intake: false,
    numbers: ["12309"],
    basis: [cite("行诉法", "25.4")],
  },
  disclosure: {
    label: "信息公开申请",
    route: "disclosureRequest",
    intake: false,
    numbers: ["12345"],
    basis: [cite("公开条例", "27"), cite("公开条例", "33")],
  },
  compensation: {
    label: "国家赔偿",
    route: "compensationOrgan",
    intake: false,
    numbers: ["12348", "12368"],
    basis: [cite("国赔法", "9")],
  },
  crime: {
    label: "涉嫌犯罪线索",
    route: "policeReport",
    intake: false,
    numbers: ["110"],
    basis: [cite("移送规定", "14")],
  },
  legalAid: {
    label: "法律援助",
    route: "legalAidOffice",
    intake: false,
    numbers: ["12348"],
    basis: [cite("法律援助法", "31(1)"), cite("复议法", "18")],
  },
  civil: { label: "民事纠纷", route: "courtOrMediation", intake: false, numbers: ["12348"], basis: [] },
  personnel: {
    label: "单位内部人事",
    route: "ownUnit",
    intake: false,
    numbers: ["12345"],
    basis: [cite("复议法", "12(3)")],
  },
  question: { label: "咨询", route: "answerHere", intake: false, numbers: ["12345"], basis: [] },
} as const satisfies Record<string, TriageKind>;

export type TriageName = keyof typeof triageKinds;
export const triageNames = Object.keys(triageKinds) as TriageName[];
