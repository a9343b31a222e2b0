/**
 * Days belong to events. Every event × every rule: nothing is counted from a day that does not belong. And documents ×
 * actions × ways to ask × order: the action asked chooses the rule, the document only sets the event.
 */
import { describe, expect, it } from "vitest";
import { loadCalendar } from "../../knowledge/calendar.ts";
import { textOf } from "../../scripts/eval/score.ts";
import type { Ask } from "../../src/answering/answer.ts";
import { deadline } from "../../src/answering/composers/deadline.ts";
import { rulesAsked, rulesToOffer } from "../../src/answering/reading/actions.ts";
import { mentionsOf } from "../../src/answering/understand/understand.ts";
import { whenOf } from "../../src/answering/when.ts";
import type { Memory } from "../../src/conversation.ts";
import type { Day } from "../../src/law/day.ts";
import {
  computeDeadline,
  deadlineFrom,
  findCountedRule,
  findRule,
  listRules,
  startFrom,
} from "../../src/law/deadline.ts";
import { type EventKind, eventKinds, eventNames, openKinds } from "../../src/law/event.ts";
import { readTrigger } from "../../src/law/trigger.ts";
import { lastDays, lastOf, shippedLibrary } from "./house.ts";

const TODAY: Day = "2026-11-24";
const calendar = loadCalendar();

function anAsk(text: string, memory: Memory): Ask {
  const library = shippedLibrary();
  const mentions = mentionsOf(text, { library, memory, today: TODAY });
  const part = {
    text,
    intent: "deadline",
    confidence: 1,
    alternatives: [],
    mentions,
    followUp: true,
  } as const;
  // No composer of a time limit searches.
  return {
    part,
    said: text,
    memory,
    library,
    today: TODAY,
    calendar,
    search: undefined as never,
    role: "citizen",
  };
}

describe("every event beside every rule", () => {
  const pairs = eventNames.flatMap((event) => listRules().map((rule) => ({ event, rule })));
  const belongs = (event: EventKind, id: string) => {
    const rule = findRule(id);
    return rule.starts.includes(event) || rule.derived?.some((one) => one.from === event) === true;
  };

  it("counts from a day told before exactly where the event belongs to the rule", () => {
    const wrong = pairs.filter(({ event, rule }) => {
      const memory = { events: [{ event, day: "2026-11-10", said: "11月10号" }] } as const;
      const when = whenOf(anAsk("最晚哪天", memory), rule);
      return (
        (when.kind === "day") !== belongs(event, rule.id) &&
        !(when.kind === "unclear" && belongs(event, rule.id))
      );
    });
    expect(wrong.map(({ event, rule }) => `${event} × ${rule.id}`)).toEqual([]);
  });

  it("prints no day of a rule the event does not belong to, and never that it is over", () => {
    const wrong = pairs.filter(({ event, rule }) => {
      if (belongs(event, rule.id)) return false;
      const memory = {
        events: [{ event, day: "2025-03-10", said: "去年3月10号" }],
        facts: { rule: rule.id },
        intent: "deadline",
      } as const;
      const { blocks } = deadline(anAsk("到底是哪一天", memory));
      // The talk may have gone on to another limit, which then must be one this event belongs to.
      const counted = blocks.flatMap((block) => (block.kind === "deadline" ? [block.deadline.rule] : []));
      const text = blocks.flatMap((block) => (block.kind === "text" ? [block.text] : [])).join("");
      const printed = /20\d\d年\d|过了/.test(text.replaceAll("2025年3月10日", ""));
      return counted.length > 0 ? !counted.every((id) => belongs(event, id)) : printed;
    });
    expect(wrong.map(({ event, rule }) => `${event} × ${rule.id}`)).toEqual([]);
  });

  it("calls nothing over by a day that was only derived as the earliest", () => {
    const guessed = listRules().flatMap((rule) =>
      (rule.derived ?? []).filter((one) => !one.exact).map(({ from }) => ({ rule, from })),
    );
    expect(guessed.length).toBeGreaterThan(5);
    for (const { rule, from } of guessed) {
      const memory: Memory = { events: [{ event: from, day: "2019-03-11", said: "" }] };
      expect(whenOf(anAsk("最晚哪天", memory), rule).kind, `${from} × ${rule.id}`).toBe("unclear");
    }
  });

  it("asks, with the events as buttons, what a day told earlier without event was", () => {
    for (const rule of listRules()) {
      if (rule.kind !== "counted" || rule.starts.length === 0) continue;
      const memory: Memory = { events: [{ event: "unsaid", day: "2026-11-10", said: "11月10号" }] };
      const when = whenOf(anAsk("最晚哪天", memory), rule);
      expect(when, rule.id).toMatchObject({
        kind: "unclear",
        say: expect.stringContaining("2026年11月10日是"),
      });
      expect(
        when.kind === "unclear" && when.events?.some(({ event }) => belongs(event, rule.id)),
        rule.id,
      ).toBe(true);
    }
  });

  it("derives by rules that are counted, and shows each step in the count", () => {
    for (const rule of listRules()) {
      for (const { from, by, start } of rule.derived ?? []) {
        if (by !== undefined) expect(findCountedRule(by).kind).toBe("counted");
        const began = startFrom(rule, from, "2026-09-01", calendar);
        expect(began, rule.id).toBeDefined();
        if (!began || rule.kind !== "counted") continue;
        const counted = deadlineFrom(rule, began, calendar);
        expect(counted.count.join(""), rule.id).toContain(start);
        expect(counted.lastDay).toBe(computeDeadline(rule, began.day, calendar).lastDay);
        if (by) expect(began.day).toBe(computeDeadline(findCountedRule(by), "2026-09-01", calendar).lastDay);
      }
    }
  });

  it("names every event a rule starts from, and each open word stands for known events", () => {
    const used = new Set(
      listRules().flatMap((rule) => [...rule.starts, ...(rule.derived ?? []).map((one) => one.from)]),
    );
    expect(listRules().filter((rule) => rule.kind === "counted" && rule.starts.length === 0)).toEqual([]);
    for (const event of used) expect(eventKinds[event]).toBeTruthy();
    for (const kinds of Object.values(openKinds))
      for (const kind of kinds) expect(eventNames).toContain(kind);
  });
});

