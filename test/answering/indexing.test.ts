import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { loadMaterials } from "../../knowledge/materials.ts";
import { setCurrent, writeRelease } from "../../knowledge/release/folder.ts";
import { readShipped } from "../../knowledge/release/shipped.ts";
import { withdrawRecord } from "../../knowledge/release/switches.ts";
import { askOnce } from "../../scripts/commands/ask.ts";
import { textOf } from "../../scripts/eval/score.ts";
import { type App, createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { FaqEntry } from "../../src/records/schema.ts";

const QUESTION = "夜市烧烤摊几点必须收摊不收会怎么罚";
const ANSWER = "夜市摊点二十二时前收摊。";
const names = { preparedBy: "甲", publishedBy: "乙" };
const today = "2026-11-24";
const at = new Date("2026-11-24T02:00:00Z");
/** National answers alone: an index of a second instead of five. */
const few = readShipped({ demo: false }).filter(
  ({ kind, dataset }) => kind === "faq" && dataset === "national",
);
const night = FaqEntry.parse({
  ...few[0],
  id: "faq_test_night",
  question: QUESTION,
  answer: ANSWER,
  audience: "皆可",
  variants: [],
});
const materials = loadMaterials("nowhere");
/** The pointer is looked at every half second. */
const nextLook = () => delay(550);
const SLOW = { timeout: 60_000, interval: 50 };

let folder: string;
let releases: string;
const open: App[] = [];
async function start(): Promise<App> {
  const app = await createApp(readConfig({ MINGZHI_DATA: folder, LOG_LEVEL: "silent" }), materials);
  open.push(app);
  return app;
}
const publish = (records: typeof few, when = at) =>
  setCurrent(releases, writeRelease(releases, records, names, when).id);
const ask = async (app: App) => textOf(await askOnce(app, QUESTION, { role: "citizen", today }));
const indexes = () => {
  const kept = join(folder, "search", "indexes");
  return readdirSync(kept)
    .sort()
    .map((name) => ({ path: join(kept, name), at: statSync(join(kept, name)).mtimeMs }));
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mingzhi-indexing-"));
  releases = join(folder, "releases");
  mkdirSync(releases);
});
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
  rmSync(folder, { recursive: true, force: true });
});

it("answers from an index kept on disk as from one made anew, and makes a spoilt one again", async () => {
  publish([...few, night]);
  const first = await start();
  await first.answering.warm(first.library());
  const answer = await ask(first);
  expect(answer).toContain(ANSWER);
  const kept = indexes();
  expect(kept.map(({ path }) => path.split("/").at(-1)?.split("-")[0])).toEqual(["asks", "passages"]);

  const again = await start();
  await again.answering.warm(again.library());
  expect(await ask(again)).toBe(answer);
  expect(indexes()).toEqual(kept);

  const whole = kept.map(({ path }) => readFileSync(path));
  for (const { path } of kept) truncateSync(path, 1000);
  const mended = await start();
  await mended.answering.warm(mended.library());
  expect(await ask(mended)).toBe(answer);
  expect(kept.map(({ path }, n) => readFileSync(path).equals(whole[n]!))).toEqual([true, true]);
});

it("answers from one release until the next is ready, then from that, made in a thread as here", async () => {
  publish(few);
  const app = await start();
  await app.answering.warm(app.library());
  const before = app.library().release.id;
  publish([...few, night], new Date(at.getTime() + 60_000));
  await nextLook();
  // This look begins it: whatever is asked meanwhile is answered from the one before.
  expect(app.library().release.id).toBe(before);
  expect(await ask(app)).not.toContain(ANSWER);
  await vi.waitFor(() => expect(app.library().release.id).not.toBe(before), SLOW);
  expect(await ask(app)).toContain(ANSWER);

  const made = indexes().map(({ path }) => readFileSync(path));
  rmSync(join(folder, "search"), { recursive: true });
  const other = await start();
  await other.answering.warm(other.library());
  const here = indexes().map(({ path }) => readFileSync(path));
  expect(here.every((bytes) => made.some((same) => same.equals(bytes)))).toBe(true);
}, 120_000);

it("takes a withdrawal up at once and makes nothing anew for it", async () => {
  publish([...few, night]);
  const app = await start();
  await app.answering.warm(app.library());
  expect(await ask(app)).toContain(ANSWER);
  const kept = indexes();
  const finding = app.answering.findingOf(app.library());
  withdrawRecord(releases, night.id, { by: "甲", reason: "有误", on: today }, at);
  await nextLook();
  expect(app.library().find(night.id)?.withdrawn).toBeDefined();
  expect(await ask(app)).not.toContain(ANSWER);
  const search = app.answering.searchOf(app.library());
  expect(search.find(QUESTION, {}, 5).map(({ passage }) => passage.recordId)).not.toContain(night.id);
  expect(app.answering.findingOf(app.library())).toBe(finding);
  expect(indexes()).toEqual(kept);
});

it("goes on with the release it has when a newer one fails its digest", async () => {
  publish([...few, night]);
  const app = await start();
  const before = app.library().release.id;
  const { id } = writeRelease(releases, few, names, new Date(at.getTime() + 60_000));
  writeFileSync(join(releases, id, "records.jsonl"), "{}\n");
  setCurrent(releases, id);
  for (let looks = 0; looks < 3; looks += 1) {
    await nextLook();
    expect(app.library().release.id).toBe(before);
  }
  expect(await ask(app)).toContain(ANSWER);
  publish([...few, night, { ...night, id: "faq_test_second" }], new Date(at.getTime() + 120_000));
  await vi.waitFor(() => expect(app.library().find("faq_test_second")).toBeDefined(), SLOW);
}, 120_000);
