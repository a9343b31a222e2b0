/** Links from benchmarks, exemptions and guides to published powers. */
import { organLevels } from "../../../src/law/organ.ts";
import type { KnownOrgan } from "../organs.ts";
import { keyText } from "../text/clean.ts";
import type { Context, DataRow } from "./context.ts";

/** Published powers of an organ with this code, else with this name; without `organ`, of every organ. */
export function powersFor(
  row: DataRow,
  context: Context,
  wanted: { organ?: KnownOrgan; codes?: readonly string[]; name: string; powerType: string },
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
  const { codes = [] } = wanted;
  const byCode = pool.filter((power) => power.code && codes.includes(power.code.value));
  const found = byCode.length > 0 ? byCode : pool.filter((power) => plain(power.name) === plain(wanted.name));
  if (found.length === 0) context.report("W62", row, undefined, { v: wanted.name.slice(0, 40) });
  return found.map((power) => power.id);
}

/**
 * The same powers at the organs below, for what a higher organ sets for all of them: same code, same name, same type,
 * inside the issuer's area. A code alone is not enough: offices number their lists as they like.
 */
export function sameBelow(
  ids: readonly string[],
  issuer: KnownOrgan,
  context: Pick<Context, "powers" | "known">,
): string[] {
  const { area } = issuer;
  if (!area) return [];
  const own = (context.powers ?? []).filter((power) => ids.includes(power.id));
  const begin = area.replace(/(?:00)+$/, "");
  // Below a town or a zone there is nothing but itself.
  const isInside = (other: string) => (/^\d{6}$/.test(area) ? other.startsWith(begin) : other === area);
  const below = new Set(
    context.known
      .filter((organ) => organ.area && isInside(organ.area) && isBelow(organ, issuer))
      .map((organ) => organ.id),
  );
  return (context.powers ?? [])
    .filter((power) => below.has(power.entityId))
    .filter((power) =>
      own.some(
        (mine) =>
          mine.code !== undefined &&
          mine.code.value === power.code?.value &&
          mine.name === power.name &&
          mine.powerType === power.powerType,
      ),
    )
    .map((power) => power.id);
}

const isBelow = (organ: KnownOrgan, issuer: KnownOrgan): boolean =>
  organLevels.indexOf(organ.level) > organLevels.indexOf(issuer.level);