describe("days and events in one sentence", () => {
  const rows: readonly (readonly [string, string])[] = [
    ["9月14号交的复议申请", "reviewFiled 2026-09-14"],
    ["11.20 告知 10.9立案", "noticeServed 2026-11-20, caseFiled 2026-10-09"],
    ["立案10.9 告知11.20", "caseFiled 2026-10-09, noticeServed 2026-11-20"],
    ["10月9号立案,11月20号听证告知", "caseFiled 2026-10-09, hearingNoticed 2026-11-20"],
    ["11月5号乱停车被拍的,今天收到的罚单", "conductDay 2026-11-05, decisionServed 2026-11-24"],
    ["3月2号罚的,3月5号才收到决定书", "penalised 2026-03-02, decisionServed 2026-03-05"],
    ["9月1号申请复议,11月3号收到复议决定", "reviewFiled 2026-09-01, reviewDecisionServed 2026-11-03"],
    ["10月20号贴的封条", "measureTaken 2026-10-20"],
    ["11月20号先行登记保存的", "preservationTaken 2026-11-20"],
    ["决定书10月8号作出,10月12号送达的", "decisionMade 2026-10-08, received 2026-10-12"],
    ["催告书9月28号送达的", "demandServed 2026-09-28"],
    ["8月3号向城管举报的", "reportMade 2026-08-03"],
    ["判决书11月2号拿到", "judgmentServed 2026-11-02"],
    ["公告是10月20号贴的", "publicNotice 2026-10-20"],
    ["盐湖区城管11月5号给我下的处罚决定", "decisionServed 2026-11-05"],
    ["10月8号收到处罚告知书", "noticeServed 2026-10-08"],
    ["9月20号收到受理通知 复议还没结果", "reviewAccepted 2026-09-20"],
    ["8月15号才知道被罚", "decisionLearned 2026-08-15"],
    ["10月9日立案 10月20日听证", "caseFiled 2026-10-09, hearingHeld 2026-10-20"],
    ["11月10日", "unsaid 2026-11-10"],
    ["今天还来得及不", ""],
  ];
  it.each(rows.map(([said, events]) => ({ said, events })))("$said → $events", ({ said, events }) => {
    const read = readTrigger(said, TODAY).events.filter((one) => one.day !== undefined);
    expect(read.map(({ event, day }) => `${event} ${day}`).join(", ")).toBe(events);
  });
});

