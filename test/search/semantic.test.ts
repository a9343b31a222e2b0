import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { endpointOf, openEndpoint } from "../../src/search/embeddings.ts";
import { createSearchIndex } from "../../src/search/find.ts";
import type { Passage } from "../../src/search/passage.ts";
import { createSemanticSearch, type SemanticSearch } from "../../src/search/semantic.ts";

const passages: readonly Passage[] = [
  { id: "stall", recordId: "r1", kind: "faq", title: "占道经营", text: "占用人行道经营的,责令改正。" },
  { id: "food", recordId: "r2", kind: "faq", title: "食品经营", text: "开饭馆要取得许可证。" },
  { id: "old", recordId: "r3", kind: "faq", title: "练摊旧规", text: "已经废止。", repealed: true },
  {
    id: "order",
    recordId: "r4",
    kind: "document",
    title: "通知",
    text: "关于停车的通知。",
    identifiers: ["演政发〔2024〕12号"],
  },
];

/** Texts about street stalls point one way, all others the other. */
const direction = (text: string): number[] => (/占道|练摊/.test(text) ? [1, 0.1, 0, 0] : [0, 0.1, 1, 0]);

interface Endpoint {
  readonly url: string;
  readonly asked: string[][];
  behave: "answer" | "hang" | "fail";
  close(): Promise<void>;
}
const open: Endpoint[] = [];
afterEach(async () => {
  for (const endpoint of open.splice(0)) await endpoint.close();
});

async function anEndpoint(): Promise<Endpoint> {
  const asked: string[][] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { input, encoding_format: format } = JSON.parse(body);
    const texts: string[] = Array.isArray(input) ? input : [input];
    asked.push(texts);
    if (endpoint.behave === "hang") return;
    response.setHeader("content-type", "application/json");
    if (endpoint.behave === "fail" || format !== "float") {
      response.statusCode = 400;
      response.end(JSON.stringify({ error: { message: "no" } }));
      return;
    }
    const data = texts.map((text, index) => ({ object: "embedding", index, embedding: direction(text) }));
    response.end(
      JSON.stringify({ object: "list", model: "m", data, usage: { prompt_tokens: 1, total_tokens: 1 } }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint: Endpoint = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    behave: "answer",
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  open.push(endpoint);
  return endpoint;
}

async function aSearch(
  endpoint: Endpoint,
  folder: string,
  failures: unknown[] = [],
): Promise<SemanticSearch> {
  const embeddings = await openEndpoint({ baseUrl: endpoint.url, model: "m" });
  return createSemanticSearch(createSearchIndex(passages), passages, {
    embeddings,
    folder,
    stamp: "release-1",
    budgetMs: 300,
    onFailure: (reason) => failures.push(reason),
  });
}
const aFolder = (): string => join(mkdtempSync(join(tmpdir(), "semantic-")), "vectors");
const idsOf = async (search: SemanticSearch, query: string): Promise<string[]> =>
  (await search.forQuestions([query])).find(query, {}, 3).map(({ passage }) => passage.id);

describe("search with an embedding endpoint", () => {
  it("finds by meaning what shares no word with the question", async () => {
    const search = await aSearch(await anEndpoint(), aFolder());
    expect(await search.ready).toBe(true);
    expect((await idsOf(search, "练摊"))[0]).toBe("stall");
  });

  it("never shows what is repealed or was withdrawn", async () => {
    const endpoint = await anEndpoint();
    const index = createSearchIndex(passages);
    const search = createSemanticSearch(index, passages, {
      embeddings: await openEndpoint({ baseUrl: endpoint.url, model: "m" }),
      folder: aFolder(),
      stamp: "s",
    });
    await search.ready;
    index.withdraw("r1");
    const found = await idsOf(search, "练摊");
    expect(found).not.toContain("stall");
    expect(found).not.toContain("old");
  });

  it("keeps an exact identifier in front", async () => {
    const search = await aSearch(await anEndpoint(), aFolder());
    await search.ready;
    expect((await idsOf(search, "演政发[2024]12号 练摊"))[0]).toBe("order");
  });

  it("embeds the passages once for a release", async () => {
    const endpoint = await anEndpoint();
    const folder = aFolder();
    await (await aSearch(endpoint, folder)).ready;
    const before = endpoint.asked.length;
    const again = await aSearch(endpoint, folder);
    expect(await again.ready).toBe(true);
    expect(endpoint.asked.length).toBe(before);
    expect((await idsOf(again, "练摊"))[0]).toBe("stall");
  });

  it.each(["hang", "fail"] as const)("answers without the endpoint when it does %s", async (behaviour) => {
    const endpoint = await anEndpoint();
    const failures: unknown[] = [];
    const search = await aSearch(endpoint, aFolder(), failures);
    await search.ready;
    endpoint.behave = behaviour;
    expect((await idsOf(search, "开饭馆"))[0]).toBe("food");
    expect(failures).toHaveLength(1);
  });

  it("answers without the endpoint when the passages could not be embedded", async () => {
    const endpoint = await anEndpoint();
    endpoint.behave = "fail";
    const failures: unknown[] = [];
    const search = await aSearch(endpoint, aFolder(), failures);
    expect(await search.ready).toBe(false);
    expect((await idsOf(search, "开饭馆"))[0]).toBe("food");
    expect(failures).toHaveLength(1);
  });
});

it("answers a question whose vector was not fetched without the endpoint", async () => {
  const search = await aSearch(await anEndpoint(), aFolder());
  await search.ready;
  const index = await search.forQuestions(["练摊"]);
  expect(index.find("练摊", {}, 1)[0]?.passage.id).toBe("stall");
  expect(index.find("练个摊", {}, 1)).toEqual([]);
});

it("uses an endpoint only when address and model are both set", () => {
  const settings = { EMBEDDING_BASE_URL: "http://127.0.0.1:9/v1", EMBEDDING_MODEL: "m" };
  expect(endpointOf(readConfig(settings))).toMatchObject({ model: "m" });
  expect(endpointOf(readConfig({ EMBEDDING_BASE_URL: settings.EMBEDDING_BASE_URL }))).toBeUndefined();
});
