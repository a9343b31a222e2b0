/** Sentences of answers, by what they are for. Law is not stated here: facts of law come from facts, rules and rows. */

export const notPublished = "本机关尚未公示";

export const answers = {
  assumedArea: (area: string) => `以下按${area}回答。您在别处的话,请告诉我县(市、区)名。`,
  askArea: "您在哪个县(市、区)?",
  chooseOrgan: (said: string) => `“${said}”有好几个,您说的是哪一个?`,
  chooseArea: (said: string) => `“${said}”有重名,您说的是哪一个?`,
  unlistedArea: (said: string) => `没有找到“${said}”这个地方。请说县(市、区)的名称。`,
  unlistedOrgan: (said: string) =>
    `公开名单里没有找到“${said}”。没找到不等于不存在,请看文书上的公章全称再告诉我。`,
  askOrgan: "是哪个单位作出的决定?请看决定书上的公章,把全称告诉我。",
  askOrganShort: "请告诉我单位全称(看文书公章)。",
  askDay: "您是哪天收到决定书的(当场处罚就是当天)?告诉我日期,我来算最后一天。",
  askOrganAndDay:
    "请告诉我两件事:决定书上盖的是哪个单位的章?您是哪天收到的?我来算出向谁申请、最后一天是哪天。",
  asYouSaid: (assumed: string) => `${assumed};不对请告诉我。`,
  passed: (day: string) => `按您说的日期,最后一天是${day},已经过了。先别放弃,看看下面这些情形您占不占。`,
  withLimit: (body: string, day: string) => `请在${day}前,向${body}申请行政复议。`,
  withSafe: (body: string, safe: string, last: string) =>
    `请最迟在${safe}前,向${body}申请行政复议(推算的最后一天是${last},以届时放假通知为准)。`,
  toBody: (body: string, period: string) => `请向${body}申请行政复议。期限${period},从收到决定的第二天起数。`,
  eitherBody: "或者",
  humanBody: "复议机关要人工核对:",
  lawlessPhone: "电话和地址请看决定书末尾,或者到机关网站核对。",
  nextStep: "下一步",
  materials: "带这些材料",
  defaultMaterials: "复议申请书(也可口头)、身份证明、决定书复印件、您的证据。",
  noPersonalData: "这里不需要您的身份证号和姓名。",
  notFoundHere: (what: string) => `公开的清单里没有找到${what}。`,
  notFoundMeans: "没有找到不等于没有;请向该机关或者本级司法局核实。",
  whichPower: "您问的是哪一项?",
  noMatch: "这个问题我没有把握。您可以换个说法,或者选下面一项。",
  which: "您问的是哪一件?选一个,我马上答;都不是的话换个说法再问。",
  notHeld: "这个问题,公布的清单和法律要点里没有正好回答它的一条,我不乱说。",
  nearest: "最接近的一条是:",
  notice: "提醒",
  whenItComes: "收到以后把日期告诉我,我来算最后一天。",
  findDay:
    "日期可以这样找:送达回证上签字的那天、快递的签收记录、缴款通知上的日期。都没有的,先按决定书的落款日期算,宁早勿晚;找到了告诉我。",
  findOrgan:
    "单位名称可以这样找:决定书、告知书或者罚单右下角的公章,缴款通知上的执收单位,执法证上的单位。手里什么都没有的,打便民热线说清时间地点,请它查。",
  findFact: "请先查清这一点再告诉我,我接着判断。",
  again: "刚才说的就是这些。想知道哪一点直接说,比如“找谁”“哪天前”“电话”,或者选下面一项。",
  closing: "好的,先到这里。要复议、起诉的别错过最后一天;想起什么随时再说,或者选下面一项。",
} as const;