/** document or act → its event; how a person tells that it came. */
const documents: readonly (readonly [EventKind, readonly string[]])[] = [
  [
    "decisionServed",
    [
      "11月10号签收的罚款决定书",
      "11月10号收到罚款决定书",
      "处罚决定书11月10号送来的",
      "11月10日拿到的罚单",
      "11月10号收到城管的处罚决定",
      "罚款单是11月10号给我的",
    ],
  ],
  ["onTheSpotDecision", ["11月10号当场罚了我200", "11月10日在路边被当场处罚"]],
  ["reviewDecisionServed", ["复议决定书11月10号收到的", "11月10号收到复议决定", "11月10日签收了复议决定书"]],
  ["reviewFiled", ["9月14号交的复议申请", "我9月14号申请的复议", "9月14日递了复议申请书"]],
  ["reportMade", ["9月1号举报到城管", "我9月1号向市场监管局举报的"]],
  ["hearingNoticed", ["11月19号收到听证告知书", "听证告知11月19号送达的"]],
  ["measureTaken", ["10月28号查封的店", "10月28号贴的封条", "10月28日扣押的货"]],
  ["preservationTaken", ["11月20号先行登记保存的东西", "11月20号保存的"]],
  ["caseFiled", ["10月9号立案的", "案子10月9号立的案"]],
  ["demandServed", ["催告书11月16号送达的", "11月16号收到催告书"]],
];

const wishes = {
  review: ["申请复议", "复议", "行政复议", "申请行政复议"],
  sue: ["起诉", "去法院起诉", "打官司", "到法院告他们"],
  pay: ["交罚款", "缴罚款", "缴纳罚款"],
  hearing: ["要求听证", "申请听证"],
  release: ["解封", "还我", "解除查封"],
  decide: ["作出决定", "下处罚决定"],
} as const;
type Wish = keyof typeof wishes;

const asked = [
  (wish: string) => `${wish}最晚哪天`,
  (wish: string) => `最晚哪天${wish}`,
  (wish: string) => `${wish}最后一天是哪天`,
  (wish: string) => `${wish}到几号截止`,
  (wish: string) => `哪天前能${wish}`,
  (wish: string) => `${wish}还来得及吗,到哪天`,
];

/** The rule for an action after an event: its first choice, and the last day it gives for the days above. */
const expected: readonly (readonly [EventKind, Wish, string, Day?])[] = [
  ["decisionServed", "review", "reconsiderationApply", "2027-01-11"],
  ["decisionServed", "sue", "litigationDirect", "2027-05-10"],
  ["decisionServed", "pay", "finePayment", "2026-11-25"],
  ["decisionServed", "hearing", "hearingRequest"],
  ["onTheSpotDecision", "review", "reconsiderationApply", "2027-01-11"],
  ["onTheSpotDecision", "pay", "finePayment", "2026-11-25"],
  ["reviewDecisionServed", "sue", "litigationAfterReconsideration", "2026-11-25"],
  ["reviewFiled", "sue", "litigationAfterReconsiderationOverdue", "2026-11-30"],
  ["reviewFiled", "pay", "finePayment"],
  ["reportMade", "review", "inactionReconsideration", "2026-12-30"],
  ["reportMade", "pay", "finePayment"],
  ["hearingNoticed", "hearing", "hearingRequest", "2026-11-26"],
  ["hearingNoticed", "review", "reconsiderationApply"],
  ["hearingNoticed", "pay", "finePayment"],
  ["hearingNoticed", "decide", "decisionAfterFiling"],
  ["measureTaken", "release", "seizure", "2026-11-27"],
  ["measureTaken", "review", "reconsiderationApply"],
  ["measureTaken", "hearing", "hearingRequest"],
  ["preservationTaken", "release", "evidencePreservation", "2026-12-01"],
  ["preservationTaken", "hearing", "hearingRequest"],
  ["caseFiled", "decide", "decisionAfterFiling", "2027-01-07"],
  ["caseFiled", "review", "reconsiderationApply"],
  ["caseFiled", "hearing", "hearingRequest"],
  ["demandServed", "review", "reconsiderationApply"],
];

