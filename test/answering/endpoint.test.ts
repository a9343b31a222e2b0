import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { loadMaterials } from "../../knowledge/materials.ts";
import { readShipped } from "../../knowledge/release/shipped.ts";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { keysFrom } from "../../src/keys.ts";
import { createLibrary } from "../../src/records/library.ts";
import { openStore } from "../../src/store/database.ts";

const records = readShipped({ demo: false }).filter(
  (record) => record.kind === "faq" || record.kind === "policy",
);
const release = {
  id: "r",
  publishedAt: "",
  preparedBy: "甲",
  publishedBy: "乙",
  digest: "d".repeat(64),
  records: 0,
};

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

/** A house whose embedding endpoint answers with `status`; counts what it was asked. */
async function houseWith(status: number) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const input = [JSON.parse(body).input].flat() as string[];
      asked.push(...input);
      response.statusCode = status;
      response.setHeader("content-type", "application/json");
      const data = input.map((text, index) => ({
        object: "embedding",
        index,
        embedding: Array.from(
          { length: 8 },
          (_, d) => ((text.charCodeAt(d % text.length) * (d + 1)) % 97) / 97,
        ),
      }));
      response.end(
        JSON.stringify({ object: "list", model: "m", data, usage: { prompt_tokens: 1, total_tokens: 1 } }),
      );
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const folder = mkdtempSync(join(tmpdir(), "mz-endpoint-"));
  const app = await createApp(
    readConfig({
      MINGZHI_DATA: folder,
      LOG_LEVEL: "silent",
      EMBEDDING_BASE_URL: `http://127.0.0.1:${port}/v1`,
      EMBEDDING_MODEL: "m",
    }),
    loadMaterials(folder),
    {
      store: await openStore(":memory:"),
      keys: keysFrom(Buffer.alloc(32, 1)),
      releases: (() => {
        const library = createLibrary(release, records);
        return { library: () => library };
      })(),
    },
  );
  close = async () => {
    await app.close();
    await new Promise((done) => server.close(done));
  };
  let n = 0;
  const ask = (text: string) =>
    app.assistant.reply({
      id: `t${n++}`,
      door: "terminal",
      conversation: `c${n}`,
      person: "p",
      role: "citizen",
      text,
      files: [],
      at: new Date("2026-11-24T04:00:00Z"),
    });
  return { ask, asked };
}

describe("an operator's embedding endpoint", () => {
  it("embeds the release once, then the question, and the answer stands", async () => {
    const { ask, asked } = await houseWith(200);
    await ask("第一次犯能不能不罚");
    await vi.waitFor(async () => {
      const before = asked.length;
      await ask("首违不罚怎么走程序");
      expect(asked.slice(before)).toContain("首违不罚怎么走程序");
    });
    const passages = asked.filter((text) => text.includes("\n")).length;
    expect(passages).toBeGreaterThan(50);
  });

  it("answers from its own search while the endpoint fails", async () => {
    const { ask } = await houseWith(400);
    const reply = await ask("第一次犯能不能不罚");
    expect(reply.outcome).toBe("answered");
    expect(reply.citations.length).toBeGreaterThan(0);
  });
});
