/**
 * The last handler of a turn: understand, let each matter's composer answer, join, pass the gates.
 * Without a language model everything happens in memory, in one or two milliseconds.
 */
import type { Handled, Memory, TurnContext, TurnHandler } from "../conversation.ts";
import type { Calendar } from "../law/calendar.ts";
import { parseDay } from "../law/day.ts";
import { actKinds } from "../law/prior-reconsideration.ts";
import type { Log } from "../log.ts";
import type { CheckLimits } from "../officers/limits.ts";
import type { Library } from "../records/library.ts";
import { passagesOf } from "../records/passages.ts";
import type { Block, Choice, Citation } from "../reply.ts";
import { type EmbeddingEndpoint, openEndpoint } from "../search/embeddings.ts";
import { createSearchIndex } from "../search/find.ts";
import type { LearnedModel } from "../search/model.ts";
import type { SearchIndex } from "../search/passage.ts";
import { createSemanticSearch, type SemanticSearch } from "../search/semantic.ts";
import { conduct } from "../wording/law.ts";
import type { Answer, Ask } from "./answer.ts";
import { readFact } from "./case-facts.ts";
import { composers } from "./composers/registry.ts";
import { checkAnswer, type GateName, gateNames } from "./gates/gates.ts";
import { type Intent, intentNames, intents } from "./intents.ts";
import { openFirst } from "./opening.ts";
import { createModel, type ModelSettings, type ModelStats } from "./phrasing/chat-model.ts";
import { breakTie, phrase, rewrite } from "./phrasing/phrasing.ts";
import { createRouter, ROUTE_THRESHOLD, type Router } from "./understand/router.ts";
import { mentionsOf, understand } from "./understand/understand.ts";
import type { Part } from "./understanding.ts";

export interface AnsweringParts {
  readonly calendar: () => Calendar;
  /** Router weights as trained. */
  readonly routes: unknown;
  readonly searchModel?: () => LearnedModel | undefined;
  readonly log: Log;
  readonly checkLimits?: CheckLimits;
  /** Area assumed when nobody says one. */
  readonly defaultArea?: string;
  /** The operator's embedding endpoint in place of the learned vectors, and where its vectors are kept. */
  readonly endpoint?: EmbeddingEndpoint & { readonly folder: string };
  /** An optional language model; without one nothing is asked of anybody. */
  readonly model?: ModelSettings;
}

export interface Answering {
  readonly handler: TurnHandler;
  /** The search index of a library, built once. */
  readonly searchOf: (library: Library) => SearchIndex;
  /** Blocks held back so far, by gate. */
  readonly heldBack: Readonly<Record<GateName, number>>;
  /** Counters of the language model, when one is configured. */
  readonly modelStats?: Readonly<ModelStats>;
}

/** Longest message read; the rest is left, and said so. */
const LONGEST = 2000;

