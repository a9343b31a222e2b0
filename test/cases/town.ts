/** A fictional city with one organ of each kind that routing must tell apart, and a house standing in it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadCalendar } from "../../knowledge/calendar.ts";
import { loadMaterials } from "../../knowledge/materials.ts";
import { type App, createApp } from "../../src/app.ts";
import type { Account, NewAccount } from "../../src/cases/accounts.ts";
import { readConfig } from "../../src/config.ts";
import { keysFrom } from "../../src/keys.ts";
import { createLog } from "../../src/log.ts";
import { createLibrary, type Library } from "../../src/records/library.ts";
import { Entity, Hotline, Officer, type PublishedRecord } from "../../src/records/schema.ts";
import type { Reply } from "../../src/reply.ts";
import type { Turn, TurnFile } from "../../src/turn.ts";

export const calendar = loadCalendar();
/** A Tuesday. */
export const NOW = new Date("2026-11-24T02:00:00Z");

const common = {
  dataset: "demo",
  status: "published",
  validity: {},
  source: { title: "演示清单", publisher: "演示市人民政府" },
};

export function anEntity(id: string, name: string, more: Partial<Entity> = {}): Entity {
  return Entity.parse({
    ...common,
    kind: "entity",
    id,
    name,
    aliases: [],
    nature: "工作部门",
    enforces: true,
    area: "990100",
    level: "市",
    governmentId: "ent_city",
    isJustice: false,
    basis: [],
    phones: [],
    ...more,
  });
}

const county = { area: "990102", level: "县", governmentId: "ent_county" } as const;

/** The nation's hotlines as they are published. */
const hotlines = readFileSync(new URL("../../knowledge/data/national/hotline.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => Hotline.parse(JSON.parse(line)));

export const records: readonly PublishedRecord[] = [
  ...hotlines,
  anEntity("ent_province", "演示省人民政府", {
    nature: "人民政府",
    area: "990000",
    level: "省",
    governmentId: undefined,
  }),
  anEntity("ent_psf", "演示省司法厅", {
    isJustice: true,
    area: "990000",
    level: "省",
    governmentId: "ent_province",
  }),
  anEntity("ent_city", "演示市人民政府", { nature: "人民政府", governmentId: "ent_province" }),
  anEntity("ent_sfj", "演示市司法局", { isJustice: true, superiorId: "ent_psf" }),
  anEntity("ent_cgj", "演示市城市管理局", {
    shortName: "演示市城管局",
    phones: ["0990-1234567"],
    address: "演示路1号",
  }),
  anEntity("ent_cgj_one", "演示市城市管理局一大队", {
    nature: "派出机构",
    dispatchedById: "ent_cgj",
    governmentId: undefined,
  }),
  anEntity("ent_swj", "演示市税务局", { vertical: "税务", superiorId: "ent_pswj", governmentId: undefined }),
  anEntity("ent_pswj", "演示省税务局", {
    vertical: "税务",
    area: "990000",
    level: "省",
    governmentId: undefined,
  }),
  anEntity("ent_county", "演示县人民政府", { nature: "人民政府", ...county, governmentId: "ent_city" }),
  anEntity("ent_xsfj", "演示县司法局", { isJustice: true, ...county, superiorId: "ent_sfj" }),
  anEntity("ent_xscj", "演示县市场监督管理局", county),
  anEntity("ent_town", "演示镇人民政府", {
    nature: "人民政府",
    area: "990102101",
    level: "乡",
    governmentId: "ent_county",
  }),
  anEntity("ent_lost", "演示开发区管理委员会", { nature: "开发区管理机构", governmentId: undefined }),
  Officer.parse({
    ...common,
    kind: "officer",
    id: "off_wang",
    name: "王演示",
    certNo: "演A00001",
    certType: "行政执法证",
    certState: "有效",
    auxiliary: false,
    entityId: "ent_cgj",
    fields: ["城市管理"],
    validUntil: "2027-06-30",
  }),
];

export const info = {
  id: "r-test",
  publishedAt: "2026-11-24T00:00:00Z",
  preparedBy: "甲",
  publishedBy: "乙",
  digest: "",
  records: 0,
};
export const library: Library = createLibrary(info, records);

export interface Town {
  readonly app: App;
  readonly folder: string;
  /** Moves the clock. */
  at(instant: Date): void;
  /** An account past its first sign-in. */
  account(input: Partial<NewAccount> & { readonly name: string }): Promise<Account>;
  say(text: string, more?: Partial<Turn>): Promise<Reply>;
  choose(choice: string, more?: Partial<Turn>): Promise<Reply>;
  send(files: readonly TurnFile[]): Promise<Reply>;
  /** The same store and folder in a new process's stead. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function openTown(
  settings: Readonly<Record<string, string>> = {},
  log = createLog("silent"),
): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), "mingzhi-town-"));
  const config = readConfig({ MINGZHI_DATA: folder, LOG_LEVEL: "silent", ...settings });
  const materials = loadMaterials(folder);
  let clock = NOW;
  const open = () =>
    createApp(config, materials, {
      log,
      keys: keysFrom(Buffer.alloc(32, 9)),
      releases: { library: () => library },
      now: () => clock,
    });
  let app = await open();
  let count = 0;
  const turn = (more: Partial<Turn>): Turn => {
    count += 1;
    return {
      id: `turn ${count}`,
      door: "web",
      conversation: "c1",
      person: "p1",
      role: "citizen",
      text: "",
      files: [],
      at: clock,
      ...more,
    };
  };
  return {
    get app() {
      return app;
    },
    folder,
    at: (instant) => {
      clock = instant;
    },
    async account(input) {
      const { account, password } = await app.desk.accounts.add(
        { display: input.name, roles: ["supervisor", "reviewer"], entity: "ent_sfj", ...input },
        clock,
      );
      await app.desk.accounts.changePassword(account, password, "correct horse battery", clock);
      return { ...account, mustChange: false };
    },
    say: (text, more = {}) => app.assistant.reply(turn({ text, ...more })),
    choose: (choice, more = {}) => app.assistant.reply(turn({ choice, text: choice, ...more })),
    send: (files) => app.assistant.reply(turn({ files })),
    async restart() {
      await app.close();
      app = await open();
    },
    async close() {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The receipt a reply shows. */
export function receiptIn(reply: Reply): string {
  for (const block of reply.blocks) if (block.kind === "receipt") return block.receipt;
  throw new Error(`no receipt in ${JSON.stringify(reply.blocks)}`);
}

/** Everything a reply says, as one string. */
export function wordsOf(reply: Reply): string {
  return JSON.stringify(reply.blocks);
}
