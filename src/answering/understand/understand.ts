/** What a message says: normalised, its matters apart, each with its mentions and intents. Pure; never throws. */
import type { Memory } from "../../conversation.ts";
import type { Day } from "../../law/day.ts";
import { readTrigger } from "../../law/trigger.ts";
import type { Library } from "../../records/library.ts";
import type { Role } from "../../turn.ts";
import type { Intent } from "../intents.ts";
import type { Mentions, Part, Understanding } from "../understanding.ts";
import { findAmounts } from "./amounts.ts";
import { certainIntent } from "./certain.ts";
import type { Scored } from "./classifier.ts";
import { concepts } from "./concepts.ts";
import { asksLaw, isEmergency, isSigh, isTold, namesHarm } from "./danger.ts";
import { bareMention, knownIntent, leansOn, turnTo } from "./follow-up.ts";
import { findIdentifiers } from "./identifiers.ts";
import { findLaws } from "./laws.ts";
import { lexiconOf } from "./lexicon.ts";
import { normaliseQuestion } from "./normalise.ts";
import { findAreas, findOrgans } from "./organs.ts";
import type { Router } from "./router.ts";
import { MAX_MATTERS, splitMatters } from "./split.ts";

export interface UnderstandingContext {
  readonly router: Router;
  readonly library: Library;
  readonly memory: Memory;
  readonly today: Day;
  readonly role: Role;
  /** The place the person chose or the door assumes. What is said comes first, then what is remembered. */
  readonly area?: string;
}

/** What mentions are read with: no router is needed. */
export type MentionContext = Pick<UnderstandingContext, "library" | "memory" | "today" | "area">;

/** A clause stands alone as a matter only when the router is this sure of it. */
const SURE = 0.5;
/** A follow-up keeps the conversation's intent unless the router is this sure of another. */
const SURE_OF_ANOTHER = 0.45;
const SURE_OF_DANGER = 0.6;
/** What it takes when the words also ask what the law says. */
const SURE_BESIDE_A_QUESTION = 0.9;
const ALTERNATIVES = 3;

export function understand(raw: string, context: UnderstandingContext): Understanding {
  const text = normaliseQuestion(raw);
  const whole = mentionsOf(text, context);
  const certain = certainIntent(text, whole);
  if (certain) return { text, parts: [partOf(text, whole, certain, context)] };

  const clauses = splitMatters(text);
  if (clauses.length < 2 || clauses.length > MAX_MATTERS * 2) {
    return { text, parts: [routed(text, whole, context)] };
  }
  const parts: Part[] = [];
  for (const said of clauses) {
    const clause = said.replace(CONNECTIVE, "");
    const begins = clause !== said;
    const mentions = mentionsOf(clause, context);
    const sure = certainIntent(clause, mentions);
    const part = sure ? partOf(clause, mentions, sure, context) : routed(clause, mentions, context, text);
    const last = parts.at(-1);
    if (last && !standsApart(last, part, begins)) {
      const joined = last.text + clause;
      parts[parts.length - 1] = routed(joined, mentionsOf(joined, context), context, text);
    } else parts.push(part);
  }
  const apart = dropSmallTalk(mergeSame(parts, context));
  if (apart.length < 2 || apart.length > MAX_MATTERS || isOneGrievance(text, apart))
    return { text, parts: [routed(text, whole, context)] };
  return { text, parts: inherit(apart, context) };
}

/** The mentions of a normalised text. The day is read against `context.today`. */
export function mentionsOf(text: string, context: MentionContext): Mentions {
  const { library, memory } = context;
  const areas = findAreas(text, library);
  const party = partyOf(text);
  return {
    organs: findOrgans(text, library, areas, memory.area ?? context.area, memory.organ),
    areas,
    trigger: readTrigger(text, context.today),
    amountsYuan: findAmounts(text),
    ...findIdentifiers(text, lexiconOf(library).numbers),
    laws: findLaws(text),
    ...(party ? { party } : {}),
  };
}

/** @param message the whole message: a clause that sounds like danger may belong to a question about law. */
function routed(text: string, mentions: Mentions, context: UnderstandingContext, message = text): Part {
  const { memory, router, role } = context;
  const known = knownIntent(memory);
  if (known && bareMention(text, mentions)) {
    return {
      text,
      intent: turnTo(text) ?? known,
      confidence: 0.95,
      alternatives: [],
      mentions,
      followUp: true,
    };
  }
  const ranked = withoutFalseAlarm(router.rank(text, mentions, role), text, message);
  const best = ranked[0];
  const followUp = leansOn(text, memory);
  const asideOnly = best !== undefined && asides.has(best.name);
  if (!best || (known && followUp && (best.confidence < SURE_OF_ANOTHER || asideOnly))) {
    const alternatives = ranked.slice(0, ALTERNATIVES).map(asAlternative);
    return {
      text,
      intent: turnTo(text) ?? known ?? "help",
      confidence: 0.6,
      alternatives,
      mentions,
      followUp,
    };
  }
  return {
    text,
    intent: best.name,
    confidence: best.confidence,
    alternatives: ranked.slice(1, 1 + ALTERNATIVES).map(asAlternative),
    mentions,
    followUp,
  };
}

/** An emergency told of the past is none; one in words that name no danger is none; one beside a question of law must be all but certain. */
function withoutFalseAlarm(
  ranked: readonly Scored<Intent>[],
  text: string,
  message: string,
): readonly Scored<Intent>[] {
  const [best, ...others] = ranked;
  if (
    best?.name === "injection" &&
    best.confidence < SURE_OF_DANGER &&
    !/你|系统|提示|指令|规则|角色/.test(text)
  )
    return others;
  if (best?.name !== "emergency") return ranked;
  if (isTold(text) || isSigh(text) || !namesHarm(text)) return others;
  if (asksLaw(message)) return best.confidence >= SURE_BESIDE_A_QUESTION ? ranked : others;
  return best.confidence >= SURE_OF_DANGER || concepts.danger?.test(text) ? ranked : others;
}

