/**
 * The life of a case as data: states, and the moves between them with who may make them and what they must say.
 * `transition.ts` is the only reader; the console and the command line show exactly what this table permits.
 */
import type { ClockName } from "./clocks.ts";

export const statuses = {
  registered: "登记",
  accepted: "受理",
  declined: "不予受理",
  referred: "转办",
  handling: "自办",
  verifying: "核查",
  supervised: "督办",
  noticed: "监督通知书",
  opined: "监督意见书",
  decided: "监督决定书",
  returned: "退单待分办",
  designated: "指定承办",
  feedback: "反馈",
  closed: "办结",
  reopened: "重开",
  withdrawn: "撤回",
} as const;
export type Status = keyof typeof statuses;

export const roles = {
  supervisor: "监督员",
  reviewer: "审核",
  admin: "管理员",
  auditor: "审计",
  editor: "数据编辑",
  liaison: "被监督单位联络员",
} as const;
export type Role = keyof typeof roles;

/** Who makes a move: an account in a role, the complainant by receipt, or a clock. */
export type MoverKind = Role | "complainant" | "system";

/** What a move must say. Each field is text; `document` names one that was sent. */
export const fields = {
  note: { label: "办理说明", maxCharacters: 2000 },
  reason: { label: "理由", maxCharacters: 1000 },
  legalBasis: { label: "法律依据(法规名称和条款)", maxCharacters: 300 },
  direction: { label: "告知去处(应向哪个机关或渠道提出)", maxCharacters: 300 },
  referTo: { label: "承办机关编号", maxCharacters: 64 },
  powerItem: { label: "对方机关权责清单事项编号", maxCharacters: 64 },
  finding: { label: "核查结论", maxCharacters: 4000 },
  /** All that the organ complained of reads of the case; checked against the complaint before it leaves. */
  told: { label: "可告知对方的事实", maxCharacters: 4000 },
  demand: { label: "要求对方做什么", maxCharacters: 4000 },
  /** Given by the house when the document leaves; never written by a person. */
  number: { label: "文书文号", maxCharacters: 120 },
  document: { label: "哪份文书", maxCharacters: 64 },
  recipient: { label: "受文机关编号", maxCharacters: 64 },
  toComplainant: { label: "给投诉人的答复", maxCharacters: 4000 },
  result: { label: "办理结果", maxCharacters: 10 },
  assignee: { label: "承办人账号", maxCharacters: 40 },
  office: { label: "办理机构编号", maxCharacters: 64 },
  score: { label: "满意度(1 至 5)", maxCharacters: 1 },
} as const;
export type FieldName = keyof typeof fields;
export type MoveFields = Partial<Record<FieldName, string>>;

/** Results of a case, for statistics. */
export const results = ["属实", "部分属实", "不属实", "无法查证", "已自行纠正", "不予受理", "撤回"] as const;
export type CaseResult = (typeof results)[number];

export interface Move {
  readonly label: string;
  readonly from: readonly Status[];
  /** The state after; `same` keeps it. */
  readonly to: Status | "same";
  readonly by: readonly MoverKind[];
  readonly needs: readonly FieldName[];
  readonly may?: readonly FieldName[];
  readonly starts?: readonly ClockName[];
  readonly stops?: readonly ClockName[];
  /** Settles something about the matter: who made the last of these may not be the second person of the next. */
  readonly decisive?: boolean;
  /** A second person must make it: neither the one who is assigned nor the maker of the last decisive move. */
  readonly secondPerson?: boolean;
  /** The complainant is told 有新进展. */
  readonly tells?: boolean;
  /** Issues a document of this kind. */
  readonly issues?: "inquiry" | "notice" | "opinion" | "decision";
}

const working: readonly Status[] = [
  "accepted",
  "handling",
  "referred",
  "verifying",
  "supervised",
  "designated",
  "reopened",
  "noticed",
  "opined",
  "decided",
];
const open: readonly Status[] = ["registered", "returned", ...working, "feedback"];

