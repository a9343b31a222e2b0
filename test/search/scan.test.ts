import { describe, expect, it } from "vitest";
import { seededRandom } from "../../knowledge/train/encoder.ts";
import { createRows, scanPlainly, setRow } from "../../src/search/scan.ts";

describe("scanning vectors", () => {
  it.each([
    [0, 8],
    [1, 8],
    [7, 64],
    [1000, 256],
  ])("computes for %i rows of %i numbers what plain arithmetic does", (count, dimensions) => {
    const random = seededRandom(count + dimensions);
    const vector = (): Float32Array => Float32Array.from({ length: dimensions }, () => random() - 0.5);
    const rows = createRows(count, dimensions);
    for (let row = 0; row < count; row++) setRow(rows, row, vector());
    const asked = vector();
    expect(rows.scan(asked)).toEqual(scanPlainly(rows, asked));
  });

  it("gives a vector that is not finite a score of nothing instead of breaking", () => {
    const rows = createRows(1, 8);
    setRow(rows, 0, new Float32Array(8).fill(Number.NaN));
    expect([...rows.scan(new Float32Array(8).fill(1))]).toEqual([0]);
  });
});
