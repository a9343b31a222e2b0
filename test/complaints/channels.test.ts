/** Where a grievance is sent: never without a published name and number, and heard in everyday words. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readShipped } from "../../knowledge/release/shipped.ts";
import { triageModelPath } from "../../knowledge/train/route-triage.ts";
import { normaliseQuestion } from "../../src/answering/understand/normalise.ts";
import { channelOf, hotlinesOf } from "../../src/complaints/channels.ts";
import { createTriage, triageKinds, triageNames } from "../../src/complaints/triage.ts";
import { signedKind, triageSigns } from "../../src/complaints/triage-signs.ts";
import { createLibrary } from "../../src/records/library.ts";
import { mentions } from "../answering/understand/readings.ts";
import { info } from "../cases/town.ts";

const library = createLibrary(info, readShipped({ demo: false }));
const at = { library, today: "2026-11-24" } as const;

describe("the table of channels", () => {
  it.each(triageNames)("%s names someone to call, as published", (kind) => {
    const { numbers } = triageKinds[kind];
    expect(hotlinesOf(numbers, at).map((one) => one.number)).toEqual(numbers);
    const { blocks, citations } = channelOf(kind, at);
    const said = JSON.stringify(blocks);
    for (const number of numbers) expect(said).toContain(number);
    const cited = blocks.flatMap((block) => ("cites" in block ? (block.cites ?? []) : []));
    expect(
      cited.map((index) => citations[index]?.record).filter((id) => id?.startsWith("hot_")),
    ).toHaveLength(numbers.length);
  });

  it("says so where no number of its own is published", () => {
    expect(channelOf("property", at).say).toContain("没有收录到公布的专门号码");
    expect(channelOf("property", at).numbers).toContain("12345");
  });

  it("names complaint and reconsideration both where an organ does nothing", () => {
    const { say } = channelOf("inaction", at);
    expect(say).toContain("登记投诉");
    expect(say).toContain("申请行政复议");
    expect(say).toContain("满 60 日起算");
  });
});

/** Per sign: what it must hear, and what it must leave to the classifier. */
const sentences: Readonly<
  Record<string, { readonly hears: readonly string[]; readonly not: readonly string[] }>
> = {
  discipline: {
    hears: [
      "市场监管所的人问我要2条烟,说给了就不罚",
      "他说给点好处就不罚了",
      "让我给他两条烟",
      "收了500说私了",
      "队长说意思意思就行了",
      "交警说给二百块就放我走",
      "他们拿了我店里两条烟走没给钱",
      "执法的来我饭店 说不给他办卡就查封",
    ],
    not: [
      "卖假烟的商家怎么举报",
      "执法队没收了我两条烟",
      "罚了我五百没给票",
      "邻居打架想私了",
      "追尾了对方要私了给我五百就算了",
      "我要投诉城管乱收费",
    ],
  },
  police: {
    hears: ["派出所的人打了我", "民警骂我还推搡我", "交警搜身还骂人", "辅警踹我的车", "警察不出示证件就进门"],
    not: ["要给警察打电话吗", "派出所在哪", "民警能不能罚款", "协管打我", "警察局几点上班"],
  },
  wages: {
    hears: ["老板拖欠三个月工资", "工钱没给", "公司扣着我工资不发", "厂里不给我交社保", "讨薪找谁"],
    not: [
      "劳动监察对欠薪举报一直不处理",
      "城管罚了我半个月工资",
      "绩效工资算错了",
      "单位工资发错了",
      "拖欠罚款会怎样",
    ],
  },
  taxi: {
    hears: ["出租车绕路多收我钱", "的士不打表", "网约车半路加价", "公交到站不停", "滴滴司机骂人"],
    not: ["交警把我的出租车扣了", "我开网约车被罚了", "公交卡怎么办", "运管罚出租车司机", "出租车要什么证"],
  },
  neighbours: {
    hears: ["楼上天天吵", "邻居半夜放音响", "楼下装修电钻响一天", "对门狗叫一晚上", "楼上漏水不修"],
    not: [
      "楼下饭店油烟大",
      "城管说我吵着邻居罚了我",
      "邻居噪音怎么处罚",
      "跟邻居吵架了",
      "楼上装修几点算违法",
    ],
  },
  property: {
    hears: ["物业乱收费", "物业不修电梯", "物业断我家水", "物业公司涨价", "物业保安态度恶劣"],
    not: ["物业被罚了我们业主怎么办", "城管罚物业", "物业法第几条", "小区停水了", "物业保安工资没发"],
  },
  consumer: {
    hears: [
      "超市卖我过期奶还乱涨价",
      "饭店吃出虫子",
      "网购买到假货",
      "饭店吃饭食物中毒",
      "健身房充了卡跑了",
      "药店卖给我过期药",
    ],
    not: [
      "市监局说我超市卖过期奶罚了我三千",
      "我开饭店被查了",
      "举报超市卖假货市监局不管",
      "商场门口摆摊",
      "超市要办什么证",
    ],
  },
  inaction: {
    hears: [
      "我举报隔壁饭店油烟,三个月了环保局不管",
      "能告镇上不作为吗",
      "申请查处违建,城管一直拖着",
      "举报黑加油站两个月了没人来",
      "街道办不作为",
      "我打了劳动监察 他说让我自己找老板",
      "小区门口烧烤摊太吵 城管不管 打了好几次电话",
    ],
    not: ["城管打我", "我要举报超市", "环保局罚我", "物业不管", "法官不作为"],
  },
};

describe("words that settle the kind", () => {
  it("are each held to sentences", () => {
    expect(new Set(triageSigns.map((sign) => sign.kind))).toEqual(new Set(Object.keys(sentences)));
  });
  for (const [kind, { hears, not }] of Object.entries(sentences)) {
    it.each(hears)(`hear ${kind} in %s`, (said) => expect(signedKind(normaliseQuestion(said))).toBe(kind));
    it.each(not)(`hear no ${kind} in %s`, (said) =>
      expect(signedKind(normaliseQuestion(said))).not.toBe(kind),
    );
  }

  it("stand above the classifier, and danger above them", () => {
    const triage = createTriage(JSON.parse(readFileSync(triageModelPath, "utf8")));
    expect(triage("收了500说私了", mentions("收了500说私了")).kind).toBe("discipline");
    expect(triage("超市里有人拿着刀", mentions("超市里有人拿着刀")).kind).toBe("emergency");
  });
});
