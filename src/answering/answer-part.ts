/** One matter answered: found, decided, told. What the talk already settled goes straight to its composer. */

import { isCurrent } from "../records/library.ts";
import { answers } from "../wording/answers.ts";
import { type Answer, type Ask, newPage } from "./answer.ts";
import { composers } from "./composers/registry.ts";
import { addHotline } from "./composers/supervision.ts";
import { conductOf, dangerOf, tellConduct, tellOver, withConduct } from "./conduct/conduct.ts";
import { type ConductName, conductNames, conductSigns } from "./conduct/signs.ts";
import { tellEvidence } from "./consulting/tell-evidence.ts";
import { type Decision, decide } from "./deciding.ts";
import { fitsPlace } from "./faq.ts";
import { CANDIDATES, type Finder, type Found } from "./finding/finder.ts";
import type { LearnedFinder } from "./finding/model.ts";
import { ngramsOf } from "./finding/ngrams.ts";
import { soughtOf } from "./finding/sought.ts";
import type { Unit } from "./finding/unit.ts";
import { type Intent, intents } from "./intents.ts";
import { organOf } from "./place.ts";
import { asksLastDay } from "./reading/actions.ts";
import { asks, isOver } from "./reading/polarity.ts";
import { onlyValues } from "./reading/values.ts";
import { answerAside } from "./talk/asides.ts";
import { answerCase, heard, inCase, onlyTells, tellsOfCase } from "./talk/told.ts";
import { offerPoint, pointOf, sayPoint, tellPoint } from "./telling/point.ts";
import { namesHarm } from "./understand/danger.ts";
import type { Router } from "./understand/router.ts";

export interface Finding {
  readonly finder: Finder;
  readonly learned: LearnedFinder;
  readonly router: Router;
}

type Answered = Extract<Decision, { kind: "answer" }>;

/** Someone in danger has turned to another matter only when it is this sure. */
const TURNED_AWAY = 0.6;

export function answerPart(ask: Ask, finding: Finding | undefined): Answer {
  return unusableDayFirst(ask, answered(ask, finding));
}

/** A day that cannot be is said before anything is said about days. */
function unusableDayFirst({ part }: Ask, answer: Answer): Answer {
  const { trigger } = part.mentions;
  if (trigger.kind !== "impossible" && trigger.kind !== "future") return answer;
  const said: Answer["blocks"][number] = answer.blocks.find(
    (block) => block.kind === "text" && block.text === trigger.why,
  ) ?? { kind: "text", text: trigger.why };
  return { ...answer, blocks: [said, ...answer.blocks.filter((block) => block !== said)] };
}

function answered(ask: Ask, finding: Finding | undefined): Answer {
  const chosen = pointOf(ask, ask.chosenPoint);
  if (chosen) return tellPoint(ask, chosen);
  const pointedTo = ask.consulted && tellEvidence(ask, ask.consulted);
  if (pointedTo) return pointedTo;
  if (!finding) return composers[ask.part.intent](ask);
  const before = dangerBefore(ask);
  if (before && isOver(ask.part.text)) return tellOver(ask, before);
  // Who wants to die is stayed with, whatever else the words look like.
  if (before === "selfHarm" && !asks(ask.part.text)) return tellConduct(ask, before);
  if (ask.part.intent === "emergency" && ask.part.confidence === 1)
    return tellConduct(ask, dangerOf(ngramsOf(ask.part.text), finding.learned.conduct));
  const aside = answerAside(ask);
  if (aside) return aside;
  if (settledByTalk(ask)) return composers[ask.part.intent](ask);
  const sign = conductShown(ask, finding.learned);
  if (sign && !conductSigns[sign].goesOn) return tellConduct(ask, sign);
  if (!sign) return answerMatter(ask, finding).answer;
  const { answer, sure } = answerMatter(ask, finding);
  const beside = sign === "insult" ? BESIDE_ANGER : BESIDE_CONDUCT;
  return sure >= beside ? withConduct(ask, sign, answer) : tellConduct(ask, sign);
}

/** The sign a message shows. A place that the lists hold is no other place. */
function conductShown({ part }: Ask, { conduct }: LearnedFinder): ConductName | undefined {
  const sign = conductOf(ngramsOf(part.text), conduct);
  // “我被罚了” is no danger: an attack is told in words of harm.
  if ((sign === "danger" || sign === "violence") && !namesHarm(part.text)) return undefined;
  return sign === "otherPlace" && part.mentions.areas.some(({ codes }) => codes.length > 0)
    ? undefined
    : sign;
}

