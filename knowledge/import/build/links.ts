/** Links from benchmarks, exemptions and guides to published powers. */
import type { KnownOrgan } from "../organs.ts";
import { keyText } from "../text/clean.ts";
import type { Context, DataRow } from "./context.ts";

/** Published powers of an organ with this code, else with this name; without `organ`, of every organ. */
export function powersFor(
  row: DataRow,
  context: Context,
  wanted: { organ?: KnownOrgan; code?: string; name: string; powerType: string },
): string[] {
  if (!context.powers) {
    context.reportOnce("W52", "对应职权", { why: "没有已公示的职权可供核对", v: "按编码或名称关联" });
    return [];
  }
  const pool = context.powers.filter(
    (power) => power.powerType === wanted.powerType && (!wanted.organ || power.entityId === wanted.organ.id),
  );
  if (pool.length === 0) {
    context.reportOnce("W52", "对应职权", { why: "该机关没有已公示的职权", v: "按编码或名称关联" });
    return [];
  }
  const plain = (name: string) =>
    keyText(name)
      .replace(/^对/, "")
      .replace(/(?:行为)?(?:的|进行)?(?:行政)?(?:处罚|许可)?$/, "");
  const byCode = wanted.code ? pool.filter((power) => power.code?.value === wanted.code) : [];
  const found = byCode.length > 0 ? byCode : pool.filter((power) => plain(power.name) === plain(wanted.name));
  if (found.length === 0) context.report("W62", row, undefined, { v: wanted.name.slice(0, 40) });
  return found.map((power) => power.id);
}
