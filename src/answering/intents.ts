/**
 * What people come for: a closed list. Each intent has a Chinese label here, route examples in
 * `knowledge/questions/`, a composer in `answering/composers/`, and a test that fails when one lacks them.
 */

export const intents = {
  // relief
  relief: "不服决定怎么申诉:复议机关、期限、材料",
  litigation: "到法院起诉:被告、法院、期限",
  priorReconsideration: "能不能不复议直接起诉",
  statementDefense: "陈述和申辩",
  hearingRight: "要求听证",
  finePayment: "缴纳罚款、延期分期、加处罚款",
  stayOfExecution: "复议诉讼期间停不停执行",
  compensation: "国家赔偿",
  deadline: "某个具体期限到哪天",
  // who and what
  competence: "这个单位有没有权管、罚、查",
  whoHandles: "这件事归哪个单位管",
  entityInfo: "执法主体的职责、地址、电话、依据",
  benchmark: "会罚多少、裁量档次",
  exemption: "首违不罚、轻微不罚、从轻减轻",
  officerCheck: "执法人员是不是真的",
  certificateDuty: "要不要亮证、要几个人",
  auxiliaryStaff: "协管、辅警、保安能不能执法",
  inspection: "随机抽查、检查频次和规矩",
  penaltyTimeLimit: "多久以前的事还能不能罚",
  recordAccess: "看案卷、要执法视频、自己录像",
  informationDisclosure: "执法信息在哪公示、申请公开",
  serviceGuide: "办许可等事项的条件材料时限",
  // officers on the spot
  procedure: "执法程序的步骤、文书、时限",
  onTheSpotGate: "能不能当场处罚、当场收缴",
  legalReviewGate: "要不要法制审核",
  hearingGate: "要不要告知听证",
  avRecordGate: "要不要音像记录",
  deliberationGate: "要不要集体讨论",
  coercionGate: "查封扣押、先行登记保存的条件",
  transferGate: "涉嫌犯罪移送",
  disclosureDuty: "决定公示、备案、年报的时限",
  officerManagement: "执法资格、培训、案卷评查、责任制",
  // supervision
  supervision: "谁监督、监督电话",
  complaint: "投诉举报执法问题",
  complaintStatus: "凭回执查进度",
  correction: "公示的信息不对",
  otherChannel: "该找 12345、12315、信访、纪检、法院的事",
  // law
  lawLookup: "查法条、政策原文",
  outdatedLaw: "旧规定还管不管用",
  // conduct of the talk
  help: "能做什么",
  greeting: "打招呼",
  thanks: "道谢、再见",
  emergency: "正在发生的危险、冒充、敲诈",
  legalOpinion: "要个人案件的胜负判断或代写",
  namedPerson: "打听某个人",
  insult: "只有骂人",
  injection: "要改变助手规则",
  outOfScope: "与行政执法无关",
} as const;

export type Intent = keyof typeof intents;
export const intentNames = Object.keys(intents) as Intent[];
