/**
 * Plain words that open a script, or are sent to another door: a grievance told, a complaint followed, a published fact
 * contested. Triage comes first: before the form opens and before an answer is composed.
 */
import { actOf } from "../answering/act.ts";
import { asks } from "../answering/reading/polarity.ts";
import { isEmergency } from "../answering/understand/danger.ts";
import { normaliseQuestion } from "../answering/understand/normalise.ts";
import type { Router } from "../answering/understand/router.ts";
import { mentionsOf, understand } from "../answering/understand/understand.ts";
import type { Handled, TurnContext } from "../conversation.ts";
import type { Calendar } from "../law/calendar.ts";
import type { ActKind } from "../law/prior-reconsideration.ts";
import type { Choice } from "../reply.ts";
import { appealBlocks, appealCitations } from "./appeal.ts";
import { channelOf } from "./channels.ts";
import { contests } from "./contested.ts";
import { daysIn } from "./fields.ts";
import { INSIST } from "./intake-words.ts";
import { complains, partsOf, tells as tellsMore } from "./said-parts.ts";
import { losesReceipt, statusWish, unanswered } from "./status-words.ts";
import { TRIAGE_THRESHOLD, type Triager } from "./triage.ts";
import { type TriageName, triageKinds, triageNames } from "./triage-kinds.ts";
import { signedKind } from "./triage-signs.ts";

/** Below it the answering side asks back or explains how to complain. */
const SURE = 0.5;
/** A story nobody calls a complaint opens the form only when triage is this sure. */
const SURE_OF_GRIEVANCE = 0.95;
const ASKING =
  /[??]|吧$|对吧|几天|叫什么|什么名字|怎么|如何|哪里|哪儿|哪(?:个|家|些)|谁|多久|吗$|呢$|能不能|可不可以|有用|会不会|有没有权/;
/** Asks for help with what happened, not what the law says. */
const ASKS_HELP =
  /找谁|(?:怎么|咋)(?:办|整|弄)|去哪|能(?:不能)?(?:告|投诉|举报)|(?:怎么|如何|咋)(?:投诉|举报)|谁(?:来)?管/;
const WISHES =
  /^(?:我)?(?:要|想|想要)?(?:投诉|举报)|(?:我|俺)?(?:要|想|想要)(?:投诉|举报)|[,,。\s](?:投诉|举报)[。!!]?$/;

const BARE_WISH = /^(?:我)?(?:要|想|想要)?(?:投诉|举报)[。!!]?$/;

/** A shop, a gang, a neighbour: not for the oversight of enforcement, so no form opens; nor while danger lasts. */
const elsewhere: ReadonlySet<string> = new Set(["otherChannel", "whoHandles", "namedPerson", "emergency"]);

export type Want =
  | { readonly kind: "script"; readonly name: string; readonly seed?: string }
  | { readonly kind: "reply"; readonly handled: Handled };

const script = (name: string, seed?: string): Want => ({ kind: "script", name, ...(seed && { seed }) });

/**
 * A story or a plain wish opens the form; a question about complaining is a question and is answered as one.
 *
 * @returns undefined when the words want something else or several things.
 */