interface Sentence {
  readonly text: string;
  readonly rule: string;
  readonly day?: Day;
}
const sentences: readonly Sentence[] = expected.flatMap(([event, wish, rule, day]) => {
  const told = documents.find(([kind]) => kind === event)?.[1] ?? [];
  return told.flatMap((document) =>
    wishes[wish].flatMap((words) =>
      asked.flatMap((ask): Sentence[] => {
        const question = ask(words);
        const orders = [`${document},${question}`, `${document} ${question}`, `${question}?${document}`];
        return orders.map((text) => ({ text, rule, ...(day ? { day } : {}) }));
      }),
    ),
  );
});

describe("documents × actions × ways to ask × order", () => {
  it("is a table of more than a thousand sentences", () => expect(sentences.length).toBeGreaterThan(1000));

  it("chooses the rule by the action and the day by the event", () => {
    const wrong = sentences.flatMap(({ text, rule, day }) => {
      const { events } = readTrigger(text, TODAY);
      const [id] = rulesAsked(text, { today: TODAY, said: events, told: [], traffic: false });
      if (id !== rule) return [`${text} → ${id}, expected ${rule}`];
      const when = whenOf(anAsk(text, {}), findRule(rule));
      const found =
        when.kind === "day" ? deadlineFrom(findCountedRule(rule), when, calendar).lastDay : undefined;
      return found === day ? [] : [`${text} → ${found}, expected ${day}`];
    });
    expect(wrong).toEqual([]);
  });

  it("answers through the front door with that day, and with none of that rule where there is none", {
    timeout: 120_000,
  }, async () => {
    const wrong: string[] = [];
    for (const { text, rule, day } of sentences.filter((_, index) => index % 7 === 0)) {
      const { blocks } = await lastOf([text]);
      const limits = blocks.flatMap((block) => (block.kind === "deadline" ? [block.deadline] : []));
      const told = day === undefined ? limits.find((limit) => limit.rule === rule) : limits[0];
      if (told?.lastDay !== day) wrong.push(`${text} → ${told?.rule} ${told?.lastDay}, expected ${day}`);
    }
    expect(wrong).toEqual([]);
  });
});

/** What each turn of a talk must hold (days first, then words) and must not. */
interface Journey {
  readonly name: string;
  readonly role?: "officer";
  readonly lines: readonly string[];
  /** Last days of the last reply, first ones first. */
  readonly days: readonly Day[];
  readonly holds?: RegExp;
  readonly never?: RegExp;
}

