/** What a new list no longer names is named before anything is published, and after. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writeDrafts } from "../../knowledge/import/drafts.ts";
import { publishShippedData } from "../../knowledge/release/shipped.ts";
import { createIo } from "../../scripts/commands/io.ts";
import { registerReleaseCommands } from "../../scripts/commands/release.ts";
import { readConfig } from "../../src/config.ts";
import { readCurrent, readRelease } from "../../src/records/releases.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mingzhi-missing-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function release(...args: string[]): Promise<string[]> {
  const printed: string[] = [];
  const config = readConfig({ MINGZHI_DATA: folder, LOG_LEVEL: "silent" });
  const program = new Command().exitOverride();
  registerReleaseCommands(program, { ...createIo(config), print: (text) => void printed.push(text) });
  await program.parseAsync(["release", ...args], { from: "user" });
  return printed;
}

it("a list with one guide less", async () => {
  const releases = join(folder, "releases");
  publishShippedData(releases, { demo: true });
  const library = readRelease(releases, readCurrent(releases));
  const [first] = library.all("guide");
  const own = library.all("guide").filter(({ entityId }) => entityId === first?.entityId);
  const [gone, ...kept] = own;
  writeDrafts(
    folder,
    {
      id: "20261124T010000-aaaaaaaa",
      file: "指南.xlsx",
      sha256: "a".repeat(64),
      kind: "guide",
      sheet: "",
      mapping: {},
      dropped: [],
      counts: { rows: kept.length, accepted: kept.length, warned: 0, quarantined: 0 },
      by: "录入员",
      at: "2026-11-24T01:00:00Z",
    },
    kept.map((record) => ({ ...record, status: "draft" as const })),
    import.meta.filename,
  );
  const named = expect.stringContaining(`(${gone?.id})`);
  const before = await release("diff");
  expect(before).toContain("新清单中不再出现 1 条,发布时加 --remove-missing 才删除");
  expect(before).toContainEqual(named);
  const after = await release("publish", "--prepared-by", "准备人", "--published-by", "复核员");
  expect(after).toContainEqual(named);
  expect(readRelease(releases, readCurrent(releases)).find(gone!.id)).toBeDefined();
});
