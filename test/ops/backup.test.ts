import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backUp, restore } from "../../scripts/backup/backup.ts";
import { addClerk, type House, openHouse } from "../../scripts/chaos/house.ts";
import { evidenceOf } from "../../src/complaints/evidence.ts";
import { runRetention } from "../../src/complaints/retention.ts";
import { fileReport, NOW, openDataFolder, PLANTED, STORY } from "./house.ts";

let place = "";
let data = "";
let backup = "";
let keys = "";
let house: House;

beforeEach(async () => {
  place = mkdtempSync(join(tmpdir(), "mingzhi-ops-"));
  data = join(place, "data");
  backup = join(place, "backup");
  keys = join(place, "keys-apart");
  house = await openDataFolder(data);
});
afterEach(async () => {
  await house.close();
  rmSync(place, { recursive: true, force: true });
});

async function sealedFiles(): Promise<number> {
  const rows = await house.store.db
    .selectFrom("evidence_chunk")
    .select("evidence")
    .where("no", "=", 0)
    .execute();
  return rows.length;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe("backup and restore", () => {
  it("opens a receipt, its text and its file on a bare folder after a restore", async () => {
    const { receipt, caseId } = await fileReport(house);
    // The house goes on working while it is copied.
    const done = await backUp({ dataFolder: data }, { folder: backup, keys }, NOW);
    expect(done.database).toBe("sqlite");
    await house.close();

    const bare = join(place, "bare");
    await restore({ folder: backup, keys }, bare);
    house = await openHouse(bare, join(bare, "releases"), () => NOW);
    const opened = await house.complaints.open(receipt, "someone", NOW);
    if (opened.kind !== "open") throw new Error(opened.say);
    expect(opened.report.caseId).toBe(caseId);
    expect((await house.complaints.status(opened.report)).filing.what).toContain(STORY);
    const [file] = await evidenceOf(house.store.db, opened.report.complaint);
    if (!file) throw new Error("the file is gone");
    const { bytes } = await house.evidence.read(file, opened.report.key);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(file.sha256);
  });

  it("names every file of the copy with its digest", async () => {
    await fileReport(house);
    await backUp({ dataFolder: data }, { folder: backup }, NOW);
    const manifest = JSON.parse(readFileSync(join(backup, "manifest.json"), "utf8"));
    const named = manifest.files.map((file: { path: string }) => join(backup, file.path)).sort();
    expect(named).toEqual(
      filesIn(backup)
        .filter((file) => !file.endsWith("manifest.json") || file.includes("releases"))
        .sort(),
    );
  });

  it("holds no key, and says so", async () => {
    await fileReport(house);
    const { warnings } = await backUp({ dataFolder: data }, { folder: backup }, NOW);
    expect(warnings.join()).toContain("备份不含密钥");
    const master = readFileSync(join(data, "keys", "master.key"), "utf8").trim();
    for (const file of filesIn(backup)) {
      expect(file).not.toMatch(/master\.key|\.pem$/);
      expect(readFileSync(file).includes(master)).toBe(false);
    }
  });

  it("refuses to keep the keys within the backup, or to write where something lies", async () => {
    await expect(
      backUp({ dataFolder: data }, { folder: backup, keys: join(backup, "keys") }, NOW),
    ).rejects.toThrow("密钥必须与备份分开存放");
    await expect(backUp({ dataFolder: data }, { folder: data }, NOW)).rejects.toThrow("不是空的");
    await backUp({ dataFolder: data }, { folder: backup }, NOW);
    await expect(restore({ folder: backup }, data)).rejects.toThrow("不是空的");
  });

  it("restores nothing from a copy in which one file was altered or is missing", async () => {
    const { caseId } = await fileReport(house);
    expect(caseId).toMatch(/^TS/);
    await backUp({ dataFolder: data }, { folder: backup }, NOW);
    const bare = join(place, "bare");
    const sealed = filesIn(backup).find((file) => file.endsWith(".sqlite"));
    if (!sealed) throw new Error("no database in the copy");
    appendFileSync(sealed, "x");
    await expect(restore({ folder: backup }, bare)).rejects.toThrow("备份不完整或被改动");
    rmSync(sealed);
    await expect(restore({ folder: backup }, bare)).rejects.toThrow("备份不完整或被改动");
    expect(existsSync(bare)).toBe(false);
  });
});

describe("what a thief of everything but the keys reads", () => {
  it("is no planted name, number, address or sentence in database, evidence, releases or copies", async () => {
    const { caseId } = await fileReport(house);
    const clerk = await addClerk(house, NOW);
    await house.desk.load(clerk, caseId);
    await house.desk.reveal(clerk, caseId, "name", "核实投诉人身份");
    await house.desk.act(clerk, caseId, "accept", { note: `已电话联系${PLANTED.name}` });
    await house.desk.write(clerk, caseId, `${PLANTED.name}您好,已收到。`);
    await backUp({ dataFolder: data }, { folder: backup }, NOW);
    const planted = [...Object.values(PLANTED), STORY.slice(0, 12)].map((text) => Buffer.from(text));
    const files = [...filesIn(data), ...filesIn(backup)].filter((file) => !file.includes(`${data}/keys/`));
    expect(files.some((file) => file.endsWith(".sqlite-wal"))).toBe(true);
    for (const file of files) {
      const bytes = readFileSync(file);
      for (const text of planted) expect(bytes.includes(text), `${text} in ${file}`).toBe(false);
    }
  });

  it("is nothing in the log either, at its most talkative, when what the person says cannot be saved", async () => {
    const lines: string[] = [];
    const talkative = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
    await house.close();
    house = await openHouse(data, join(data, "releases"), () => NOW, talkative);
    const assistant = await house.assistant();
    const said = (id: string, text: string, choice?: string) =>
      assistant.reply({
        id,
        door: "telegram",
        conversation: PLANTED.address,
        person: PLANTED.address,
        role: "citizen",
        text,
        choice,
        files: [],
        at: NOW,
      });
    expect((await said("turn 1", "", "start:complaint")).outcome).toBe("clarify");
    await house.store.db.schema.dropTable("turn").execute();
    const failed = await said("turn 2", `${STORY}我叫${PLANTED.name},电话${PLANTED.contact}`);
    expect(failed.outcome).toBe("failed");
    expect(lines.length).toBeGreaterThan(0);
    for (const text of [...Object.values(PLANTED), STORY.slice(0, 12)])
      expect(lines.join()).not.toContain(text);
  });
});

describe("retention", () => {
  const config = { RETAIN_CONVERSATION_DAYS: 7, RETAIN_IDENTITY_DAYS: 180 };
  const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

  it("deletes identity 180 days after closing and registers it without naming anyone", async () => {
    const { receipt, caseId } = await fileReport(house);
    const opened = await house.complaints.open(receipt, "holder", NOW);
    if (opened.kind !== "open") throw new Error(opened.say);
    const parts = { store: house.store, config };
    expect((await runRetention(parts, later(400))).identities).toBe(0);
    await house.store.db
      .transaction()
      .execute((transaction) => house.complaints.move(transaction, opened.report, "withdraw", {}, NOW));
    expect((await runRetention(parts, later(179))).identities).toBe(0);
    expect((await runRetention(parts, later(180), { dryRun: true })).identities).toBe(1);
    expect((await runRetention(parts, later(180))).identities).toBe(1);
    expect(await house.store.db.selectFrom("vault").selectAll().execute()).toEqual([]);
    const register = await house.store.db.selectFrom("deletion").selectAll().execute();
    expect(register.filter((row) => row.what === "identity").map((row) => row.subject)).toEqual([caseId]);
    for (const text of Object.values(PLANTED)) expect(JSON.stringify(register)).not.toContain(text);
    // The report itself, and its evidence, stay with the case.
    expect((await house.complaints.status(opened.report)).files).toBe(1);
  });

  it("sweeps files of reports never filed, and keeps those of filed ones", async () => {
    await fileReport(house);
    const draft = {
      name: "说明.txt",
      claimedType: "text/plain",
      bytes: new TextEncoder().encode("没有提交"),
    };
    await house.complaints.keep([draft], "web", "another", NOW);
    expect(await sealedFiles()).toBe(2);
    const parts = { store: house.store, config };
    expect((await runRetention(parts, later(6))).draftFiles).toBe(0);
    expect((await runRetention(parts, later(8))).draftFiles).toBe(1);
    expect(await sealedFiles()).toBe(1);
  });

  it("sweeps a sealed file that no row knows once it is a day old", async () => {
    await fileReport(house);
    const orphan = { evidence: "orphan", no: 0, body: "left by a crash", at: NOW.getTime() };
    await house.store.db.insertInto("evidence_chunk").values(orphan).execute();
    const parts = { store: house.store, config };
    expect((await runRetention(parts, NOW)).strayFiles).toBe(0);
    expect((await runRetention(parts, later(2))).strayFiles).toBe(1);
    expect(await sealedFiles()).toBe(1);
  });
});
