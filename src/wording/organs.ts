/** Sentences of answers about organs, powers, penalties, inspection. */
import { notPublished } from "./answers.ts";

export const organs = {
  hasPower: (organ: string, power: string) => `有。${organ}公布的清单里有这一项:${power}。`,
  principal: (organ: string, principal: string) =>
    `${organ}是受委托的,只能以${principal}的名义做;处罚决定上应当是${principal}的章。`,
  delegationOver: (organ: string, day: string) =>
    `${organ}的委托已于${day}到期,现在不能再以委托机关名义执法。`,
  noPower: (organ: string) => `${organ}公布的清单里没有找到这一项。没找到不等于没有权,请让它出示依据。`,
  noList: (organ: string) => `${organ}的权责清单,${notPublished}。有没有这项权,要看它能拿出哪条法律依据。`,
  noTownLists: "这里的公开清单里还没有哪个乡镇、街道公布处罚事项;没公布不等于没有,请它出示省里的决定和清单。",
  townLists: "公开清单里,这些乡镇、街道公布了处罚事项",
  powersOfKind: (organ: string, kind: string, count: number) =>
    count > 0
      ? `要看是什么事:${organ}公布的清单里有${count}项${kind},清单里没有的请它出示依据。说具体是什么事,我来查。`
      : `${organ}公布的清单里没有${kind}。没找到不等于没有权,请让它出示依据。`,
  someOf: "其中有",
  nearHave: "公开的清单里没有完全对上的,最接近的是:",
  nearPower: (organ: string, power: string) =>
    `${organ}公布的清单里没有完全对上的,最接近的是:${power}。是不是这一项,请对照看看;也可以换个说法再问。`,
  nearHandlers: "公开的清单里没有完全对上的,最接近的是下面这些。是其中一项就选它,不是的话请换个说法:",
  othersHave: "下面这些单位的清单里有这一项:",
  askWhom: (organ: string) => `可以向${organ}核实。`,
  sumOnly: "金额和对象记下了。您要判断哪一项?",
  askAbout: "您问的是哪个单位、管的是什么事?",
  handledBy: (organ: string, power: string) => `归${organ}管,它公布的清单里有“${power}”。`,
  handledBySeveral: "公布的清单里,这几个单位都有相关职权:",
  handlerUnknown: "公开的清单里没有找到谁管这件事。",
  askMatter: "请说具体一点:是什么事、在哪个县(市、区)?",
  entity: (name: string, nature: string) => `${name}:${nature}。`,
  notEnforcing: (name: string) =>
    `${name}没有列在公布的执法主体名单里。没列入不等于没有职权,请向本级司法局核实。`,
  continued: (name: string, by: string) => `${name}已经撤销或者合并,现在由${by}承接。`,
  phoneOf: (organ: string, phone: string) => `${organ}的电话:${phone}。`,
  contacts: "电话和地址",
  annualNext: (day: string, year: string) => `下一次:${day}前公布${year}年度的。`,
  annualLatest: (organ: string, year: string, day: string) => `${organ}${year}年度的已于${day}公布。`,
  annualNone: (organ: string) => `${organ}的执法统计年报,${notPublished}。`,
  wrongInfo: "这里写得不对",
  complain: "投诉这个单位",
} as const;

export const penalty = {
  range: (violation: string, range: string) => `${violation}:法定幅度是${range}。`,
  tiers: "按情节分档",
  pickTier: "对照情节选档,并在决定书里写明适用情况。",
  noBenchmark: (power: string) => `“${power}”的裁量基准,${notPublished}。`,
  noDiscretion: (why: string) => `这一项没有裁量空间:${why}。`,
  notFound: "公开的裁量基准里没有找到这种行为。",
  noneHere: (place: string) => `${place}的裁量基准,${notPublished}。`,
  nearest: (names: readonly string[]) => `最接近的是:${names.join(";")}。是其中一种的话,请选。`,
  which: "您问的是哪一种行为?",
  describe: "请说一下具体做了什么(比如占道摆摊、无证经营),在哪个县(市、区)。",
  canBeExempt: (violation: string, kind: string) =>
    `${violation}:公布的清单里列为“${kind}”,符合下面条件才行。`,
  noExemption: "公开的免罚清单里没有找到这种行为,下面是法律的一般规定。",
  conditions: "要符合这些条件",
} as const;

export const inspection = {
  item: (name: string, frequency: string) => `${name}:公布的频次是${frequency}。`,
  none: "公开的抽查事项清单里没有找到这一项。没有公布依据的检查,您可以请检查人员出示依据和通知。",
  noList: (organ: string) => `${organ}的随机抽查事项清单,${notPublished}。`,
  which: "您是做什么的(餐饮、超市、药店等)、在哪个县(市、区)?告诉我,我查公布的抽查事项。",
  rights: "检查人员应当不少于两人并出示证件;您可以先看证,再配合。",
} as const;

export const guide = {
  first: (name: string, organ: string) => `${name}:向${organ}申请。`,
  none: "公开的服务指南里没有找到这一项。",
  ask: "您要办的是哪一项?请说事项名称。",
} as const;