/** A certain intent keeps the router's opinion as alternatives: an emergency may also be a complaint. */
function partOf(text: string, mentions: Mentions, intent: Intent, context: UnderstandingContext): Part {
  const ranked = context.router.rank(text, mentions, context.role).filter((one) => one.name !== intent);
  const alternatives = ranked.slice(0, ALTERNATIVES).map(asAlternative);
  return { text, intent, confidence: 1, alternatives, mentions, followUp: false };
}

const asAlternative = (scored: { name: Intent; confidence: number }) => ({
  intent: scored.name,
  confidence: scored.confidence,
});

/** Another matter, or another question of the same matter put as shortly and clearly as the first. */
function standsApart(last: Part, part: Part, begins: boolean): boolean {
  const sure = begins ? SURE_WHEN_ANNOUNCED : SURE;
  if (part.confidence < sure || last.confidence < sure) return false;
  return last.intent !== part.intent || isSecondQuestion(last, part);
}

/** “另外”, “顺便问下”: says that another matter begins, and nothing of the matter. */
const CONNECTIVE =
  /^(?:另外|还有(?!没|多|几|什么|谁|哪|效|用|权|资格|机会|必要|救|办法|[0-9一二三四五六七八九十])|再问|顺便|再一个|其次|以及|同时)(?:就是|一个|一下|一点|我?想?问下?|问一?下|再问一?下|请问)*[,、:]?/;
const SURE_WHEN_ANNOUNCED = 0.4;
const LONGEST_QUESTION = 16;
const severalAnswers: ReadonlySet<Intent> = new Set([
  "coercionGate",
  "onTheSpotGate",
  "transferGate",
  "procedure",
  "complaint",
  "deadline",
  "inspection",
  "lawLookup",
]);

function isSecondQuestion(last: Part, part: Part): boolean {
  const short = (text: string) => text.length <= LONGEST_QUESTION && text.endsWith("?");
  return severalAnswers.has(part.intent) && short(last.text) && short(part.text);
}

function mergeSame(parts: readonly Part[], context: UnderstandingContext): Part[] {
  const merged: Part[] = [];
  for (const part of parts) {
    const same = merged.findIndex((known) => known.intent === part.intent && !isSecondQuestion(known, part));
    const known = merged[same];
    if (!known) merged.push(part);
    else {
      const text = known.text + part.text;
      merged[same] = { ...known, text, mentions: mentionsOf(text, context) };
    }
  }
  return merged;
}

/** A grievance told in one breath, rhetorical questions and all, is one matter. */
function isOneGrievance(text: string, parts: readonly Part[]): boolean {
  return (
    parts.some((part) => part.intent === "complaint") &&
    !/[?]|另外|(?:^|[,。;!])还有|顺便|再问|想问/.test(text)
  );
}

const smallTalk: ReadonlySet<Intent> = new Set(["greeting", "thanks", "insult", "help"]);
/** What a few words in the middle of a talk are not: the router knows too little of them. */
const asides: ReadonlySet<Intent> = new Set([
  "greeting",
  "thanks",
  "help",
  "outOfScope",
  "insult",
  "namedPerson",
]);

/** “您好”, “谢谢” around a question need no answer of their own; danger is said first. */
function dropSmallTalk(parts: readonly Part[]): readonly Part[] {
  const real = parts.filter((part) => !smallTalk.has(part.intent) && !isForeignAside(part));
  const kept = real.length > 0 ? real : parts.slice(0, 1);
  return [...kept].sort((a, b) => Number(isEmergency(b.text)) - Number(isEmergency(a.text)));
}

/** “how to check” beside a question: words of another language the tables do not know. */
const isForeignAside = (part: Part) => part.intent === "outOfScope" && !/\p{Script=Han}/u.test(part.text);

/** A later matter speaks of the organ, place, day and amount said before it, unless it names its own. */
function inherit(parts: readonly Part[], context: UnderstandingContext): Part[] {
  const out: Part[] = [];
  for (const part of parts) {
    const before = out.at(-1)?.mentions;
    if (!before) {
      out.push(part);
      continue;
    }
    const own = part.mentions;
    const areas = own.areas.length > 0 ? own.areas : before.areas;
    const organs =
      own.organs.length > 0
        ? findOrgans(
            part.text,
            context.library,
            areas,
            context.memory.area ?? context.area,
            context.memory.organ,
          )
        : before.organs;
    const mentions: Mentions = {
      ...own,
      areas,
      organs,
      trigger: own.trigger.kind === "none" ? before.trigger : own.trigger,
      amountsYuan: own.amountsYuan.length > 0 ? own.amountsYuan : before.amountsYuan,
      ...((own.party ?? before.party) ? { party: own.party ?? before.party } : {}),
    };
    out.push({ ...part, mentions });
  }
  return out;
}

const ORGANIZATION = /公司|企业|我厂|工厂|合作社|我们单位|法人|我司|厂子|酒店|超市(?!老板)|学校|医院/;
const PERSON = /我个人|自然人|公民|老百姓|个人(?!信息|所得)|农民|村民|司机|车主|我一个人|摆摊|小贩/;

/** 个体工商户 is left open: some rules treat it as a person, some as an organisation. */
function partyOf(text: string): "person" | "organization" | undefined {
  if (/个体(?:工商)?户/.test(text)) return undefined;
  if (ORGANIZATION.test(text)) return "organization";
  return PERSON.test(text) ? "person" : undefined;
}
