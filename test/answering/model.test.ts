/** The operator's model through the answering's front door: what an honest one adds, and what a bad one cannot do. */
import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { loadCalendar } from "../../knowledge/calendar.ts";
import type { AnsweringParts } from "../../src/answering/answering.ts";
import { createConsultant } from "../../src/answering/consulting/consultant.ts";
import { BY_MODEL } from "../../src/answering/consulting/tell-evidence.ts";
import { readConfig } from "../../src/config.ts";
import type { Handled } from "../../src/conversation.ts";
import type { ToolHouse } from "../../src/tools/tool.ts";
import { lookUps } from "../../src/tools/tools.ts";
import { anAnswering, lastOf, shippedLibrary } from "./house.ts";
import { type Asked, type Behaviour, type Call, type ModelServer, startModelServer } from "./model-server.ts";

let server: ModelServer;
let spare: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
  spare = await startModelServer();
});
afterAll(async () => {
  await server.stop();
  await spare.stop();
});
beforeEach(() => {
  server.asked.length = 0;
  spare.asked.length = 0;
});

const silent = pino({ level: "silent" });
type Model = NonNullable<AnsweringParts["model"]>;
const settings = (more: Partial<Model> = {}): Model => ({
  baseUrl: server.url,
  model: "first",
  timeoutMs: 20_000,
  ...more,
});
/** Made once: its index takes seconds. */
let shared: ReturnType<typeof anAnswering> | undefined;
const withModel = () => {
  shared ??= anAnswering({ model: settings(), log: silent });
  return shared;
};

/** Told in words no ask of ours has; which of them our finding is unsure of is its own affair. */
const STORIES = ["鱼塘让人填了", "他说的那套到底对不对呀", "鸽子棚搭楼顶让我弄掉", "量子纠缠的手续"];
let unsure = "";
beforeAll(async () => {
  server.behave(calls(() => [answer([])]));
  const answering = withModel();
  for (const story of STORIES) {
    server.asked.length = 0;
    await lastOf([story], { answering });
    if (server.asked.length === 0) continue;
    unsure = story;
    break;
  }
  expect(unsure, "our finding is sure of every story: tell it another").not.toBe("");
}, 240_000);

const SURE = "行政处罚决定不服,申请行政复议的期限是多久";
const calls = (of: (asked: Asked) => readonly Call[]): Behaviour => ({ kind: "calls", calls: of });
const answer = (parts: readonly (readonly string[])[], more: object = {}): Call => ({
  name: "answer",
  input: { parts: parts.map((evidence) => ({ about: "问的事", evidence })), ...more },
});
const firstText = (reply: Handled["reply"]) => {
  const [block] = reply.blocks;
  return block && "text" in block ? block.text : "";
};
const leadOf = (id: string | undefined) => {
  const found = shippedLibrary().find(id ?? "");
  return found?.kind === "point" ? found.lead : "";
};
const idsIn = (result: string | undefined): readonly string[] =>
  [...(result ?? "").matchAll(/"id":"([^"]+)"/g)].map(([, id = ""]) => id);
const proposedIn = ({ first }: Asked) => idsIn(first);
const plainly = () => lastOf([unsure]);

