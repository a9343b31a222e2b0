/** Another assistant at work: the official MCP client, over HTTP and over the command line's stdin and stdout. */
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { switchTopicOff } from "../../knowledge/release/switches.ts";
import type { Officer } from "../../src/records/schema.ts";
import { openServed, type Served } from "./house.ts";

let served: Served;
let client: Client;
beforeAll(async () => {
  served = await openServed();
  client = new Client({ name: "another assistant", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${served.address}/mcp`)));
}, 120_000);
afterAll(async () => {
  await client?.close();
  await served?.close();
});

// biome-ignore lint/suspicious/noExplicitAny: a result's shape is what is under test, and the client checks it against the tool's own schema
type Any = any;
async function call(name: string, input: Record<string, unknown>): Promise<Any> {
  const result: Any = await client.callTool({ name, arguments: input });
  return result.isError ? { error: result.content[0].text } : result.structuredContent;
}

const toolNames = [
  "findPoints",
  "findRows",
  "computeDeadline",
  "findCompetence",
  "checkGate",
  "verifyOfficer",
  "ask",
];

describe("MCP", () => {
  it("lists every tool with typed input and output", async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(toolNames);
    for (const tool of tools) {
      expect(tool.inputSchema.type).toBe("object");
      expect(tool.outputSchema?.required).toContain("citations");
    }
  });

  it("finds points of law with their articles", async () => {
    const { items, citations, release } = await call("findPoints", {
      question: "罚款要先交了才能申请复议吗",
    });
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) {
      expect(item.cites.length).toBeGreaterThan(0);
      for (const at of item.cites) expect(citations[at]).toMatchObject({ title: expect.any(String) });
    }
    expect(citations.length).toBe(1 + Math.max(...items.flatMap((item: Any) => item.cites)));
    expect(release).toBe(served.app.library().release.id);
  });

  it("quotes rows of published lists, says which file they stand in and that the city is fictional", async () => {
    const found = await call("findRows", { query: "税务局 电话", kinds: ["entity"], top: 3 });
    expect(found.items[0].kind).toBe("执法主体");
    expect(found.citations[found.items[0].cites[0]].record).toBe(found.items[0].id);
    expect(found.labels).toEqual(["演示数据"]);
  });

  it("never finds officers by words", async () => {
    const [officer] = served.app.library().all("officer") as readonly Officer[];
    const found = await call("findRows", { query: `${officer?.name} ${officer?.certNo} 执法人员`, top: 10 });
    expect(JSON.stringify(found)).not.toContain(String(officer?.certNo));
  });

  it("counts a last day, by the rule's id or its name", async () => {
    const byId = await call("computeDeadline", { rule: "reconsiderationApply", from: "2026-03-02" });
    expect(byId).toMatchObject({ label: "申请行政复议", projected: false });
    expect(byId.count.length).toBeGreaterThan(1);
    expect(byId.citations[byId.cites[0]].record).toMatch(/^law:/);
    expect(await call("computeDeadline", { rule: "申请行政复议", from: "2026-03-02" })).toEqual(byId);
  });

  it("names the rules that come nearest to an unknown one, and refuses a day that is none", async () => {
    expect((await call("computeDeadline", { rule: "申请复议", from: "2026-03-02" })).error).toContain(
      "reconsiderationApply(申请行政复议)",
    );
    expect(
      (await call("computeDeadline", { rule: "reconsiderationApply", from: "2026-02-30" })).error,
    ).toContain("2026-02-30");
  });

  it("finds the reviewing body of a published organ, and guesses at none that is not published", async () => {
    const organ = served.app
      .library()
      .all("entity")
      .find(({ name }) => name.endsWith("市场监督管理局"));
    const found = await call("findCompetence", { organ: organ?.name, act: "penalty" });
    expect(found.reconsideration.organs[0].name).toMatch(/人民政府$/);
    expect(found.citations[found.reconsideration.cites[0]].title).toContain("行政复议法");
    expect((await call("findCompetence", { organ: "月球市环境保护局" })).error).toContain("月球市环境保护局");
  });

  it("decides a gate, or says what has to be known first", async () => {
    const open = await call("checkGate", { gate: "onTheSpotPenalty" });
    expect(open).toMatchObject({
      answer: "depends",
      ask: expect.arrayContaining([{ fact: "measures", ask: expect.any(String) }]),
    });
    const facts = {
      party: "citizen",
      measures: ["fine"],
      fineYuan: 5000,
      factsClear: true,
      hasStatutoryBasis: true,
    };
    const decided = await call("checkGate", { gate: "onTheSpotPenalty", facts });
    expect(decided).toMatchObject({ answer: "no" });
    expect(decided.cites.length).toBeGreaterThan(0);
    expect((await call("checkGate", { gate: "onTheSpotPenalty", facts: { fineYuan: -1 } })).error).toMatch(
      /fineYuan/,
    );
  });

  it("answers whole questions in a talk of its own", async () => {
    const first = await call("ask", { question: "11月10号收到罚款决定,不服最晚哪天申请复议?" });
    expect(first.text).toContain("2027年1月");
    expect(first.citations.length).toBeGreaterThan(0);
    const next = await call("ask", { question: "最晚哪天可以去法院起诉?", conversation: first.conversation });
    expect(next.conversation).toBe(first.conversation);
    expect(next.text).toContain("2027年5月");
  });

  it("verifies a certificate, and no more of them than a person may", async () => {
    const officers = served.app.library().all("officer") as readonly Officer[];
    const [known] = officers;
    expect(await call("verifyOfficer", { certNo: known?.certNo })).toMatchObject({
      certNo: known?.certNo,
      name: expect.stringMatching(/^.\*+$/),
      labels: ["演示数据"],
    });
    expect(await call("verifyOfficer", { certNo: "XX-000000" })).toMatchObject({ outcome: "未列入名单" });
    for (let n = 0; n < 3; n += 1) await call("verifyOfficer", { certNo: officers[n]?.certNo });
    expect((await call("verifyOfficer", { certNo: known?.certNo })).error).toContain("今天的核验次数已用完");
  });

  it("says nothing on a topic the office has switched off", async () => {
    const off = (topic: string) =>
      switchTopicOff(
        `${served.folder}/releases`,
        topic,
        { by: "甲", on: "2026-11-24", reason: "正在核对" },
        new Date(),
      );
    off("deadline");
    off("relief");
    const deadline = () => call("computeDeadline", { rule: "reconsiderationApply", from: "2026-03-02" });
    await vi.waitFor(async () => expect((await deadline()).error).toContain("正在核对"), 15_000);
    expect((await call("findCompetence", { organ: "演示市公安局" })).error).toContain("正在核对");
    const { items } = await call("findPoints", { question: "复议申请期限是多少天", top: 10 });
    expect(items.map((item: Any) => item.topic)).not.toContain("申请复议");
  });

  it("keeps no session, and takes no call from another site's page", async () => {
    const post = (headers: Record<string, string>, body: unknown) =>
      fetch(`${served.address}/mcp`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
          ...headers,
        },
        body: JSON.stringify(body),
      });
    const list = { jsonrpc: "2.0", id: 1, method: "tools/list" };
    expect((await post({}, list)).status).toBe(200);
    expect((await post({ origin: "https://evil.example" }, list)).status).toBe(403);
    expect((await post({ origin: served.address }, list)).status).toBe(200);
    expect((await post({}, Array(11).fill(list))).status).toBe(413);
    expect((await fetch(`${served.address}/mcp`)).status).toBe(405);
  });
});

describe("mingzhi mcp", () => {
  it("serves the same tools on stdin and stdout", async () => {
    const local = new Client({ name: "another assistant", version: "1" });
    await local.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: ["scripts/mingzhi.mjs", "mcp"],
        env: { ...process.env, MINGZHI_DATA: `${served.folder}/stdio`, LOG_LEVEL: "silent" } as Record<
          string,
          string
        >,
      }),
    );
    try {
      expect((await local.listTools()).tools.map(({ name }) => name)).toEqual(toolNames);
      const found: Any = await local.callTool({
        name: "findPoints",
        arguments: { question: "听证要几天内提出" },
      });
      expect(found.structuredContent.items.length).toBeGreaterThan(0);
    } finally {
      await local.close();
    }
  }, 120_000);
});