export function createWants(
  router: Router,
  triage: Triager,
  calendar: () => Calendar,
): (context: TurnContext) => Want | undefined {
  return (context) => {
    const { said, library, conversation, today, role, turn } = context;
    const { memory } = conversation;
    const { text } = said;
    if (text.length < 2 || role === "officer" || isEmergency(normaliseQuestion(text))) return undefined;
    const door = memory.intent === "otherChannel" ? doorNamed(memory.sentTo) : undefined;
    if (door && ASKS_NUMBER.test(text)) return { kind: "reply", handled: sentTo(door, context, calendar) };
    if (
      COMPLAINS_OF_US.test(text) &&
      mentionsOf(normaliseQuestion(text), { library, memory: {}, today }).organs.length === 0
    )
      return { kind: "reply", handled: sorry(context) };
    const lodged = memory.lodged === true;
    if (losesReceipt(text) && (lodged || text.includes("回执"))) return script("status");
    if (unanswered(text) && signedKind(normaliseQuestion(text)) !== "inaction")
      return { kind: "reply", handled: unansweredReply(context) };
    if (statusWish(text, lodged)) return script("status");
    if (BARE_WISH.test(text.trim())) return script("complaint");
    if (text.length < 4) return undefined;
    if (contests(text)) return script("correction");

    const place = { library, memory, today, area: turn.area };
    const judged = triage(text, mentionsOf(normaliseQuestion(text), place));
    const wishes = complains(text) || (WISHES.test(text) && !ASKING.test(text));
    const signed = signedKind(normaliseQuestion(text));
    if (door) {
      const further = afterBeingSent(door, signed, text, judged.kind);
      if (further === "form") return script("complaint", INSIST);
      if (further === "door") return { kind: "reply", handled: sentTo(door, context, calendar) };
    }
    const tells = signed !== undefined && (!ASKING.test(text) || ASKS_HELP.test(text));
    if (tells && (signed === "inaction" || !triageKinds[signed].intake))
      return { kind: "reply", handled: sentTo(signed, context, calendar) };

    const [part, ...others] = understand(text, {
      router,
      library,
      memory,
      today,
      role,
      ...(turn.area ? { area: turn.area } : {}),
    }).parts;
    // Someone else's wrong, reported: the answering side finds who handles it.
    const answered = part !== undefined && elsewhere.has(part.intent) && part.confidence >= SURE;
    if (wishes && !answered)
      return belongsElsewhere(judged.kind) && judged.confidence >= TRIAGE_THRESHOLD
        ? { kind: "reply", handled: sentTo(judged.kind, context, calendar) }
        : script("complaint");
    if (!part || part.followUp) return undefined;
    // What asks what the law says of it is answered; the form is a button away.
    if (asks(normaliseQuestion(text)) && !ASKS_HELP.test(text)) return undefined;
    if (tellsGrievance(text) && part.intent !== "relief") {
      const ours = judged.kind === "enforcement" || judged.kind === "discretion";
      if (ours && judged.confidence >= SURE_OF_GRIEVANCE) return script("complaint");
    }
    if (others.length > 0 || part.confidence < SURE) return undefined;
    if (part.intent === "complaint" && text.length >= 12 && !ASKING.test(text)) return script("complaint");
    if (part.intent === "complaintStatus" && /回执|进度|我的投诉|查/.test(text)) return script("status");
    return undefined;
  };
}

/** The assistant itself is complained of: no organ, nothing to register. */
const COMPLAINS_OF_US =
  /(?:投诉|投拆|举报)(?:一下)?(?:你们?|这(?:个|破)?(?:机器人|系统|客服|助手|平台|网站|软件))(?:$|[,,。!!\s]|[^局所队的]{0,3}(?:一问三不知|不(?:会|懂|行|中用)|没用|答非所问|态度))/;

function sorry({ conversation }: TurnContext): Handled {
  return {
    reply: {
      outcome: "clarify",
      intent: "help",
      blocks: [
        {
          kind: "text",
          text: "对不起,没有答好。是哪个问题没答上?请再说一遍,最好带上是哪个单位、收到的是什么、哪一天。",
        },
        {
          kind: "text",
          text: "想找人工,可以打 12345(政务服务便民热线)。要投诉执法人员,说“投诉”加上单位就能登记。",
        },
      ],
      choices: [],
      citations: [],
    },
    memory: { ...conversation.memory, intent: "help" },
  };
}

/** Doors beside which what happened may be registered here too, for whoever goes on telling. */
const alsoHere: ReadonlySet<TriageName> = new Set(["police", "inaction"]);

/** Sent somewhere, the person tells more: into the form where that was offered, else of the same door; undefined: of something else. */
function afterBeingSent(
  door: TriageName,
  signed: TriageName | undefined,
  text: string,
  judged: TriageName,
): "form" | "door" | undefined {
  if (INSISTS.test(text)) return "form";
  const here = complains(text) && triageKinds[signed ?? judged].intake;
  if (here && signed !== "inaction") return "form";
  if (signed !== undefined && signed !== door) return undefined;
  if (!tellsMore(text) || partsOf(text).some((part) => part.kind === "ask")) return undefined;
  // “行政拘留 昨天送走的”: a decision is told of, not more of what was done to somebody.
  if (door === "police" && decided.has(actOf(text) ?? "other")) return undefined;
  return alsoHere.has(door) ? "form" : "door";
}

