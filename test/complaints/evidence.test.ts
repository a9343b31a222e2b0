import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { adoptEvidenceFiles, type Evidence, openEvidence } from "../../src/complaints/evidence.ts";
import { openStore, type Store } from "../../src/store/database.ts";
import { NOW } from "../cases/town.ts";

const key = Buffer.alloc(32, 5);
let folder: string;
let store: Store;
let evidence: Evidence;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "mingzhi-evidence-"));
  store = await openStore(join(folder, "store.sqlite"));
  evidence = openEvidence(store);
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});
const chunks = () => store.db.selectFrom("evidence_chunk").selectAll().execute();

let jpeg: Buffer;
beforeAll(async () => {
  jpeg = await sharp({ create: { width: 8, height: 8, channels: 3, background: "red" } })
    .withExif({ IFD0: { Artist: "PLANTED" } })
    .jpeg()
    .toBuffer();
});

describe("evidence files", () => {
  const receive = (name: string, bytes: Uint8Array, door: "web" | "telegram" = "web") =>
    evidence.receive({ name, claimedType: "image/jpeg", bytes }, door, "conversation", key, NOW);

  it("are kept sealed under their hash and open again with the report's key", async () => {
    const kept = await receive("现场.jpg", jpeg);
    if (kept.kind !== "kept") throw new Error(kept.say);
    const stored = Buffer.from((await chunks()).map(({ body }) => body).join(""), "base64");
    expect(stored.toString("latin1")).not.toContain("JFIF");
    expect(JSON.stringify(kept.row)).not.toContain("现场");
    const read = await evidence.read(kept.row, key);
    expect(read.name).toBe("现场.jpg");
    expect(read.bytes.toString("latin1")).not.toContain("PLANTED");
    expect(await sharp(read.bytes).metadata()).toMatchObject({ format: "jpeg", width: 8 });
    await expect(evidence.read(kept.row, Buffer.alloc(32, 6))).rejects.toThrow();
  });

  it.each([
    ["a program", Buffer.from("MZ\x90\0\x03\0\0\0")],
    ["a web page", Buffer.from("<html><script>alert(1)</script>")],
    ["a drawing with scripts", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ["nothing", Buffer.alloc(0)],
  ])("refuse %s whatever it calls itself", async (_, bytes) => {
    expect((await receive("照片.jpg", bytes)).kind).toBe("refused");
    expect(await chunks()).toEqual([]);
  });

  it("are refused with a sentence, and nothing is saved, when they cannot be cleaned", async () => {
    const broken = await receive("现场.jpg", jpeg.subarray(0, 200));
    expect(broken).toMatchObject({ kind: "refused", say: expect.stringContaining("没有保存") });
    expect(await chunks()).toEqual([]);
  });

  it("are read by any worker of the same store, whole however large", async () => {
    const bytes = Buffer.alloc(3 * 1024 * 1024, "录音里说的话。\n");
    const text = Buffer.from(bytes.toString("utf8").replaceAll("\ufffd", ""));
    const kept = await receive("说明.txt", text);
    if (kept.kind !== "kept") throw new Error(kept.say);
    expect((await chunks()).length).toBeGreaterThan(4);
    const other = openEvidence(await openStore(join(folder, "store.sqlite")));
    expect((await other.read(kept.row, key)).bytes.equals(text)).toBe(true);
  });

  it("of an older data folder move into the store and still open", async () => {
    const kept = await receive("现场.jpg", jpeg);
    if (kept.kind !== "kept") throw new Error(kept.say);
    const old = join(folder, "evidence");
    mkdirSync(old);
    writeFileSync(join(old, `${kept.row.id}.sealed`), (await chunks()).map(({ body }) => body).join(""));
    await store.db.deleteFrom("evidence_chunk").execute();
    await adoptEvidenceFiles(store, old, NOW);
    expect((await evidence.read(kept.row, key)).name).toBe("现场.jpg");
    expect(existsSync(join(old, `${kept.row.id}.sealed`))).toBe(false);
  });

  it("have the door's own size limit", async () => {
    const large = Buffer.concat([jpeg, Buffer.alloc(21 * 1024 * 1024)]);
    expect(await receive("大.jpg", large, "telegram")).toMatchObject({ kind: "refused" });
    expect((await receive("大.jpg", large, "web")).kind).toBe("kept");
  });
});
