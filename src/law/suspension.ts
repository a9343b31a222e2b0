/** Obstacles that stop a period (不可抗力等). */
import { AppError } from "../error.ts";
import type { Day } from "./day.ts";

/** An obstacle such as 不可抗力: days from `from` up to, not including, `removedOn` are not counted. */
export interface Suspension {
  readonly from: Day;
  readonly removedOn: Day;
}

export const isWithin = (obstacles: readonly Suspension[], day: Day) =>
  obstacles.some((obstacle) => obstacle.from <= day && day < obstacle.removedOn);

export function mergeSuspensions(suspensions: readonly Suspension[]): Suspension[] {
  const merged: Suspension[] = [];
  for (const next of [...suspensions].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (next.removedOn <= next.from) {
      throw new AppError("bad_input", { say: `障碍消除日 ${next.removedOn} 应晚于开始日 ${next.from}。` });
    }
    const last = merged.at(-1);
    if (last && next.from <= last.removedOn) {
      const removedOn = next.removedOn > last.removedOn ? next.removedOn : last.removedOn;
      merged[merged.length - 1] = { from: last.from, removedOn };
    } else merged.push(next);
  }
  return merged;
}
