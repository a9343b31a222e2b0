/** The demonstration city's own lists, as its offices would publish them, through import, check and two-person release. */
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { formatRecord, readDataset } from "../../knowledge/data.ts";
import { readManifest } from "../../knowledge/generate/demo/manifest.ts";
import { type Released, releaseLists } from "../../knowledge/generate/demo/release.ts";
import type { PublishedRecord } from "../../src/records/schema.ts";

const folder = fileURLToPath(new URL("../../knowledge/data/demo", import.meta.url));
const manifest = readManifest(`${folder}/files`);
const lines = (records: readonly PublishedRecord[]) => records.map(formatRecord).sort();

/** Everything the importer has to say, each left in on purpose: the table in `knowledge/generate/README.md`. */
const LEFT_IN = {
  "entity W51 执法依据": 21,
  "power W51 职权类型": 1,
  "officer W24 有效期至": 27,
  "decision W65 公示日期": 1,
};

let released: Released;
beforeAll(async () => {
  released = await releaseLists(`${folder}/files`);
}, 120_000);

describe("the demonstration city's lists", () => {
  it("are read whole: every row is a record or part of one", () => {
    for (const [index, { file, rows }] of manifest.entries()) {
      const { counts, refused } = released.results[index]!;
      expect({ refused, rows: counts.rows, accepted: counts.accepted }, file).toEqual({
        refused: false,
        rows,
        accepted: rows,
      });
    }
  });

  it("hold no error, and no warning but those left in on purpose", () => {
    const said: Record<string, number> = {};
    for (const { kind, issues } of released.results)
      for (const { severity, code, column } of issues)
        if (severity !== "I")
          said[`${kind} ${code} ${column}`] = (said[`${kind} ${code} ${column}`] ?? 0) + 1;
    expect(said).toEqual(LEFT_IN);
  });

  it("leave no column unread", () => {
    const unread = released.results.flatMap(({ file, issues }) =>
      issues.filter(({ code }) => code === "I60" || code === "I25").map(({ column }) => `${file} ${column}`),
    );
    expect(unread).toEqual([]);
  });

  it("come out of the release as the records that ship", () => {
    expect(lines(released.records)).toEqual(lines(readDataset(folder)));
  });

  it("are released by another than imported them, and every record names its file and row", () => {
    const files = new Map(manifest.map((line) => [line.file.split("/").at(-1), line]));
    for (const { id, status, source } of released.records) {
      const line = files.get(source.file);
      expect(status, id).toBe("published");
      expect(source, id).toMatchObject({
        sha256: line?.sha256,
        title: line?.title,
        publisher: line?.publisher,
        publishedOn: line?.publishedOn,
        row: expect.any(Number),
        ...(source.file?.endsWith(".xlsx") ? { sheet: "Sheet1" } : {}),
        importedBy: "演示录入员甲",
        checkedBy: "演示复核员乙",
      });
    }
  });
});
