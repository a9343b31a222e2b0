/** A real assistant on a real store behind the doors, with handlers small enough to see through. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DoorHouse } from "../../bot/door.ts";
import { createAssistant } from "../../src/assistant.ts";
import { readConfig } from "../../src/config.ts";
import type { TurnHandler } from "../../src/conversation.ts";
import { keysFrom } from "../../src/keys.ts";
import { createLog } from "../../src/log.ts";
import { createLibrary } from "../../src/records/library.ts";
import { openStore } from "../../src/store/database.ts";
import { createInbox, type InboxRhythm } from "../../src/store/inbox.ts";
import { createKeptPages } from "../../src/store/kept-pages.ts";
import { createLeases } from "../../src/store/leases.ts";

export const CHOICES = [
  { id: "go:court", label: "找法院" },
  { id: "go:day", label: "算日期" },
];
export const LONG_PARAGRAPHS = Array.from(
  { length: 60 },
  (_, index) => `第${index + 1}段:${"依法作出的决定应当说明理由并告知救济途径,".repeat(8)}<完${index + 1}>`,
);

export interface House {
  readonly app: DoorHouse;
  /** Every text or choice a handler was asked, in order; a redelivered turn is not asked again. */
  readonly asked: string[];
  /** Lets answers to 慢 go. */
  release(): void;
  close(): Promise<void>;
}

/** Fast enough that no test waits for it. */
const testRhythm: Partial<InboxRhythm> = { pollMs: 50, albumMs: 150, retryMs: [20, 20] };

/**
 * @param settings environment of the door under test.
 * @param place where the store lies; a file outlives the process.
 */
export async function openHouse(
  settings: Readonly<Record<string, string>> = {},
  place = ":memory:",
  rhythm: Partial<InboxRhythm> = testRhythm,
): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), "mingzhi-doors-"));
  const asked: string[] = [];
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const handler: TurnHandler = async ({ said, turn, conversation }) => {
    const heard = said.choice ?? said.text;
    asked.push(heard);
    const draft = { intent: "help", outcome: "answered", citations: [], choices: [] } as const;
    const memory = { pending: { intent: "help", text: heard } };
    const answer = (text: string) => ({
      reply: { ...draft, blocks: [{ kind: "text", text } as const] },
      memory,
    });
    if (heard.startsWith("慢")) await released;
    if (heard === "坏") throw new Error("the handler broke");
    if (heard === "选项") {
      return { ...answer("您想怎么办?"), reply: { ...answer("您想怎么办?").reply, choices: CHOICES } };
    }
    if (heard === "长答") {
      const blocks = LONG_PARAGRAPHS.map((text) => ({ kind: "text", text }) as const);
      return { reply: { ...draft, blocks }, memory };
    }
    if (heard === "登记") {
      const receipt = {
        kind: "receipt",
        receipt: "12345678901234567",
        acknowledgement: "",
        text: "已登记。",
      } as const;
      return {
        reply: { ...draft, outcome: "filed", blocks: [{ kind: "text", text: "谢谢。" }, receipt] },
        memory,
      };
    }
    const files = turn.files.map((file) => `${file.name}有${file.bytes.length}字节`).join("、");
    const before = conversation.memory.pending?.text ?? "无";
    return answer(`收到「${heard}」${files},上一句「${before}」。`);
  };
  const config = readConfig({ MINGZHI_DATA: folder, LOG_LEVEL: "silent", ...settings });
  const store = await openStore(place);
  const keys = keysFrom(Buffer.alloc(32, 7));
  const log = createLog("silent");
  const info = {
    id: "r-test",
    publishedAt: "2026-11-24T00:00:00Z",
    preparedBy: "甲",
    publishedBy: "乙",
    digest: "",
    records: 0,
  };
  const shelf = createLibrary(info, []);
  const library = () => shelf;
  const app: DoorHouse = {
    config,
    log,
    library,
    assistant: createAssistant({ store, keys, log, library, handlers: [handler] }),
    inbox: createInbox({ store, keys, log, rhythm }),
    keptPages: createKeptPages(store, keys),
    leases: createLeases(store, () => new Date()),
  };
  return {
    app,
    asked,
    release,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
