/** How many certificates one person, one address and everybody together may look up, so that the list cannot be harvested. */

export interface CheckLimits {
  /** Undefined: go ahead (and it is counted). Otherwise what to say. */
  refuse(who: { readonly person: string; readonly address?: string }, at: Date): string | undefined;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** A person who is really stopped on the street checks two or three officers; five a day leaves room for typing errors. */
export const CHECKS_PER_PERSON_A_DAY = 5;
export const CHECKS_PER_ADDRESS_AN_HOUR = 30;
/** Everybody together: past it look-ups pause, because no city is stopped so often in an hour. */
export const CHECKS_AN_HOUR = 2000;
/** Counters kept; past it the oldest go, so that a flood of new names costs no memory. */
const MOST_COUNTERS = 100_000;

export function createCheckLimits(): CheckLimits {
  const counters = new Map<string, { until: number; count: number }>();
  const counter = (key: string, windowMs: number, now: number) => {
    let found = counters.get(key);
    if (!found || found.until <= now) {
      counters.delete(key);
      found = { until: now + windowMs, count: 0 };
      counters.set(key, found);
      const oldest = counters.size > MOST_COUNTERS ? counters.keys().next().value : undefined;
      if (oldest !== undefined) counters.delete(oldest);
    }
    return found;
  };
  return {
    refuse({ person, address }, at) {
      const now = at.getTime();
      const limits = [
        {
          counter: counter(`person ${person}`, DAY_MS, now),
          max: CHECKS_PER_PERSON_A_DAY,
          wait: "今天的核验次数已用完,请明天再试",
        },
        ...(address
          ? [
              {
                counter: counter(`address ${address}`, HOUR_MS, now),
                max: CHECKS_PER_ADDRESS_AN_HOUR,
                wait: "您所在网络的核验过于频繁,请一小时后再试",
              },
            ]
          : []),
        {
          counter: counter("all", HOUR_MS, now),
          max: CHECKS_AN_HOUR,
          wait: "现在核验的人太多,请一小时后再试",
        },
      ];
      const full = limits.find((limit) => limit.counter.count >= limit.max);
      if (full) return `${full.wait};您也可以当场要求对方出示执法证件,或用该单位公示的电话核实。`;
      for (const limit of limits) limit.counter.count += 1;
      return undefined;
    },
  };
}