describe("an honest model", () => {
  it("looks up what our finding is unsure of, and the point it names is told in our words with its articles", async () => {
    let named = "";
    server.behave(
      calls(({ results }) => {
        const ids = idsIn(results.at(-1));
        named = ids[0] ?? "";
        return ids.length > 0
          ? [answer([ids.slice(0, 1)])]
          : [{ name: "findPoints", input: { question: "行政机关违法损坏财产怎么要求国家赔偿" } }];
      }),
    );
    const reply = await lastOf([unsure], { answering: withModel() });
    expect(leadOf(named)).not.toBe("");
    expect(firstText(reply)).toContain(leadOf(named));
    expect(reply.citations.length).toBeGreaterThan(0);
    expect(reply.labels).toContain(BY_MODEL);
  });

  it("answers several parts of a question in their order", async () => {
    let named: readonly string[] = [];
    server.behave(
      calls((asked) => {
        named = proposedIn(asked).slice(0, 2);
        return [answer(named.map((id) => [id]))];
      }),
    );
    const text = JSON.stringify((await lastOf([unsure], { answering: withModel() })).blocks);
    const places = named.map((id) => text.indexOf(leadOf(id)));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  it("names a rule, and the last day is counted by ours from what the person said", async () => {
    server.behave(
      calls(({ results }) =>
        results.length > 0
          ? [answer([["deadline:reconsiderationApply"]])]
          : [{ name: "computeDeadline", input: { rule: "reconsiderationApply", from: "2020-01-01" } }],
      ),
    );
    const reply = await lastOf([unsure], { answering: withModel() });
    expect(reply.labels).toContain(BY_MODEL);
    expect(JSON.stringify(reply)).toContain("60日");
    expect(JSON.stringify(reply)).not.toContain("2020");
  });

  it("is not asked what our own finding is sure of, what is computed, or what is danger", async () => {
    server.behave(calls(() => [answer([])]));
    const answering = withModel();
    for (const said of [
      SURE,
      "11月10号收到罚款决定,最晚哪天申请复议?",
      "有人拿刀砍人了",
      "演执A0001是真的吗",
    ])
      await lastOf([said], { answering });
    expect(server.asked).toEqual([]);
  });

  it("finds nothing that answers: ours is said as it would be without it", async () => {
    server.behave(calls(() => [answer([[]])]));
    expect(await lastOf([unsure], { answering: withModel() })).toEqual(await plainly());
  });
});

describe("what leaves the house", () => {
  it("holds no personal data and no receipt", async () => {
    server.behave(calls(() => [answer([])]));
    const secrets = ["13812345678", "11010519491231002X", "12345678901234567"];
    const text = `${unsure}。我叫王小明,电话${secrets[0]},身份证号${secrets[1]},回执${secrets[2]}`;
    await askAlone({}, text).ask();
    expect(server.asked).not.toEqual([]);
    for (const { body } of server.asked) {
      for (const secret of [...secrets, "王小明"]) expect(body).not.toContain(secret);
    }
  });

  it("goes to the model and to nobody who watches it", () => {
    const environment = { LLM_BASE_URL: server.url, LLM_MODEL: "m", LANGSMITH_TRACING: "true" };
    expect(() => readConfig(environment)).toThrow("LANGSMITH_TRACING");
    expect(readConfig({ ...environment, LANGSMITH_TRACING: "false" }).LLM_MODEL).toBe("m");
  });

  it("offers no way to try certificate numbers or to file anything", async () => {
    server.behave(calls(() => [answer([])]));
    await lastOf([unsure], { answering: withModel() });
    const offered = server.asked[0]?.tools.filter((name) => !name.startsWith("extract"));
    expect(offered).toEqual(["findPoints", "findRows", "computeDeadline", "findCompetence", "checkGate"]);
  });
});

describe("a model that lies", () => {
  it("cannot say a word of its own", async () => {
    const lie = "请把身份证照片和银行卡密码发给执法人员。";
    const about = "您的案子肯定胜诉";
    server.behave(
      calls((asked) => [
        {
          name: "answer",
          input: {
            parts: [{ about, evidence: [lie, proposedIn(asked)[0]] }],
            organ: "请加客服微信 zhifa_kefu",
            area: lie,
            amountYuan: 987654,
          },
        },
      ]),
    );
    const reply = await lastOf([unsure], { answering: withModel() });
    expect(reply.labels).toContain(BY_MODEL);
    const said = JSON.stringify(reply);
    for (const word of ["身份证照片", "胜诉", "客服微信", "987654"]) expect(said).not.toContain(word);
  });

  it("names ids no tool gave: they are dropped and counted, real records among them", async () => {
    const [unseen] = shippedLibrary().all("point").slice(-1);
    const [officer] = shippedLibrary().all("officer");
    const answering = withModel();
    const before = answering.modelStats?.inventedIds ?? 0;
    const ids = [
      "pt_000000",
      String(unseen?.id),
      String(officer?.id),
      "deadline:reconsiderationApply",
      "gate:hearing",
    ];
    server.behave(calls(() => [answer([ids.slice(0, 3), ids.slice(3)])]));
    expect(await lastOf([unsure], { answering })).toEqual(await plainly());
    expect((answering.modelStats?.inventedIds ?? 0) - before).toBe(5);
  });

  it("points to what does not answer: what is said is still a row with its article", async () => {
    const answering = withModel();
    const library = shippedLibrary();
    for (let turn = 0; turn < 8; turn += 1) {
      let named = "";
      server.behave(
        calls((asked) => {
          named = proposedIn(asked)[turn] ?? "";
          return [answer([[named]])];
        }),
      );
      const reply = await lastOf([unsure], { answering });
      const record = library.find(named);
      const told = record?.kind === "point" ? [record.lead, ...record.more].join("") : "";
      expect(told).not.toBe("");
      expect(told).toContain(firstText(reply));
      expect(reply.citations.every(({ record: id }) => id.startsWith("law:") || library.find(id))).toBe(true);
    }
  });
});

/** The model asked alone, over the same library, finder and tools. */
function askAlone(more: Partial<Model>, text = unsure) {
  const library = shippedLibrary();
  const answering = withModel();
  const consultant = createConsultant(settings(more), lookUps, silent);
  const house: ToolHouse = {
    library,
    today: "2026-11-24",
    calendar: loadCalendar(),
    search: answering.searchOf(library),
    finding: answering.findingOf(library),
    role: "citizen",
  };
  const question = { text, read: { organs: [], areas: [], amountsYuan: [] } };
  const { timeoutMs } = consultant.settings;
  return {
    stats: consultant.stats,
    ask: () => consultant.consult(question, house, performance.now() + timeoutMs),
  };
}

describe("a model that misbehaves gives nothing, and takes no more than the budget", () => {
  const BUDGET = 1500;
  const SLACK = 1000;
  it.each<[string, Behaviour | ((asked: Asked) => Behaviour)]>([
    ["hangs", { kind: "hangs" }],
    ["is cut off", { kind: "cuts" }],
    ["is down", { kind: "fails", status: 500 }],
    ["is busy", { kind: "fails", status: 429 }],
    ["refuses the key", { kind: "fails", status: 401 }],
    ["writes prose", { kind: "says", text: "您好,根据法律规定,您不用交罚款。" }],
    ["writes what is no completion", { kind: "rubbish", body: "{}" }],
    ["writes what is no JSON", { kind: "rubbish", body: "<html>" }],
    ["answers in another shape", calls(() => [{ name: "answer", input: { parts: "罚款不用交" } }])],
    ["calls a tool that is not there", calls(() => [{ name: "deleteRecord", input: { id: "x" } }])],
    ["calls a tool wrongly", calls(() => [{ name: "findPoints", input: { question: 5 } }])],
    ["looks up the same for ever", calls(() => [{ name: "findPoints", input: { question: "罚款" } }])],
    [
      "looks up a hundred things at once",
      calls(() => Array.from({ length: 100 }, () => ({ name: "findPoints", input: { question: "罚款" } }))),
    ],
    [
      "looks something up, and then hangs",
      ({ results }) =>
        results.length > 0
          ? { kind: "hangs" }
          : calls(() => [{ name: "findPoints", input: { question: "罚款" } }]),
    ],
  ])("%s", async (_, behaviour) => {
    server.behave(behaviour);
    const { ask, stats } = askAlone({ timeoutMs: BUDGET });
    const started = performance.now();
    expect(await ask()).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(BUDGET + SLACK);
    expect(stats).toMatchObject({ consulted: 1, helped: 0, failures: 1 });
    expect(stats.toolCalls).toBeLessThanOrEqual(8);
    expect(server.asked.length).toBeLessThanOrEqual(4);
  });

  it("is asked once more when the connection was lost, as idle ones are", async () => {
    let cut = false;
    server.behave((asked) => {
      if (cut) return calls(() => [answer([proposedIn(asked).slice(0, 1)])]);
      cut = true;
      return { kind: "cuts" };
    });
    expect((await askAlone({}).ask())?.parts.length).toBe(1);
  });

  it("is let go of when its time is up", async () => {
    const before = server.abandoned();
    server.behave({ kind: "hangs" });
    await askAlone({ timeoutMs: 1000 }).ask();
    await expect.poll(() => server.abandoned() - before, { timeout: 5000 }).toBe(1);
  });

  it("is left alone after three failures in a row", async () => {
    server.behave({ kind: "fails", status: 500 });
    const { ask, stats } = askAlone({});
    for (let n = 0; n < 5; n += 1) expect(await ask()).toBeUndefined();
    expect(server.asked.length).toBe(3);
    expect(stats).toMatchObject({ failures: 3, skipped: 2 });
  });

  it("changes nothing of what is said", async () => {
    server.behave({ kind: "fails", status: 500 });
    expect(await lastOf([unsure], { answering: withModel() })).toEqual(await plainly());
  });
});

describe("a second model", () => {
  it.each<[string, Behaviour]>([
    ["down", { kind: "fails", status: 503 }],
    ["hanging", { kind: "hangs" }],
    ["talking rubbish", { kind: "rubbish", body: "{}" }],
  ])("answers when the first is %s", async (_, behaviour) => {
    server.behave(behaviour);
    let named: readonly string[] = [];
    spare.behave(
      calls((asked) => {
        named = proposedIn(asked).slice(0, 1);
        return [answer([named])];
      }),
    );
    const fallback = { baseUrl: spare.url, model: "second", apiKey: "other key" };
    const { ask } = askAlone({ timeoutMs: 5000, fallback });
    expect(await ask()).toEqual({ parts: [named] });
    expect(spare.asked[0]?.model).toBe("second");
  });
});

describe("counters", () => {
  it("tell what was asked, looked up and spent", async () => {
    server.behave(
      calls((asked) =>
        asked.results.length > 0
          ? [answer([proposedIn(asked).slice(0, 1)])]
          : [{ name: "findPoints", input: { question: "罚款" } }],
      ),
    );
    const { ask, stats } = askAlone({});
    await ask();
    expect(stats).toEqual({
      consulted: 1,
      helped: 1,
      failures: 0,
      skipped: 0,
      calls: 2,
      toolCalls: 1,
      inventedIds: 0,
      promptTokens: 14,
      completionTokens: 10,
    });
  });
});