export const moves = {
  assign: {
    label: "分派承办人",
    from: open,
    to: "same",
    by: ["supervisor", "reviewer"],
    needs: ["assignee"],
  },
  handOver: {
    label: "交接",
    from: open,
    to: "same",
    by: ["supervisor", "reviewer"],
    needs: ["assignee", "reason"],
  },
  route: {
    label: "人工分办",
    from: ["registered", "returned"],
    to: "registered",
    by: ["reviewer"],
    needs: ["office", "reason"],
  },
  accept: {
    label: "受理",
    decisive: true,
    from: ["registered", "reopened"],
    to: "accepted",
    by: ["supervisor", "reviewer"],
    needs: ["note"],
    stops: ["accept"],
    tells: true,
  },
  decline: {
    label: "不予受理",
    decisive: true,
    from: ["registered"],
    to: "declined",
    by: ["reviewer"],
    needs: ["reason", "legalBasis", "direction", "toComplainant"],
    stops: ["accept", "finish"],
    tells: true,
  },
  handle: {
    label: "自办",
    decisive: true,
    from: ["accepted", "returned", "reopened", "designated"],
    to: "handling",
    by: ["supervisor", "reviewer"],
    needs: ["note"],
    tells: true,
  },
  refer: {
    label: "转办",
    decisive: true,
    from: ["accepted", "handling", "returned", "reopened"],
    to: "referred",
    by: ["supervisor", "reviewer"],
    needs: ["referTo", "note"],
    starts: ["refer"],
    tells: true,
  },
  sendBack: {
    label: "退单",
    from: ["referred"],
    to: "returned",
    by: ["supervisor", "reviewer"],
    needs: ["powerItem", "legalBasis", "reason"],
    stops: ["refer"],
  },
  designate: {
    label: "指定承办(不得再退)",
    decisive: true,
    from: ["returned"],
    to: "designated",
    by: ["reviewer"],
    needs: ["referTo", "reason"],
    starts: ["refer"],
    tells: true,
  },
  inquire: {
    label: "发核查通知",
    from: ["accepted", "handling", "referred", "designated", "supervised", "reopened"],
    to: "verifying",
    by: ["supervisor", "reviewer"],
    needs: ["recipient"],
    may: ["note"],
    starts: ["inquiry"],
    issues: "inquiry",
  },
  record: {
    label: "记录核查情况",
    decisive: true,
    from: working,
    to: "same",
    by: ["supervisor", "reviewer"],
    needs: ["finding"],
  },
  chase: {
    label: "督办",
    from: ["referred", "handling", "verifying", "designated", "noticed", "opined"],
    to: "supervised",
    by: ["supervisor", "reviewer", "system"],
    needs: ["reason"],
    tells: true,
  },
  issueNotice: {
    label: "发监督通知书",
    decisive: true,
    from: ["verifying", "supervised", "handling"],
    to: "noticed",
    by: ["reviewer"],
    needs: ["recipient", "told", "legalBasis"],
    may: ["demand"],
    starts: ["notice"],
    secondPerson: true,
    issues: "notice",
  },
  issueOpinion: {
    label: "发监督意见书",
    decisive: true,
    from: ["verifying", "supervised", "handling", "noticed"],
    to: "opined",
    by: ["reviewer"],
    needs: ["recipient", "told", "demand", "legalBasis"],
    starts: ["opinion"],
    secondPerson: true,
    issues: "opinion",
  },
  issueDecision: {
    label: "发监督决定书",
    decisive: true,
    from: ["verifying", "supervised", "handling", "noticed", "opined"],
    to: "decided",
    by: ["reviewer"],
    needs: ["recipient", "told", "demand", "legalBasis"],
    starts: ["decision"],
    secondPerson: true,
    issues: "decision",
  },
  feedBack: {
    label: "反馈投诉人",
    decisive: true,
    from: ["handling", "verifying", "supervised", "noticed", "opined", "decided", "referred", "designated"],
    to: "feedback",
    by: ["supervisor", "reviewer"],
    needs: ["finding", "result", "toComplainant"],
    stops: ["refer"],
    starts: ["feedback"],
    tells: true,
  },
  waive: {
    label: "不再等待答复",
    from: open,
    to: "same",
    by: ["reviewer"],
    needs: ["document", "reason"],
  },
  answered: {
    label: "收到书面答复",
    from: Object.keys(statuses) as Status[],
    to: "same",
    by: ["system"],
    needs: ["document"],
  },
  close: {
    label: "办结",
    decisive: true,
    from: ["feedback"],
    to: "closed",
    by: ["reviewer"],
    needs: ["note"],
    stops: ["finish", "feedback"],
    starts: ["reopen"],
    secondPerson: true,
    tells: true,
  },
  settle: {
    label: "答复并办结(纠错件)",
    decisive: true,
    from: ["registered", "accepted", "handling"],
    to: "closed",
    by: ["editor", "reviewer"],
    needs: ["result", "toComplainant"],
    stops: ["accept", "finish"],
    starts: ["reopen"],
    tells: true,
  },
  note: {
    label: "内部记录",
    from: Object.keys(statuses) as Status[],
    to: "same",
    by: ["supervisor", "reviewer", "editor"],
    needs: ["note"],
  },
  withdraw: {
    label: "撤回",
    from: open,
    to: "withdrawn",
    by: ["complainant"],
    needs: [],
    may: ["reason"],
    stops: ["accept", "finish", "refer", "inquiry", "feedback"],
  },
  rate: {
    label: "评价",
    from: ["feedback", "closed", "declined"],
    to: "same",
    by: ["complainant"],
    needs: ["score"],
  },
  reopen: {
    label: "申请重开",
    from: ["closed", "feedback", "declined"],
    to: "reopened",
    by: ["complainant"],
    needs: ["reason"],
    stops: ["reopen", "feedback"],
    starts: ["accept", "finish"],
  },
  remind: { label: "到期提醒", from: open, to: "same", by: ["system"], needs: ["reason"] },
  escalate: { label: "逾期上报", from: open, to: "same", by: ["system"], needs: ["reason"] },
  recount: { label: "日历变更,重算期限", from: open, to: "same", by: ["system"], needs: ["reason"] },
} as const satisfies Record<string, Move>;
export type MoveName = keyof typeof moves;
export const moveNames = Object.keys(moves) as MoveName[];

/** States in which nothing more is due. */
export const finished: readonly Status[] = ["declined", "closed", "withdrawn"];
/** A case may be sent back this often; after that it is designated. */
export const MAX_RETURNS = 2;
