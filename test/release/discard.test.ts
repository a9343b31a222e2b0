/** `release discard`: a list nobody wants to publish goes, what is published stays. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readBatches, settleBatches, writeDrafts } from "../../knowledge/import/drafts.ts";
import { publishShippedData } from "../../knowledge/release/shipped.ts";
import { createIo } from "../../scripts/commands/io.ts";
import { registerReleaseCommands } from "../../scripts/commands/release.ts";
import { readConfig } from "../../src/config.ts";
import { readCurrent } from "../../src/records/releases.ts";

const original = import.meta.filename;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mingzhi-discard-"));
  publishShippedData(join(folder, "releases"), { demo: false });
  for (const id of ["20261124T010000-aaaaaaaa", "20261124T020000-bbbbbbbb"])
    writeDrafts(
      folder,
      {
        id,
        file: `清单${id.slice(-1)}.xlsx`,
        sha256: id.slice(-1).repeat(64),
        kind: "power",
        sheet: "",
        mapping: {},
        dropped: [],
        counts: { rows: 2, accepted: 2, warned: 0, quarantined: 0 },
        by: "录入员",
        at: `2026-11-24T0${id.slice(10, 11)}:00:00Z`,
      },
      [],
      original,
    );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function discard(id: string, by = " 甲 ", reason = "导错了文件"): Promise<string[]> {
  const printed: string[] = [];
  const config = readConfig({ MINGZHI_DATA: folder, DEMO_DATA: "0", LOG_LEVEL: "silent" });
  const program = new Command().exitOverride();
  registerReleaseCommands(program, { ...createIo(config), print: (text) => void printed.push(text) });
  await program.parseAsync(["release", "discard", id, "--by", by, "--reason", reason], { from: "user" });
  return printed;
}

const waiting = () => readBatches(folder).map(({ id }) => id.slice(-8));
const journal = () => {
  const file = join(folder, "releases", "journal.jsonl");
  const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  return lines.map((line) => JSON.parse(line)).filter(({ did }) => did === "discard");
};

describe("release discard", () => {
  it("takes out one draft, keeps it aside and writes who and why", async () => {
    expect(await discard("20261124T010000-aaaaaaaa")).toEqual([expect.stringContaining("清单a.xlsx")]);
    expect(waiting()).toEqual(["bbbbbbbb"]);
    expect(existsSync(join(folder, "drafts", "discarded", "20261124T010000-aaaaaaaa.jsonl"))).toBe(true);
    expect(journal()).toMatchObject([
      { draft: "20261124T010000-aaaaaaaa", file: "清单a.xlsx", by: "甲", reason: "导错了文件" },
    ]);
  });

  it.each<[string, () => string, RegExp]>([
    ["the live release", () => readCurrent(join(folder, "releases")), /现行版,不是草稿,不能丢弃.*rollback/],
    [
      "a draft that a release has taken in",
      () => {
        settleBatches(folder, readBatches(folder).slice(0, 1));
        return "20261124T010000-aaaaaaaa";
      },
      /已经发布,不能丢弃/,
    ],
    ["a draft there is none of", () => "20261124T030000-cccccccc", /没有待发布的草稿.*清单b\.xlsx/],
    ["what lies elsewhere", () => "../releases/current", /没有待发布的草稿/],
  ])("refuses %s", async (_, id, why) => {
    const live = readCurrent(join(folder, "releases"));
    await expect(discard(id())).rejects.toThrow(why);
    expect(waiting()).toContain("bbbbbbbb");
    expect(readCurrent(join(folder, "releases"))).toBe(live);
    expect(journal()).toEqual([]);
  });

  it.each([
    ["", "导错了"],
    ["未署名", "导错了"],
    ["甲", " "],
  ])("takes nothing out for %s because of “%s”", async (by, reason) => {
    await expect(discard("20261124T010000-aaaaaaaa", by, reason)).rejects.toThrow(/经办人和理由/);
    expect(waiting()).toEqual(["aaaaaaaa", "bbbbbbbb"]);
  });
});
