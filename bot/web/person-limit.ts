/** Turns a minute for one person, beside the limit of the address they share with others. */
import type { FastifyRequest } from "fastify";
import { AppError } from "../../src/error.ts";
import type { Metrics } from "./metrics.ts";

const WINDOW_MS = 60_000;
/** Past so many people in one window the oldest are forgotten: memory stays bounded under a flood. */
const MAX_PEOPLE = 50_000;

/** A `preHandler`. @throws AppError `too_many` saying how long to wait. */
export function limitPerPerson(
  max: number,
  personOf: (request: FastifyRequest) => string,
  metrics: Metrics,
  now: () => Date,
): (request: FastifyRequest) => Promise<void> {
  const windows = new Map<string, { until: number; count: number }>();
  return async (request) => {
    const at = now().getTime();
    const person = personOf(request);
    let window = windows.get(person);
    if (!window || window.until <= at) {
      windows.delete(person);
      window = { until: at + WINDOW_MS, count: 0 };
      windows.set(person, window);
      const oldest = windows.size > MAX_PEOPLE ? windows.keys().next().value : undefined;
      if (oldest !== undefined) windows.delete(oldest);
    }
    window.count += 1;
    if (window.count <= max) return;
    metrics.limited();
    throw new AppError("too_many", {
      say: `操作太频繁,请 ${Math.ceil((window.until - at) / 1000)} 秒后再试。`,
    });
  };
}
