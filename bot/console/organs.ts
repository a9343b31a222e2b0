/** Organs as people write them in forms: by name. */
import { AppError } from "../../src/error.ts";
import type { Library } from "../../src/records/library.ts";

/** Stands for every organ and the human tray, in an operator's account. */
export const EVERY_ORGAN = "*";
const NEAR = 5;

/** @throws AppError `unknown_value` naming the organs that come near. */
export function organIdOf(library: Library, written: string): string {
  if (written === EVERY_ORGAN || library.find(written)?.kind === "entity") return written;
  const found = library.entitiesNamed(written);
  const exact = found.filter(({ name }) => name === written);
  const [only, ...others] = exact.length > 0 ? exact : found;
  if (only && others.length === 0) return only.id;
  const near = found
    .slice(0, NEAR)
    .map(({ name }) => name)
    .join("、");
  throw new AppError("unknown_value", {
    say: near
      ? `“${written}”可能是:${near}。请写全称。`
      : `没有名为“${written}”的机关。请写公示的全称或编号。`,
  });
}

export function organNameOf(library: Library, id: string): string {
  if (id === EVERY_ORGAN) return "全部机关和人工分办台";
  const record = library.find(id);
  return record?.kind === "entity" ? record.name : id;
}
