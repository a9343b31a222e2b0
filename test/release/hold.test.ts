/** Lists of one county, published as they become ready: one list's fault is never another's. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readBatches } from "../../knowledge/import/drafts.ts";
import { listMappings } from "../../knowledge/import/mappings.ts";
import { sortLists, type WaitingList } from "../../knowledge/release/hold.ts";
import { publishShippedData } from "../../knowledge/release/shipped.ts";
import { registerImportCommands } from "../../scripts/commands/import.ts";
import { createIo } from "../../scripts/commands/io.ts";
import { registerReleaseCommands } from "../../scripts/commands/release.ts";
import { readConfig } from "../../src/config.ts";
import { readCurrent, readRelease } from "../../src/records/releases.ts";
import type { PublishedRecord, RecordKind } from "../../src/records/schema.ts";
import { type Grid, workbook } from "../import/fixtures.ts";
import { aCity, recordOf, today } from "../records/a-city.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mingzhi-hold-"));
  publishShippedData(join(folder, "releases"), { demo: false });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = undefined;
});

async function command(...args: string[]): Promise<string> {
  const printed: string[] = [];
  const config = readConfig({ MINGZHI_DATA: folder, DEMO_DATA: "0", LOG_LEVEL: "silent" });
  const program = new Command().exitOverride();
  const io = { ...createIo(config), print: (text: string) => void printed.push(text), note: () => {} };
  registerImportCommands(program, io);
  registerReleaseCommands(program, io);
  await program.parseAsync(args, { from: "user" });
  return printed.join("\n");
}

const OFFICE = "样本县水务局";
const take = (kind: RecordKind, grid: Grid) =>
  command("import", workbook(grid), "--kind", kind, "--entity", OFFICE, "--dataset", "990199", "--by", "甲");

async function confirmAll(): Promise<void> {
  for (const { id, confirmed } of listMappings(folder))
    if (!confirmed) await command("mapping", "confirm", id, "--by", "乙");
}
const publish = (...more: string[]) =>
  command("release", "publish", "--prepared-by", "甲", "--published-by", "乙", ...more);
const live = (kind: RecordKind) => {
  const releases = join(folder, "releases");
  const records = readRelease(releases, readCurrent(releases)).records();
  return records.flatMap((record) =>
    record.kind === kind && record.dataset === "990199" && "name" in record ? [record.name] : [],
  );
};

const law = "《样本用水条例》第十条";
const organs = () =>
  take("entity", [
    ["执法主体名称", "主体类别", "执法依据", "区划代码", "行政层级"],
    [OFFICE, "法定行政机关", law, "990199", "县"],
  ]);
const powers = (...rows: readonly (readonly [type: string, name: string])[]) =>
  take("power", [
    ["序号", "职权类型", "职权名称", "实施依据"],
    ...rows.map(([type, name], index) => [index + 1, type, name, law]),
  ]);

describe("release publish", () => {
  it("refuses a list whose columns no second person confirmed, and takes it once one did", async () => {
    await organs();
    await expect(publish()).rejects.toThrow(/列的对应 [0-9a-f]{20} 尚未由另一人确认.*mapping confirm/);
    expect(live("entity")).toEqual([]);
    expect(await command("release", "check")).toContain("尚未由另一人确认");
    await confirmAll();
    await publish();
    expect(live("entity")).toEqual([OFFICE]);
    expect(readBatches(folder)).toEqual([]);
  });

  it("holds back the list at fault alone, keeps it as a draft and says why", async () => {
    await organs();
    await powers(["行政许可", "取水许可"]);
    await powers(["行政处罚", "对擅自取水的处罚"]);
    await confirmAll();
    const said = await publish();
    expect(said).toMatch(/暂不发布《.*》.*仍留作草稿/);
    expect(said).toContain("没有对应的执法程序");
    expect(live("entity")).toEqual([OFFICE]);
    expect(live("power")).toEqual(["取水许可"]);
    expect(readBatches(folder)).toHaveLength(1);
    expect(existsSync(join(folder, "drafts", "published"))).toBe(true);
  });

  it("holds back what rests on a list that is held back", async () => {
    await powers(["行政许可", "取水许可"]);
    await confirmAll();
    await expect(publish()).rejects.toThrow(/没有一份清单可以发布.*\n.*在主体库中不存在/);
    expect(readBatches(folder)).toHaveLength(1);
  });

  it("--remove-missing takes out only what was live and no waiting list names", async () => {
    await organs();
    await powers(["行政许可", "取水许可"], ["行政许可", "打井许可"], ["行政检查", "对取水的检查"]);
    await confirmAll();
    await publish();
    await powers(["行政许可", "取水许可"], ["行政许可", "城市排水许可"]);
    await powers(["行政检查", "对取水的检查"], ["行政检查", "对排水的检查"]);
    await publish("--remove-missing");
    expect(live("power").sort()).toEqual(["取水许可", "城市排水许可", "对取水的检查", "对排水的检查"].sort());
  });
});

describe("sortLists", () => {
  /** One channel serves two organs; the newer list of one of them no longer names it. */
  const live = aCity();
  const shared = recordOf(live, "relief", "rel_t_1");
  shared.entityIds = ["ent_t_cg", "ent_t_sf"];
  const list = (id: string, ...records: readonly PublishedRecord[]): WaitingList => ({
    id,
    file: `${id}.xlsx`,
    kind: records[0]!.kind,
    importedBy: "甲",
    records,
  });
  const officer = (no: number) =>
    list(`人员${no}`, {
      ...recordOf(live, "officer", "off_t_1"),
      id: `off_t_9${no}`,
      certNo: `9901000009${no}`,
    });
  const own: PublishedRecord = { ...shared, id: "rel_t_9", entityIds: ["ent_t_sf"] };
  const taking = list("救济渠道", own);

  it.each([0, 1, 2, 3, 4, 5, 6])(
    "holds back the list that takes away what another organ needs (after %i of six others)",
    (at) => {
      const others = [1, 2, 3, 4, 5, 6].map(officer);
      const lists = [...others.slice(0, at), taking, ...others.slice(at)];
      const { going, held } = sortLists(live, [], lists, today, { removeMissing: true });
      expect(held.map((one) => one.list.id)).toEqual(["救济渠道"]);
      expect(held[0]?.reasons.join()).toContain("行政复议");
      expect(going).toEqual(others);
      expect(sortLists(live, [], lists, today).held.map((one) => one.reasons)).toEqual([]);
    },
  );
});
