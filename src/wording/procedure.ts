/** Sentences for officers: procedures and the questions asked before acting. */
export const procedures = {
  which: "您要走哪个程序?",
  overview: (title: string, count: number) => `${title}:共${count}步。`,
  next: (title: string) => `下一步:${title}。`,
  finished: (title: string) => `${title}的步骤都走完了,请整理归档。`,
  documents: (names: string) => `这一步要有:${names}。`,
  missing: (title: string, names: string) => `“${title}”这一步还缺:${names}。`,
  complete: (title: string) => `“${title}”这一步要的文书齐了。`,
  done: "这一步做完了",
  citizen: (title: string) => `${title}大致这样走,少了步骤您可以提出来:`,
  own: "本机关公布的流程",
} as const;

export const gates = {
  onTheSpotPenalty: { yes: "可以当场处罚。", no: "不能当场处罚。", depends: "还不能判断能不能当场处罚。" },
  onTheSpotCollection: { yes: "可以当场收缴。", no: "不能当场收缴。", depends: "还不能判断能不能当场收缴。" },
  legalReview: { yes: "要法制审核。", no: "不是必须法制审核。", depends: "要不要法制审核,还要看下面几点。" },
  hearing: { yes: "要告知听证权利。", no: "不是必须告知听证。", depends: "要不要告知听证,还要看下面几点。" },
  audioVideo: { yes: "要音像记录。", no: "不是必须音像记录。", depends: "要不要音像记录,还要看下面几点。" },
  collectiveDeliberation: {
    yes: "要集体讨论。",
    no: "不是必须集体讨论。",
    depends: "要不要集体讨论,还要看下面几点。",
  },
  seizure: { yes: "可以查封、扣押。", no: "不能查封、扣押。", depends: "能不能查封、扣押,还要看下面几点。" },
  evidencePreservation: {
    yes: "可以先行登记保存。",
    no: "不能先行登记保存。",
    depends: "能不能先行登记保存,还要看下面几点。",
  },
  transferToProsecution: { yes: "应当移送。", no: "不用移送。", depends: "要不要移送,还要看下面几点。" },
  singleOfficer: { yes: "这种情况一人可以。", no: "不能一个人。", depends: "能不能一个人,还要看下面几点。" },
} as const;

export const gateParts = {
  ask: "请告诉我",
  yes: "是",
  no: "不是",
  documents: "要用的文书",
  clocks: "从现在起要算的时限",
  ownList: "本机关的清单里写的是",
  ownUnknown: (organ: string, list: string) => `${organ}的${list},本机关尚未公示,请同时查本机关内部目录。`,
  retention: "音像资料保存多少年,读到的全国规定没有写;本机关清单没有写的,请问本机关法制机构。",
  threeLayers: "三层要求:全国最低要求、当地更严的要求、本机关自己的清单,按最严的做。",
} as const;