export function createAnswering(parts: AnsweringParts): Answering {
  let router: Router | undefined;
  const routerOnce = () => {
    router ??= createRouter(parts.routes);
    return router;
  };
  const indexes = new WeakMap<Library, SearchIndex>();
  const model = parts.model ? createModel(parts.model, parts.log) : undefined;
  const heldBack = Object.fromEntries(gateNames.map((gate) => [gate, 0])) as Record<GateName, number>;

  function searchOf(library: Library): SearchIndex {
    const known = indexes.get(library);
    if (known) return known;
    const made = createSearchIndex(passagesOf(library), parts.searchModel);
    indexes.set(library, made);
    return made;
  }

  const semantics = new WeakMap<Library, Promise<SemanticSearch>>();

  /** The index these questions are searched in: with the operator's endpoint, their vectors are fetched first. */
  async function searchFor(library: Library, questions: readonly string[]): Promise<SearchIndex> {
    const { endpoint } = parts;
    if (!endpoint) return searchOf(library);
    let semantic = semantics.get(library);
    if (!semantic) {
      semantic = openEndpoint(endpoint).then((embeddings) =>
        createSemanticSearch(searchOf(library), passagesOf(library), {
          embeddings,
          folder: endpoint.folder,
          stamp: `${library.release.digest} ${endpoint.baseUrl} ${endpoint.model}`,
          onFailure: (err) => parts.log.warn({ err }, "embedding endpoint failed"),
        }),
      );
      semantics.set(library, semantic);
    }
    return (await semantic).forQuestions(questions);
  }

  /** One matter, composed and checked. What fails a gate is counted, logged and left out. */
  function compose(ask: Ask, heard: readonly string[]): Answer {
    const answer = openFirst(ask, composers[ask.part.intent](ask));
    const { answer: checked, violations } = checkAnswer(answer, ask.library, ask.today, heard);
    for (const { gate, block, said } of violations) {
      heldBack[gate] += 1;
      parts.log.warn({ gate, intent: ask.part.intent, block, said }, "held back by a gate");
    }
    if (violations.length === 0 || checked.blocks.length > 0) return checked;
    return {
      ...checked,
      outcome: "failed",
      blocks: [{ kind: "notice", level: "warn", text: conduct.fallback }],
      citations: [],
    };
  }

  /** The model's part, within the turn's one budget: a tie broken, a search worded anew, rows said plainly. */
  async function withModel(ask: Ask, heard: readonly string[], deadline: number): Promise<Answer> {
    if (!model) return compose(ask, heard);
    const question = ask.part.text;
    const tied = tiedIntents(ask.part);
    const chosen = tied.length > 1 ? await breakTie(model, question, tied, deadline) : undefined;
    const settledAsk = chosen ? { ...ask, part: { ...ask.part, intent: chosen } } : ask;
    let answer = compose(settledAsk, heard);
    if (answer.outcome === "not_found" && answer.intent === "lawLookup") {
      const query = await rewrite(model, question, deadline);
      if (query) answer = compose({ ...settledAsk, part: { ...settledAsk.part, text: query } }, heard);
    }
    if (!phrased.has(answer.intent) || answer.outcome !== "answered") return answer;
    return phrase(model, question, answer, { library: ask.library, today: ask.today, deadline });
  }

  const handler: TurnHandler = async (context) => {
    const { said, conversation, library, today, role, turn } = context;
    const chosen = said.choice ? applyChoice(said.choice, conversation.memory) : undefined;
    let memory = chosen?.memory ?? conversation.memory;
    const area = turn.area ?? parts.defaultArea;
    const text = said.text.length > LONGEST ? said.text.slice(0, LONGEST) : said.text;
    const understood = chosen
      ? [chosenPart(chosen, { memory, library, today, area })]
      : understand(text, {
          router: routerOnce(),
          library,
          memory,
          today,
          role,
          area,
        }).parts;
    const heard = [text, memory.pending?.text ?? "", ...rememberedWords(memory)];
    const limited = refuseChecks(parts.checkLimits, understood, context);
    if (limited) return limited;

    const answers: Answer[] = [];
    const deadline = performance.now() + (model?.settings.timeoutMs ?? 0);
    const search = await searchFor(
      library,
      understood.map((part) => part.text),
    );
    for (const one of sharing(understood)) {
      const part = completed(settled(one, memory), { memory, library, today, area });
      const ask: Ask = {
        part,
        memory,
        library,
        today,
        calendar: parts.calendar(),
        search,
        role,
        ...(area ? { area } : {}),
      };
      const answer = await withModel(ask, heard, deadline);
      answers.push(answer);
      memory = merge(memory, answer.remember, part);
    }
    const reply = join(answers, said.text.length > LONGEST);
    return { reply, memory };
  };
  return { handler, searchOf, heldBack, ...(model ? { modelStats: model.stats } : {}) };
}

/** Answers made of found texts, which plainer words may help. Days, sums and organs are never reworded. */
const phrased: ReadonlySet<Intent> = new Set([
  "lawLookup",
  "outdatedLaw",
  "recordAccess",
  "informationDisclosure",
  "officerManagement",
  "disclosureDuty",
]);

/** Routes with an allowance, a danger or a refusal behind them are never given or taken away by a model. */
const settledByRules: ReadonlySet<Intent> = new Set([
  "officerCheck",
  "emergency",
  "injection",
  "namedPerson",
  "complaint",
  "complaintStatus",
]);

/** The two routes the router found about equally likely, when it was sure of neither. */
export function tiedIntents(part: Part): readonly Intent[] {
  const [next] = part.alternatives;
  if (part.followUp || part.confidence >= 0.6 || !next || part.confidence - next.confidence > 0.1) return [];
  const tied = [part.intent, next.intent];
  return tied.some((intent) => settledByRules.has(intent)) ? [] : tied;
}

