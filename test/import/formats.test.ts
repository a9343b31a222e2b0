import { describe, expect, it } from "vitest";
import { blocked, run } from "./fixtures.ts";
import { kindLists } from "./fixtures-kinds.ts";
import { formats } from "./formats.ts";

describe.each(formats)("$name", ({ firstRow, write }) => {
  it.each(kindLists)("holds a list of kind $kind: right rows in, wrong rows out, none lost", async (list) => {
    const result = await run(write(list), list.kind);
    expect(result.refused).toBe(false);
    const expected = list.blocked.map((text) => {
      const [code, row] = text.split("@");
      return `${code}@${Number(row) + firstRow - 1}`;
    });
    expect(blocked(result)).toEqual(expected);
    expect(result.records).toMatchObject(list.records);
    expect(result.records).toHaveLength(list.records.length);
    expect(result.counts.rows).toBe(list.rows.length);
    expect(result.counts.accepted + result.counts.quarantined).toBe(list.rows.length);
    expect(result.counts.quarantined).toBe(new Set(expected.map((text) => text.split("@")[1])).size);
    const last = firstRow + list.rows.length - 1;
    for (const { source } of result.records) {
      expect(source.row).toBeGreaterThanOrEqual(firstRow);
      expect(source.rowTo ?? source.row).toBeLessThanOrEqual(last);
      expect(source.sha256).toBe(result.sha256);
    }
  });
});
