/** How people ask for services: the route examples of intents that are services, and what only services are asked by. */
import type { ServiceAsk } from "../src/answering/finding/unit.ts";
import { isService } from "../src/answering/services.ts";
import { normaliseQuestion } from "../src/answering/understand/normalise.ts";
import { RouteExample, readQuestions, readRouteExamples } from "./train/route.ts";

export function readServiceAsks(): ServiceAsk[] {
  return [...readRouteExamples(), ...readQuestions("services", RouteExample)].flatMap(
    ({ q, intent, role }) =>
      isService(intent) ? [{ q: normaliseQuestion(q), intent, ...(role ? { role } : {}) }] : [],
  );
}
