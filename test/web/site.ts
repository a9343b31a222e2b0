/** A whole site for tests: real store, real release of the shipped data, answers from a small handler. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WebHouse } from "../../bot/web/api.ts";
import { createWebDoor, type WebDoor, type WebOptions } from "../../bot/web/server.ts";
import type { ComplaintForm, ComplaintService } from "../../bot/web/services.ts";
import { loadCalendar } from "../../knowledge/calendar.ts";
import { publishShippedData } from "../../knowledge/release/shipped.ts";
import { createAssistant } from "../../src/assistant.ts";
import { readConfig } from "../../src/config.ts";
import type { TurnHandler } from "../../src/conversation.ts";
import { keysFrom } from "../../src/keys.ts";
import { parseDay } from "../../src/law/day.ts";
import { computeDeadline, findCountedRule } from "../../src/law/deadline.ts";
import { createLog } from "../../src/log.ts";
import { openReleases } from "../../src/records/releases.ts";
import { openStore } from "../../src/store/database.ts";

export const RECEIPT = "12345678901234567";
export const ACK = "MZACK1.eyJ2IjoxfQ.c2lnbmF0dXJl";
const calendar = loadCalendar();

/** Echoes, offers choices, and shows every kind of block on request. */
export const handler: TurnHandler = async ({ said, turn, library }) => {
  const draft = { intent: "help", citations: [], choices: [] } as const;
  if (said.text === "所有样式") {
    const from = parseDay("2026-03-02");
    if (!from) throw new Error("no day");
    return {
      reply: {
        ...draft,
        outcome: "answered",
        blocks: [
          { kind: "text", text: "您可以申请行政复议。", cites: [0] },
          {
            kind: "deadline",
            title: "申请行政复议",
            deadline: computeDeadline(findCountedRule("reconsiderationApply"), from, calendar),
          },
          { kind: "card", title: "复议机关", rows: [{ label: "机关", value: "演示市人民政府" }] },
          {
            kind: "steps",
            title: "步骤",
            steps: [
              { title: "准备", text: "带好决定书。", limit: "60 日内" },
              { title: "递交", text: "当面或邮寄。" },
            ],
          },
          { kind: "table", title: "裁量", columns: ["档次", "幅度"], rows: [["较轻", "200 元以下"]] },
          { kind: "notice", level: "urgent", text: "人身安全受到威胁请先拨打 110。" },
        ],
        citations: [
          {
            record: "law:行政复议法:第二十条",
            title: "行政复议法",
            locator: "第二十条",
            asOf: "2023-09-01",
            url: "javascript:alert(1)",
          },
        ],
        choices: ["找法院", "算日期", "要材料", "投诉"].map((label, index) => ({ id: `c${index}`, label })),
      },
    };
  }
  if (said.text === "登记") {
    return {
      reply: {
        ...draft,
        outcome: "filed",
        blocks: [{ kind: "receipt", receipt: RECEIPT, acknowledgement: ACK, text: "已登记。" }],
      },
    };
  }
  const files = turn.files.map((file) => `${file.name} ${file.bytes.length} 字节`).join("、");
  return {
    reply: {
      ...draft,
      outcome: "answered",
      blocks: [
        {
          kind: "text",
          text: `您说的是:${said.choice ?? said.text}${files}(${turn.role},${turn.area ?? "未选地区"},${library.release.records} 条)`,
        },
      ],
    },
  };
};

/** Keeps what was filed in memory: what is under test is the form, not the filing. */
export function formComplaints(filed: ComplaintForm[]): ComplaintService {
  return {
    matters: [{ id: "fine", label: "乱罚款、不给票据" }],
    promise: "材料只交给有权监督的机关。",
    async file(form) {
      filed.push(form);
      return { receipt: RECEIPT, acknowledgement: ACK, office: "演示市司法局", say: "已登记。" };
    },
    async status(receipt) {
      return receipt.replace(/\s/g, "") === RECEIPT
        ? {
            status: "登记",
            say: "正在办理。",
            filedOn: "2026-11-24",
            events: [{ at: "2026-11-24", text: "登记" }],
            messages: [],
          }
        : undefined;
    },
  };
}

export interface Site {
  readonly app: WebHouse;
  readonly web: WebDoor;
  readonly filed: ComplaintForm[];
  close(): Promise<void>;
}

export async function openSite(options: Partial<WebOptions> = {}): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), "mingzhi-web-"));
  publishShippedData(join(folder, "releases"), { demo: true });
  const config = readConfig({ MINGZHI_DATA: folder, LOG_LEVEL: "silent" });
  const store = await openStore(":memory:");
  const keys = keysFrom(Buffer.alloc(32, 7));
  const log = createLog("silent");
  const releases = openReleases(join(folder, "releases"));
  const library = () => releases.library();
  const assistant = createAssistant({ store, keys, log, library, handlers: [handler] });
  const materials: WebHouse["materials"] = {
    calendar,
    routes: undefined,
    triage: undefined,
    searchModel: () => undefined,
    finder: () => undefined,
    serviceAsks: () => [],
  };
  const app: WebHouse = { config, materials, log, keys, library, assistant };
  const filed: ComplaintForm[] = [];
  const web = await createWebDoor(app, {
    host: "127.0.0.1",
    port: 0,
    services: { complaints: formComplaints(filed) },
    limits: {
      requests: 100_000,
      turns: 10_000,
      personTurns: 10_000,
      checks: 1000,
      receipts: 1000,
      complaints: 1000,
    },
    ...options,
  });
  return {
    app,
    web,
    filed,
    async close() {
      await web.stop();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
