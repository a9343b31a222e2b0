import { describe, expect, it } from "vitest";
import { runChaos } from "../../scripts/chaos/chaos.ts";

describe("a short history of crashes", () => {
  it("loses nothing acknowledged and does nothing twice", { timeout: 180_000 }, async () => {
    const report = await runChaos(
      [
        { step: "intake", from: 9, stride: 14, most: 3 },
        { step: "dialogue", from: 20, stride: 47, most: 2 },
        { step: "inbox", from: 5, stride: 17, most: 3 },
        { step: "moves", from: 11, stride: 23, most: 2 },
        { step: "delivery", from: 5, stride: 7, most: 2 },
        { step: "publish", from: 7, stride: 9, most: 2 },
        { step: "anywhere", from: 1, stride: 1, most: 1 },
      ],
      () => {},
    );
    expect(report.notes).toEqual([]);
    expect(report).toMatchObject({ lost: 0, doubled: 0 });
    const deaths = ["intake", "dialogue", "inbox", "moves", "delivery", "publish", "anywhere"];
    expect(deaths.map((step) => report.byStep[step]?.points)).toEqual([3, 2, 3, 2, 2, 2, 1]);
    expect(report.acknowledged).toBeGreaterThan(40);
  });
});
