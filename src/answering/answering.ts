/**
 * The last handler of a turn: understand, let each matter's composer answer, join, pass the gates.
 * Without a language model everything happens in memory, in one or two milliseconds.
 */
import {
  emptyConversation,
  type Handled,
  type Memory,
  type TurnContext,
  type TurnHandler,
} from "../conversation.ts";
import type { Calendar } from "../law/calendar.ts";
import type { Log } from "../log.ts";
import type { CheckLimits } from "../officers/limits.ts";
import { type Library, oncePerLibrary } from "../records/library.ts";
import { passagesOf } from "../records/passages.ts";
import type { Citation } from "../reply.ts";
import { type EmbeddingEndpoint, openEndpoint } from "../search/embeddings.ts";
import type { LearnedModel } from "../search/model.ts";
import type { SearchIndex } from "../search/passage.ts";
import type { SemanticSearch } from "../search/semantic.ts";
import { lookUps } from "../tools/tools.ts";
import type { Role } from "../turn.ts";
import { conduct } from "../wording/law.ts";
import type { Answer, Ask } from "./answer.ts";
import { answerPart, type Finding } from "./answer-part.ts";
import {
  type Consultant,
  createConsultant,
  type ModelSettings,
  type ModelStats,
} from "./consulting/consultant.ts";
import { questionOf } from "./consulting/tell-evidence.ts";
import {
  applyChoice,
  chosenPart,
  completed,
  impliedChoice,
  merge,
  rememberedWords,
  sharing,
} from "./continuing.ts";
import { declining } from "./declining.ts";
import { recordsFor } from "./demo.ts";
import type { LearnedFinder } from "./finding/model.ts";
import type { ServiceAsk } from "./finding/unit.ts";
import { checkAnswer, type GateName, gateNames } from "./gates/gates.ts";
import { breath, openFindings } from "./indexing/findings.ts";
import { join } from "./joining.ts";
import { speaksAsOfficer } from "./reading/polarity.ts";
import { notAgain } from "./repeating.ts";
import { ofLastMatter, settled } from "./settling.ts";
import { framed } from "./talk/frame.ts";
import { fold } from "./telling/fold.ts";
import { pointOf } from "./telling/point.ts";
import { topicsOf } from "./telling/topics.ts";
import { normaliseQuestion } from "./understand/normalise.ts";
import type { Router } from "./understand/router.ts";
import { understand } from "./understand/understand.ts";
import type { Part } from "./understanding.ts";

export interface AnsweringParts {
  readonly calendar: () => Calendar;
  /** Made from its weights when the first question needs it. */
  readonly router: () => Router;
  readonly searchModel?: () => LearnedModel | undefined;
  /** The learned finder; without one every matter goes to the composer of its route. */
  readonly finder?: () => LearnedFinder | undefined;
  /** How people ask for what is computed. */
  readonly serviceAsks?: () => readonly ServiceAsk[];
  readonly log: Log;
  readonly checkLimits?: CheckLimits;
  /** Area assumed when nobody says one. */
  readonly defaultArea?: string;
  /** The operator's embedding endpoint in place of the learned vectors, and where its vectors are kept. */
  readonly endpoint?: EmbeddingEndpoint & { readonly folder: string };
  /** Where indexes are kept between starts; without one they are made anew. */
  readonly indexFolder?: string;
  /** An optional language model; without one nothing is asked of anybody. */
  readonly model?: ModelSettings;
}

export interface Answering {
  readonly handler: TurnHandler;
  /** The search index of a library, made once, when it is first searched. */
  readonly searchOf: (library: Library) => SearchIndex;
  /** The finder of a library's points, made once; undefined without a learned finder. */
  readonly findingOf: (library: Library) => Finding | undefined;
  /** Makes now what the first question to a library would wait for: before anybody can ask. */
  warm(library: Library): Promise<void>;
  /** The same a little at a time, beside the answers to others. */
  prepare(library: Library): Promise<void>;
  /** Blocks held back so far, by gate. */
  readonly heldBack: Readonly<Record<GateName, number>>;
  /** Counters of the language model, when one is configured. */
  readonly modelStats?: Readonly<ModelStats>;
}