/** The question beside a sign is answered from here. */
const BESIDE_CONDUCT = 0.3;
/** Anger is no question; what only looks like one is left out. */
const BESIDE_ANGER = 0.6;

function answerMatter(ask: Ask, finding: Finding): { readonly answer: Answer; readonly sure: number } {
  if (tellsOfCase(ask, 1) && onlyValues(ask.part)) return { answer: answerCase(ask), sure: 1 };
  const computed = ofCertificate(ask) ?? lastDayAsked(ask) ?? ofNamedOrgan(ask);
  if (computed) return { answer: computed, sure: 1 };
  const { found, decision } = findInTalk(ask, finding);
  const { sure } = decision;
  if (tellsOfCase(ask, sure)) return { answer: answerCase(ask), sure: 1 };
  const inDanger = dangerBefore(ask);
  if (inDanger && sure < TURNED_AWAY) return { answer: tellConduct(ask, inDanger), sure };
  if (inCase(ask.memory) && decision.kind === "nothing" && onlyTells(ask))
    return { answer: heard(ask), sure: 1 };
  const doubtful = ask.memory.talk ? decision.kind === "nothing" : sure < DOUBTFUL;
  const goesOn = doubtful ? continued(ask) : undefined;
  return { answer: goesOn ?? told(ask, found, decision), sure };
}

/** The danger the last answer was about. */
const dangerBefore = ({ memory }: Ask): ConductName | undefined =>
  conductNames.find((name) => name === memory.last?.danger);

/** A last day asked for where a day was said, now or before: counted, whatever else it looks like. */
function lastDayAsked(ask: Ask): Answer | undefined {
  const here = ask.part.mentions.trigger.events.some(({ day }) => day);
  const dated = here || (ask.memory.events ?? []).some(({ day }) => day);
  const onlyADay = here && ask.part.text.length <= LONGEST_DAY;
  if (!onlyADay && (!dated || !asksLastDay(ask.part.text))) return undefined;
  const answer = composers.deadline({ ...ask, part: { ...ask.part, intent: "deadline" } });
  return answer.outcome !== "not_found" && (onlyADay || saysOrAsksDay(answer)) ? answer : undefined;
}

/** Longest message that is a day and nothing else. */
const LONGEST_DAY = 11;
const saysOrAsksDay = ({ blocks, remember }: Answer): boolean =>
  blocks.some(({ kind }) => kind === "deadline") || remember.last?.asked !== undefined;

/** What is asked of a named organ is computed from the register: to whom and by when, and what it may do. */
function ofNamedOrgan(ask: Ask): Answer | undefined {
  const { intent, confidence, mentions } = ask.part;
  if (mentions.organs.length === 0 || organOf(ask).kind !== "known") return undefined;
  const gate = ask.role === "officer" && intent === "hearingGate";
  if ((gate || askedOfOrgan.has(intent)) && confidence >= NAMED_ORGAN) return composers[intent](ask);
  return mentions.trigger.events.some(({ day }) => day) ? composers.relief(ask) : undefined;
}
const askedOfOrgan: ReadonlySet<Intent> = new Set<Intent>(["relief", "litigation", "competence"]);
const NAMED_ORGAN = 0.3;

/** A number of a certificate, or what is said of one just verified, is held against the published list. */
function ofCertificate(ask: Ask): Answer | undefined {
  const { part, memory } = ask;
  const goesOn =
    memory.intent === "officerCheck" && part.followUp && part.text.length <= SHORT_OF_CERTIFICATE;
  return part.mentions.certNos.length > 0 || goesOn ? composers.officerCheck(ask) : undefined;
}
/** Longest message that only adds a name to the number. */
const SHORT_OF_CERTIFICATE = 6;

/** What an organ of the place has published on a sum comes before what the law says of it everywhere. */
function rowsOfPlace(ask: Ask, unit: Unit): Answer | undefined {
  const { intent, mentions } = ask.part;
  const placed = mentions.areas.some(({ codes }) => codes.length > 0);
  const onSums = unit.aspect === "howMuch" || unit.aspect === "consequence";
  if (intent !== "benchmark" && !(placed && onSums)) return undefined;
  const answer = composers.benchmark({ ...ask, part: { ...ask.part, intent: "benchmark" } });
  const rows = answer.citations.some(({ record }) => ask.library.find(record)?.kind === "benchmark");
  return answer.outcome === "answered" && rows ? answer : undefined;
}

interface Evidence {
  readonly found: readonly Found[];
  readonly decision: Decision;
}