/** A guess in the middle of a talk is taken for more of the same talk. */
function settled(part: Part, memory: Memory): Part {
  const before = intentOf(memory.pending?.intent) ?? intentOf(memory.intent);
  const doubtful = part.confidence < ROUTE_THRESHOLD || (part.confidence < 1 && idle.has(part.intent));
  if (!doubtful || !before || part.text.length > LONGEST_ASIDE) return part;
  return { ...part, intent: before, followUp: true };
}

/** Nobody greets in the middle of a talk; a few words taken for that continue it. */
const idle: ReadonlySet<Intent> = new Set(["greeting", "thanks", "help", "outOfScope"]);

/** Longest message that may be a bare follow-up. */
const LONGEST_ASIDE = 12;

/** “复议找谁?起诉找谁?我是东演区城管罚的”: what is said once holds for all matters of the message. */
function sharing(parts: readonly Part[]): readonly Part[] {
  const organs = parts.find((part) => part.mentions.organs.length > 0)?.mentions.organs ?? [];
  const areas = parts.find((part) => part.mentions.areas.length > 0)?.mentions.areas ?? [];
  const day = parts.find((part) => part.mentions.trigger.kind === "day")?.mentions.trigger;
  return parts.map((part) => ({
    ...part,
    mentions: {
      ...part.mentions,
      organs: part.mentions.organs.length > 0 ? part.mentions.organs : organs,
      areas: part.mentions.areas.length > 0 ? part.mentions.areas : areas,
      trigger: part.mentions.trigger.kind === "none" && day ? day : part.mentions.trigger,
    },
  }));
}

/** An answer to what was asked back stands together with the question it finishes. */
function completed(
  part: Part,
  context: Pick<TurnContext, "library" | "today"> & { memory: Memory; area?: string },
): Part {
  const { pending } = context.memory;
  if (!part.followUp || !pending || pending.intent !== part.intent || pending.text === "") return part;
  const said = part.mentions.areas[0]?.codes;
  const memory = said?.length === 1 ? { ...context.memory, area: said[0] } : context.memory;
  const before = mentionsOf(pending.text, { ...context, memory });
  const own = part.mentions;
  // “那西演区的呢”: the organ of the same name there, not the one named before.
  const elsewhere = own.areas.length > 0 && context.memory.organ !== undefined;
  return {
    ...part,
    text: `${pending.text},${part.text}`,
    mentions: {
      ...before,
      ...own,
      organs: own.organs.length > 0 ? own.organs : elsewhere ? [] : before.organs,
      areas: own.areas.length > 0 ? own.areas : before.areas,
      trigger: own.trigger.kind === "none" ? before.trigger : own.trigger,
      amountsYuan: own.amountsYuan.length > 0 ? own.amountsYuan : before.amountsYuan,
      laws: own.laws.length > 0 ? own.laws : before.laws,
      certNos: own.certNos.length > 0 ? own.certNos : before.certNos,
    },
  };
}

/** What the person gave before, which may be repeated to them. */
function rememberedWords(memory: Memory): readonly string[] {
  return [
    memory.day ?? "",
    memory.amountYuan === undefined ? "" : `${memory.amountYuan}元`,
    ...Object.values(memory.facts ?? {}).map(String),
  ];
}

function merge(memory: Memory, remember: Partial<Memory>, part: Part): Memory {
  const party = part.mentions.party ?? memory.party;
  const next = { ...memory, ...(party ? { party } : {}), ...remember };
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
}

interface Chosen {
  readonly intent: Intent;
  readonly text: string;
  readonly memory: Memory;
}

