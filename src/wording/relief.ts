/** Sentences of answers about going to court, paying a fine, hearings and time limits. */
export const court = {
  passed: (day: string) => `按您说的日期,起诉的最后一天是${day},已经过了。有正当原因的看下面。`,
  suit: (whom: string, court: string, by: string) => `告${whom},去${court},${by}。`,
  suitBy: (by: string) => `${by}。`,
  within: (period: string) => `从知道决定之日起${period}内起诉`,
  by: (day: string) => `请在${day}前起诉`,
  bySafe: (safe: string, last: string) =>
    safe === last
      ? `请最迟在${safe}前起诉(推算,以届时放假通知为准)`
      : `请最迟在${safe}前起诉(推算的最后一天是${last},以届时放假通知为准)`,
  court: (level: string) => `它所在地的${level}`,
  papers: "去法院带什么",
  askReviewDay: "您是哪天收到复议决定书的?告诉我日期,我来算最后一天。",
  askOrgan: "告诉我作出决定的单位全称,我可以说清告谁、去哪级法院。",
  claim: (day: string) => `请在${day}前向作出行为的机关提出国家赔偿。`,
  claimPassed: (day: string) => `按您说的日期,请求国家赔偿的时效到${day},已经过了;被羁押等情形请问律师。`,
  askHarmDay: "您是哪天知道权利受到侵害的?",
} as const;

export const fine = {
  due: (day: string) => `请在${day}前缴清罚款。`,
  dueSafe: (safe: string, last: string) =>
    `请最迟在${safe}前缴清罚款(有的机关不按放假顺延;顺延计算是${last})。`,
  late: (days: string, more: string, total: string) => `已经晚了${days}天,加处${more}元,连本共${total}元。`,
  overdue: (day: string) => `缴款的最后一天是${day},已经过了,请尽快缴。`,
  perDay: (from: string, perDay: string, cap: string) => `从${from}起每天加${perDay}元,加到${cap}元为止。`,
  howMuch: "罚款是多少元?告诉我,我来算晚交会加多少。",
  askDay: "您是哪天收到处罚决定书的?告诉我日期,我来算缴款的最后一天。",
  paidAlready:
    "已经交了的:记下时间、地点、金额、收钱人的证号,留好转账记录,要求补开;不给就投诉。对罚款本身不服的,另外申请复议。",
  noPersonalCode: "让您扫个人收款码、转账给个人的,不要付,可以投诉。",
} as const;

export const hearing = {
  limit: (day: string) => `请在${day}前提出听证。`,
  passed: (day: string) =>
    `按您说的日期,要求听证的最后一天是${day},已经过了。您仍然可以陈述、申辩,决定后还可以复议。`,
  askDay: "您是哪天收到听证告知书的?告诉我日期,我来算最后一天。",
  local: (organ: string, person: string, unit: string) =>
    `${organ}公布的“较大数额”:公民${person}元以上,单位${unit}元以上。`,
  localUnknown: (organ: string) => `${organ}的具体数额,本机关尚未公示,请直接问它。`,
} as const;

export const deadlines = {
  which: "您要算哪个期限?",
  noFixed: (label: string) => `“${label}”法律没有规定天数。`,
  last: (label: string, day: string) => `${label}:最后一天是${day}。`,
  safe: (label: string, safe: string, last: string) =>
    `${label}:请最迟在${safe}前办(推算的最后一天是${last},以届时放假通知为准)。`,
  over: "这一天已经过了。",
  period: (label: string, period: string, event: string) =>
    `${label}的期限是${period},从${event}起算,当天不算。`,
  before: (label: string, period: string, event: string) => `${label}:在${event}的${period}之前。`,
  fixed: (label: string, day: string) => `${label}:每年${day}前。`,
  askFrom: (event: string) => `“${event}”是哪一天?告诉我日期,我来算。`,
} as const;