/** The words and the talk they stand in. */
function findInTalk(ask: Ask, { finder, learned, router }: Finding): Evidence {
  const { text, mentions } = ask.part;
  const found = finder
    .find(soughtOf(text, mentions, ask.role, router, learned, ask.memory.talk), CANDIDATES)
    .filter(({ unit }) => holdsHere(ask, unit));
  const [first] = found;
  const inTalk = first !== undefined && first.features.talkNear !== 0;
  return { found, decision: decide(found, inTalk ? learned.inTalk.calibration : learned.calibration) };
}

/** Services compute anywhere and always; a record holds where it was published for, while it is current. */
function holdsHere(ask: Ask, unit: Unit): boolean {
  if (unit.kind === "service") return true;
  const entry = ask.library.find(unit.id);
  return entry !== undefined && isCurrent(entry, ask.today) && fitsPlace(ask, entry);
}

/** Below it the matter that the talk or the words themselves name goes on, where it says something. */
const DOUBTFUL = 0.35;

/** The composer of the matter under way, when it has more to say than a question. */
function continued(ask: Ask): Answer | undefined {
  if (!ask.part.followUp && ask.part.confidence < DOUBTFUL) return undefined;
  const answer = composers[ask.part.intent](ask);
  return answer.outcome === "not_found" || (answer.outcome === "clarify" && !ask.part.followUp)
    ? undefined
    : answer;
}

function told(ask: Ask, found: readonly Found[], decision: Decision): Answer {
  switch (decision.kind) {
    case "answer":
      return unsureBelow(decision.sure, tellFirst(ask, found, decision));
    case "offer":
      return unsureBelow(decision.sure, offer(ask, decision.units));
    case "nothing":
      return unsureBelow(decision.sure, quoteNearest(ask, decision.nearest));
  }
}

/** Below it a second look is worth a model's while, where there is one: about half of such answers are right. */
const WORTH_A_SECOND_LOOK = 0.6;
const unsureBelow = (sure: number, answer: Answer): Answer =>
  sure < WORTH_A_SECOND_LOOK ? { ...answer, unsure: true } : answer;

/** A point this near a service that would only ask back says the general rule before anything is asked. */
const GENERAL_RULE = 2;

function tellFirst(ask: Ask, found: readonly Found[], { unit, beside }: Answered): Answer {
  const answer = rowsOfPlace(ask, unit) ?? tell(ask, unit, beside);
  const [first] = found;
  if (!first || !unit.intent || !asksBack(answer)) return answer;
  const general = found.find((one) => one.unit.kind === "point" && first.score - one.score < GENERAL_RULE);
  if (!general) return answer;
  const told = tell(ask, general.unit, []);
  return { ...told, choices: [...told.choices, { id: `do:${unit.intent}`, label: intents[unit.intent] }] };
}

/** A day that was computed is an answer, whatever is asked beside it. */
const asksBack = ({ blocks, outcome, remember }: Answer): boolean =>
  !blocks.some(({ kind }) => kind === "deadline") &&
  (outcome === "clarify" || remember.last?.asked !== undefined);

/** A button, a certainty, or the value that was asked for. */
function settledByTalk({ part, memory }: Ask): boolean {
  if (part.confidence === 1) return true;
  return (
    part.followUp && memory.pending !== undefined && part.intent === memory.pending.intent && !asks(part.text)
  );
}

function tell(ask: Ask, unit: Unit, beside: readonly Unit[]): Answer {
  if (unit.intent) return composers[unit.intent]({ ...ask, part: { ...ask.part, intent: unit.intent } });
  const point = pointOf(ask, unit.id);
  if (point)
    return tellPoint(
      ask,
      point,
      beside.flatMap(({ id }) => pointOf(ask, id) ?? []),
    );
  const entry = ask.library.find(unit.id);
  const page = newPage(ask);
  if (entry?.kind === "faq") page.text(entry.answer, entry);
  return page.done(entry?.kind === "faq" ? "answered" : "not_found");
}

function offer(ask: Ask, units: readonly Unit[]): Answer {
  const page = newPage(ask).text(answers.which);
  for (const unit of units) {
    const point = pointOf(ask, unit.id);
    if (point) offerPoint(page, point);
    else if (unit.intent) page.choice(`do:${unit.intent}`, intents[unit.intent]);
  }
  return page.done("clarify");
}

function quoteNearest(ask: Ask, nearest: readonly Unit[]): Answer {
  const page = newPage(ask).text(answers.notHeld);
  const [point] = nearest.flatMap(({ id }) => pointOf(ask, id) ?? []);
  if (point) sayPoint(page, point, `${answers.nearest}${point.lead}`);
  addHotline(page, ask, "12348");
  return page.done("not_found");
}