/** A button: `do:<intent>` asks something new; the rest gives a fact to the question under way. */
function applyChoice(choice: string, memory: Memory): Chosen | undefined {
  const at = choice.indexOf(":");
  const [kind, value] = [choice.slice(0, at), choice.slice(at + 1)];
  const pending = intentOf(memory.pending?.intent) ?? intentOf(memory.intent) ?? "help";
  const text = memory.pending?.text ?? "";
  const on = (facts: Partial<Memory>, intent: Intent = pending): Chosen => ({
    intent,
    text,
    memory: { ...memory, ...facts },
  });
  switch (kind) {
    case "do": {
      const intent = intentOf(value);
      return intent ? { intent, text: "", memory: { ...memory, pending: undefined } } : undefined;
    }
    case "organ":
      return on({ organ: value }, memory.pending ? pending : "entityInfo");
    case "area":
      return on({ area: value });
    case "power":
      return on({ powerId: value });
    case "day": {
      const day = parseDay(value);
      return day ? on({ day }) : undefined;
    }
    case "act":
      return actKinds.some((known) => known === value) ? on({ act: value }) : undefined;
    case "rule":
      return on({ facts: { ...memory.facts, rule: value } }, "deadline");
    case "fact": {
      const fact = readFact(value);
      const [name = "", raw = ""] = value.split("=");
      if (!fact && name !== "procedure" && name !== "done" && name !== "seal") return undefined;
      const facts = { ...memory.facts, [name]: fact?.value ?? raw };
      if (name === "procedure") return on({ facts: { ...facts, done: "" } }, "procedure");
      return on({ facts }, name === "done" ? "procedure" : pending);
    }
    default:
      return undefined;
  }
}

const intentOf = (name: string | undefined): Intent | undefined =>
  intentNames.find((known) => known === name);

function chosenPart(
  chosen: Chosen,
  context: Pick<TurnContext, "library" | "today"> & { memory: Memory; area?: string },
): Part {
  const mentions = mentionsOf(chosen.text, { ...context, memory: chosen.memory });
  return {
    text: chosen.text,
    intent: chosen.intent,
    confidence: 1,
    alternatives: [],
    mentions,
    followUp: true,
  };
}

/** Every look-up of a certificate counts against the person's allowance, on every door alike. */
function refuseChecks(
  limits: CheckLimits | undefined,
  parts: readonly Part[],
  context: TurnContext,
): Handled | undefined {
  const checks = parts.some((part) => part.intent === "officerCheck" && part.mentions.certNos.length > 0);
  const refusal = checks ? limits?.refuse({ person: context.turn.person }, context.turn.at) : undefined;
  if (!refusal) return undefined;
  return {
    reply: {
      outcome: "declined",
      intent: "officerCheck",
      blocks: [{ kind: "notice", level: "warn", text: refusal }],
      choices: [{ id: "do:certificateDuty", label: "他该不该出示证件" }],
      citations: [],
    },
  };
}

const MOST_CHOICES = 8;

/** Several answers as one reply, in the order the matters were said. */
function join(answers: readonly Answer[], cut: boolean): Handled["reply"] {
  const blocks: Block[] = [];
  const citations: Citation[] = [];
  const choices: Choice[] = [];
  answers.forEach((answer, index) => {
    if (index > 0) blocks.push({ kind: "text", text: conduct.moreParts(intents[answer.intent]) });
    const places = answer.citations.map((citation) => {
      const at = citations.findIndex(
        (one) => one.record === citation.record && one.locator === citation.locator,
      );
      return at >= 0 ? at : citations.push(citation) - 1;
    });
    for (const block of answer.blocks) blocks.push(moveCites(block, places));
    for (const choice of answer.choices) {
      if (!choices.some((one) => one.id === choice.id)) choices.push(choice);
    }
  });
  if (cut) blocks.push({ kind: "notice", level: "info", text: conduct.tooLong });
  const [first] = answers;
  return {
    outcome: first?.outcome ?? "failed",
    intent: first?.intent ?? "help",
    blocks: dropRepeats(blocks),
    choices: choices.slice(0, MOST_CHOICES),
    citations,
    ...(answers.some((answer) => answer.modelWorded) ? { labels: [conduct.modelWorded] } : {}),
  };
}

function moveCites(block: Block, places: readonly number[]): Block {
  if (!("cites" in block) || !block.cites) return block;
  return { ...block, cites: block.cites.flatMap((index) => places[index] ?? []) };
}

/** The same sentence is said once. */
function dropRepeats(blocks: readonly Block[]): readonly Block[] {
  const said = new Set<string>();
  return blocks.filter((block) => {
    const key = JSON.stringify({ ...block, cites: undefined });
    if (said.has(key)) return false;
    said.add(key);
    return true;
  });
}