export function createAnswering(parts: AnsweringParts): Answering {
  const consultant = parts.model && createConsultant(parts.model, lookUps, parts.log);
  const heldBack = Object.fromEntries(gateNames.map((gate) => [gate, 0])) as Record<GateName, number>;

  const { searchOf, findingOf, ready } = openFindings(parts);

  const semanticOf = oncePerLibrary(async (library): Promise<SemanticSearch | undefined> => {
    const { endpoint } = parts;
    if (!endpoint) return undefined;
    const { createSemanticSearch } = await import("../search/semantic.ts");
    return createSemanticSearch(searchOf(library), passagesOf(library), {
      embeddings: await openEndpoint(endpoint),
      folder: endpoint.folder,
      stamp: `${library.release.digest} ${endpoint.baseUrl} ${endpoint.model}`,
      onFailure: (err) => parts.log.warn({ err }, "embedding endpoint failed"),
    });
  });

  /** The index these questions are searched in: with the operator's endpoint, their vectors are fetched first. */
  async function searchFor(library: Library, questions: readonly string[]): Promise<SearchIndex> {
    const semantic = await semanticOf(library);
    return semantic ? semantic.forQuestions(questions) : searchOf(library);
  }

  /** One matter, composed and checked. What fails a gate is counted, logged and left out. */
  function compose(ask: Ask, heard: readonly string[]): Answer {
    const answer = declining(ask) ?? answerPart(ask, findingOf(ask.library));
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

  /** What our finding is unsure of goes to the operator's model, within the turn's one budget; we tell what it points to. */
  async function withModel(
    ask: Ask,
    heard: readonly string[],
    asked: Consultant | undefined,
    until: number,
  ): Promise<Answer> {
    const answer = compose(ask, heard);
    if (!asked || !answer.unsure) return answer;
    const told = ask.memory.talk?.unit;
    const before = pointOf(ask, told)?.lead ?? topicsOf(ask.memory.intent ?? "")[0];
    const { library, today, calendar, search, role, area } = ask;
    const house = { library, today, calendar, search, role, area, finding: findingOf(library) };
    const consulted = await asked.consult(questionOf(ask, before), house, until);
    return consulted ? compose({ ...ask, consulted }, heard) : answer;
  }

  async function answer(context: TurnContext, asked?: Consultant): Promise<Handled> {
    const { said, conversation, today, turn } = context;
    const spoken = { text: said.text, choice: said.choice, area: turn.area ?? parts.defaultArea };
    const library = recordsFor(context.library, spoken, conversation.memory);
    const role = roleIn(context);
    const choice = said.choice ?? impliedChoice(said.text, conversation.memory);
    const chosen = choice ? applyChoice(choice, conversation.memory) : undefined;
    let memory = chosen?.memory ?? conversation.memory;
    const area = turn.area ?? parts.defaultArea;
    const { text } = said;
    const understood = chosen
      ? [chosenPart(chosen, { memory, library, today, area })]
      : understand(text, {
          router: parts.router(),
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
    const deadline = performance.now() + (consultant?.settings.timeoutMs ?? 0);
    const search = await searchFor(
      library,
      understood.map((part) => part.text),
    );
    for (const one of sharing(understood)) {
      const part = completed(ofLastMatter(settled(one, memory), memory), { memory, library, today, area });
      const ask: Ask = {
        part,
        said: one.text,
        memory,
        library,
        today,
        calendar: parts.calendar(),
        search,
        role,
        ...(area ? { area } : {}),
        ...(chosen?.point ? { chosenPoint: chosen.point } : {}),
      };
      const whole = await withModel(ask, heard, asked, deadline);
      const answer = notAgain(ask, chosen?.full ? whole : fold(ask, whole));
      answers.push(answer);
      memory = merge({ ...memory, ...framed(ask) }, answer.remember, part);
    }
    const joined = join(answers, said.whole.length > text.length);
    const reply = isEnglish(said.text)
      ? { ...joined, blocks: [{ kind: "text", text: conduct.inEnglish } as const, ...joined.blocks] }
      : joined;
    return { reply, memory: rememberCited(memory, reply.citations) };
  }

  return {
    handler: (context) => answer(context, consultant),
    searchOf,
    findingOf,
    async warm(library) {
      searchOf(usualRecords(library)).find(FIRST_QUESTION, {}, 1);
      await answer(firstTurn(library));
    },
    async prepare(library) {
      await ready(library);
      await breath();
      searchOf(usualRecords(library)).find(FIRST_QUESTION, {}, 1);
      await breath();
      await answer(firstTurn(library));
    },
    heldBack,
    ...(consultant ? { modelStats: consultant.stats } : {}),
  };
}

/** As the door knows it, else as the person speaks. */
const roleIn = ({ role, said, conversation }: TurnContext): Role =>
  conversation.memory.speaker === "officer" || speaksAsOfficer(normaliseQuestion(said.text))
    ? "officer"
    : role;

/** Loads what is loaded with the first question, and no more: a lookup of organs, a computed day, traditional script. */
const FIRST_QUESTION = "區市場監管局罰款2000元,不服找誰";

/** What most people are answered from. */
const usualRecords = (library: Library): Library => recordsFor(library, { text: FIRST_QUESTION }, {});

/** Nobody's turn; nothing of it is kept. */
function firstTurn(library: Library): TurnContext {
  const day = "2026-11-24";
  const turn = {
    id: "warm",
    door: "api",
    conversation: "warm",
    person: "warm",
    role: "citizen",
    text: FIRST_QUESTION,
    files: [],
    at: new Date(day),
  } as const;
  return {
    turn,
    said: { text: FIRST_QUESTION, whole: FIRST_QUESTION },
    role: "citizen",
    conversation: emptyConversation,
    library,
    today: day,
  };
}

/** Most citations a number said later can mean. */
const MOST_CITED = 40;

/** Record ids in the order the reply numbers them. */
function rememberCited(memory: Memory, citations: readonly Citation[]): Memory {
  if (citations.length === 0) return memory;
  const cited = citations.slice(0, MOST_CITED).map((citation) => citation.record);
  return { ...memory, last: { ...memory.last, cited } };
}

/** English by its small words; pinyin has none of them. */
const isEnglish = (text: string) =>
  !/\p{Script=Han}/u.test(text) &&
  /\b(?:how|what|where|when|who|why|is|the|my|can|does?|please|i)\b/i.test(text);

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