const decided: ReadonlySet<ActKind> = new Set(["detention", "penalty", "onTheSpotPenalty"]);

const INSISTS =
  /(?:仍|还是|就是|坚持|非|偏)(?:要|想)?(?:在这里?)?(?:投诉|登记|举报)|(?:帮我|给我|直接)登记|^(?:那)?(?:就)?(?:在这里?)?登记(?:吧|上)?$|(?:那|这)个?(?:也)?(?:写|记|加)(?:进去|上)/;

/** “电话多少”, after being sent somewhere. */
const ASKS_NUMBER =
  /^(?:那)?(?:它|他们)?(?:的)?(?:电话|号码|热线)(?:号码?)?(?:是)?(?:多少|呢|几号|有吗|给我)?[??]?$|^(?:打)?(?:哪个|什么|啥)(?:电话|号码?)[??]?$/;

const doorNamed = (name: string | undefined): TriageName | undefined =>
  triageNames.find((one) => one === name);

function belongsElsewhere(kind: TriageName): boolean {
  return kind === "inaction" || (!triageKinds[kind].intake && kind !== "question" && kind !== "emergency");
}

/** Told, not asked: the person's own story in more than one clause. */
function tellsGrievance(text: string): boolean {
  return (
    text.length >= 20 &&
    /我|俺/.test(text) &&
    !ASKING.test(text) &&
    text.split(/[,,。;;!!]/).filter(Boolean).length >= 2
  );
}

/** The right door at once; complaining here all the same stays one press away, with what was told. */
function sentTo(kind: TriageName, context: TurnContext, calendar: () => Calendar): Handled {
  const { said, conversation, today } = context;
  const { blocks, citations } = channelOf(kind, context);
  const days = daysIn(said.text, today);
  const appeal =
    kind === "relief"
      ? appealBlocks(days.length === 1 ? days[0] : undefined, calendar(), citations.length)
      : [];
  return {
    reply: {
      outcome: "redirected",
      intent: "otherChannel",
      blocks: [...blocks, ...appeal],
      choices: choicesOf(kind),
      citations: [...citations, ...(appeal.length > 0 ? appealCitations() : [])],
    },
    memory: { ...conversation.memory, intent: "otherChannel", sentTo: kind, told: toldOf(context) },
  };
}

/** What was said, kept for whoever complains here all the same. */
function toldOf({ said, conversation }: TurnContext): readonly string[] {
  const before = conversation.memory.told ?? [];
  return ASKS_NUMBER.test(said.text) ? before : [...before, said.text.slice(0, 600)].slice(-4);
}

function choicesOf(kind: TriageName): readonly Choice[] {
  const insist = (label: string): Choice => ({ id: "start:complaint:insist", label });
  switch (kind) {
    case "inaction":
      return [insist("登记投诉"), { id: "do:relief", label: "怎么申请复议" }];
    case "relief":
      return [{ id: "do:relief", label: "怎么申请复议" }, insist("仍要投诉执法行为")];
    case "discipline":
      return [insist("另有执法行为要投诉")];
    default:
      return [insist("仍要投诉执法人员")];
  }
}

/** Complained before and nobody answers: here the receipt shows where it stands; elsewhere that silence can be complained of. */
function unansweredReply(context: TurnContext): Handled {
  const { blocks, citations } = channelOf("enforcement", context);
  const [, call] = blocks;
  return {
    reply: {
      outcome: "clarify",
      intent: "complaintStatus",
      blocks: [
        {
          kind: "text",
          text: "在这里登记过的,请把 17 位回执编号发来:我查到了哪一步、最迟哪天答复,也能替您把催办的话转给办理机构。回执丢了的,直接说“回执丢了”。",
        },
        {
          kind: "text",
          text: "是向那个单位自己或者别处投诉、没人理的:可以在这里登记它不处理,由执法监督机构督促。",
        },
        ...(call ? [call] : []),
      ],
      choices: [
        { id: "start:status", label: "凭回执查询、催办" },
        { id: "start:complaint:insist", label: "登记它不处理" },
      ],
      citations,
    },
    memory: {
      ...context.conversation.memory,
      intent: "complaintStatus",
      told: toldOf(context),
    },
  };
}
