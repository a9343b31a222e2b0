import { mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setCurrent, writeRelease } from "../../knowledge/release/folder.ts";
import { readShipped } from "../../knowledge/release/shipped.ts";
import { switchTopicOff } from "../../knowledge/release/switches.ts";
import { readCurrent, readRelease } from "../../src/records/releases.ts";
import { openStore, type Store } from "../../src/store/database.ts";
import { pullReleases, pushReleases } from "../../src/store/release-files.ts";

const at = new Date("2026-11-24T04:00:00Z");
const names = { preparedBy: "甲", publishedBy: "乙" };
const records = readShipped({ demo: false }).slice(0, 50);
const fresh = () => {
  const folder = join(mkdtempSync(join(tmpdir(), "mz-share-")), "releases");
  mkdirSync(folder, { recursive: true });
  return folder;
};

let store: Store;
beforeAll(async () => {
  store = await openStore(":memory:");
});
afterAll(() => store.close());

describe("releases shared by several machines", () => {
  it("brings a published release, a switch and a rollback to another machine", async () => {
    const [here, there] = [fresh(), fresh()];
    const first = writeRelease(here, records, names, at);
    setCurrent(here, first.id);
    await pushReleases(store.db, here, at);
    expect(await pullReleases(store.db, there)).toBe(true);
    expect(readRelease(there, readCurrent(there)).records()).toEqual(records);

    const second = writeRelease(here, records.slice(1), names, new Date("2026-11-25T04:00:00Z"));
    setCurrent(here, second.id);
    switchTopicOff(here, "relief", { by: "甲", reason: "核对中", on: "2026-11-25" }, at);
    await pushReleases(store.db, here, at);
    await pullReleases(store.db, there);
    expect(readCurrent(there)).toBe(second.id);
    expect(readFileSync(join(there, "switches.json"), "utf8")).toContain("核对中");

    setCurrent(there, first.id);
    await pushReleases(store.db, there, at);
    await pullReleases(store.db, here);
    expect(readCurrent(here)).toBe(first.id);
  });

  it("changes nothing when there is nothing new", async () => {
    const folder = fresh();
    await pullReleases(store.db, folder);
    expect(await pullReleases(store.db, folder)).toBe(false);
  });
});