const journeys: readonly Journey[] = [
  {
    name: "suit after a review that stays silent: 60 days from filing, then 15, to a working day",
    lines: ["9月14号交的复议申请 到现在没结果 起诉最晚哪天"],
    days: ["2026-11-30"],
    holds: /复议期限届满之日/,
    never: /过了|9月29日/,
  },
  {
    name: "the day of a filing told earlier without its day",
    lines: ["我复议交上去快70天了没动静", "最晚哪天 我9月14号交的"],
    days: ["2026-11-30"],
    never: /过了|2027年3月15日/,
  },
  {
    name: "a report nobody answers: 60 days, then 60 for reconsideration",
    lines: ["我9月1号举报到城管一直没人管", "能复议不", "最晚哪天"],
    days: ["2026-12-30"],
    never: /过了|11月2日/,
  },
  {
    name: "the day of a decision is no day of a hearing notice",
    lines: ["11月10号收到决定书,没给我听证", "现在要求听证还来得及吗"],
    days: [],
    never: /过了|11月17日/,
  },
  {
    name: "today is when it is asked, not what it runs from",
    lines: ["我11月19号收到听证告知书,听证最晚哪天要求", "今天还来得及不"],
    days: ["2026-11-26"],
    never: /2027|12月1日/,
  },
  {
    name: "execution is not counted from the opening of the case",
    role: "officer",
    lines: ["我们10月9号立案的", "啥时候能申请法院执行"],
    days: [],
    holds: /3个月/,
    never: /2027年1月9日/,
  },
  {
    name: "with a case opened and a hearing noticed, the decision runs from the opening",
    role: "officer",
    lines: ["10月9号立案,11月20号听证告知", "啥时候必须作决定"],
    days: ["2027-01-07"],
    never: /11月27日/,
  },
  {
    name: "the day of a parking offence starts nothing",
    lines: ["短信说11月18号违停 让我交钱", "这是真的吗"],
    days: [],
    never: /12月3日|2027/,
  },
  {
    name: "a pasted decision is answered with its reader's limit, not the organ's",
    lines: ["行政处罚决定书 送达日期11月16日 盐湖区市场监督管理局 罚款5000元"],
    days: ["2027-01-15", "2027-05-17"],
    holds: /盐湖区人民政府/,
    never: /11月25日/,
  },
  {
    name: "a bare day is asked about once, and the button goes on",
    lines: ["11月10日", "复议最后一天哪天", "收到决定书"],
    days: ["2027-01-11"],
  },
  {
    name: "a day of receipt counts for what is asked in the same message",
    lines: ["11月10日收到的,复议最后一天"],
    days: ["2027-01-11"],
  },
  {
    name: "a correction moves the day and keeps its event",
    lines: ["盐湖区市场监管局罚我2000", "11月10号签收的", "不是,是11月12号"],
    days: ["2027-01-11"],
    holds: /11月12日当天不算/,
  },
  { name: "seals: the limit of a seizure", lines: ["10月28号贴的封条 到哪天"], days: ["2026-11-27"] },
  {
    name: "a seizure over a month old names the extension there may have been",
    lines: ["10月20号贴的封条 到哪天"],
    days: ["2026-11-19"],
    holds: /已经过了[\s\S]*延长/,
  },
  {
    name: "preservation is seven working days",
    lines: ["说先保存 能保存几天"],
    days: [],
    holds: /7个工作日/,
    never: /30[天日]/,
  },
  { name: "preservation with its day", lines: ["11月20号保存的 到哪天"], days: ["2026-12-01"] },
  {
    name: "a car taken by others than the traffic police",
    lines: ["城管11月1号扣了我三轮车 什么时候还"],
    days: ["2026-12-01"],
  },
  {
    name: "a car taken by the traffic police",
    lines: ["车被交警11月10号扣了 最晚哪天去处理"],
    days: ["2026-11-25"],
  },
  {
    name: "ninety days of what the talk is about",
    role: "officer",
    lines: ["10月9号立的案", "90天到哪天"],
    days: ["2027-01-07"],
  },
  {
    name: "a bare question follows the open matter",
    lines: ["10月28号扣的", "盐湖区的", "到哪天必须还我"],
    days: ["2026-11-27"],
  },
  {
    name: "a day of which only 被罚 is known never says that it is over",
    lines: ["2025年3月2号被罚的 复议还来得及吗"],
    days: [],
    holds: /2025年3月2日是收到决定书,还是当场处罚/,
    never: /过了/,
  },
  {
    name: "a hearing to come, beside the opening of the case",
    role: "officer",
    lines: ["10月9日立案 12月1日听证 几号前通知当事人"],
    days: ["2026-11-20"],
  },
  {
    name: "the result of an accepted review",
    lines: ["复议受理了是9月20号 结果最晚哪天出"],
    days: ["2026-11-19"],
  },
  {
    name: "both when both are asked",
    lines: ["我11月10号收到罚款决定 我想问复议和起诉分别最晚哪天"],
    days: ["2027-01-11", "2027-05-10"],
  },
  {
    name: "public notice: served after thirty days, then sixty",
    lines: ["10月1号公告的处罚决定 复议到哪天"],
    days: ["2026-12-30"],
    holds: /视为送达之日/,
  },
];

describe("talks about days", () => {
  it.each(journeys)("$name", async ({ lines, role, days, holds, never }) => {
    const reply = await lastOf(lines, role ? { role } : {});
    const text = textOf(reply);
    expect(lastDays(reply).slice(0, Math.max(days.length, 1))).toEqual(days);
    if (holds) expect(text).toMatch(holds);
    if (never) expect(text).not.toMatch(never);
  });
});

describe("the limits offered when none is named", () => {
  const offer = (...events: readonly EventKind[]) =>
    rulesToOffer(events.map((event) => ({ event, day: TODAY, said: "" })));
  it("are those of what the talk told, the latest first", () => {
    expect(offer("measureTaken")[0]).toBe("seizure");
    expect(offer("preservationTaken")).toEqual(["evidencePreservation"]);
    expect(offer("decisionServed", "reviewDecisionServed")[0]).toBe("litigationAfterReconsideration");
    expect(offer("caseFiled")).not.toContain("finePayment");
  });
  it("are the usual ones, seizure and preservation among them, when nothing was told", () => {
    expect(offer()).toEqual(
      expect.arrayContaining(["reconsiderationApply", "seizure", "evidencePreservation"]),
    );
  });
});
