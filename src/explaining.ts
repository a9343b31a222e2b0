/** One question's way: what was read, what was found with scores, what was decided. For people who mend answers. */
import type { Answering } from "./answering/answering.ts";
import { conductOf } from "./answering/conduct/conduct.ts";
import { type Decision, decide } from "./answering/deciding.ts";
import { ngramsOf } from "./answering/finding/ngrams.ts";
import { soughtOf } from "./answering/finding/sought.ts";
import { normaliseQuestion } from "./answering/understand/normalise.ts";
import { mentionsOf } from "./answering/understand/understand.ts";
import { AppError } from "./error.ts";
import { dayOf } from "./law/day.ts";
import type { Library } from "./records/library.ts";
import type { Role } from "./turn.ts";

const SHOWN = 8;
const LIKELY = 3;

/** What this needs of a house. */
export interface Explaining {
  readonly answering: Pick<Answering, "findingOf">;
  readonly library: () => Library;
  readonly now: () => Date;
  readonly config: { readonly DEFAULT_AREA?: string | undefined };
}

/** @throws AppError `not_found` where no finder was trained. */
export function explainQuestion(house: Explaining, question: string, role: Role) {
  const library = house.library();
  const finding = house.answering.findingOf(library);
  if (!finding) throw new AppError("not_found", { say: "没有训练好的检索模型,先运行 train-finder。" });
  const text = normaliseQuestion(question);
  const area = house.config.DEFAULT_AREA;
  const today = dayOf(house.now());
  const mentions = mentionsOf(text, { library, memory: {}, today, ...(area ? { area } : {}) });
  const sought = soughtOf(text, mentions, role, finding.router, finding.learned);
  const found = finding.finder.find(sought, SHOWN);
  const top = (odds: ReadonlyMap<string, number>) => [...odds].slice(0, LIKELY);
  return {
    text,
    slots: sought.slots,
    places: sought.places,
    likely: { topic: top(sought.odds.topic), aspect: top(sought.odds.aspect), law: top(sought.odds.law) },
    conduct: conductOf(ngramsOf(text), finding.learned.conduct),
    found,
    decision: decide(found, finding.learned.calibration),
  };
}

export function sayDecision(decision: Decision): string {
  switch (decision.kind) {
    case "answer":
      return `回答 ${[decision.unit, ...decision.beside].map(({ id }) => id).join("、")}`;
    case "offer":
      return `请对方选 ${decision.units.map(({ id }) => id).join("、")}`;
    case "nothing":
      return "没有可答的";
  }
}
