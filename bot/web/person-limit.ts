/** Turns a minute for one person, beside the limit of the address they share with others. */
import type { FastifyRequest } from "fastify";
import { AppError } from "../../src/error.ts";
import { createPersonLimit } from "../limits.ts";
import type { Metrics } from "./metrics.ts";

/** A `preHandler`. @throws AppError `too_many` saying how long to wait. */
export function limitPerPerson(
  max: number,
  personOf: (request: FastifyRequest) => string,
  metrics: Metrics,
  now: () => Date,
): (request: FastifyRequest) => Promise<void> {
  const limit = createPersonLimit(max, now);
  return async (request) => {
    const allowed = limit.take(personOf(request));
    if (allowed.ok) return;
    metrics.limited();
    throw new AppError("too_many", { say: allowed.say });
  };
}
