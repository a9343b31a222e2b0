/** What a guess of the router is settled to by plain words and by the talk so far: rules in order, the first that fits. */
import type { Memory } from "../conversation.ts";
import { lacksTicket } from "./composers/fine.ts";
import { type Intent, intentNames } from "./intents.ts";
import { contentOf } from "./matching.ts";
import { turnTo } from "./understand/follow-up.ts";
import { ROUTE_THRESHOLD } from "./understand/router.ts";
import type { Part } from "./understanding.ts";

/** Below it, what the router only thinks a message is about is no match for words that say so. */
const SURE_OF_WORDS = 0.6;
/** Longest message that may be a bare follow-up. */
const LONGEST_ASIDE = 12;

const intentOf = (name: string | undefined): Intent | undefined =>
  intentNames.find((known) => known === name);

export function settled(part: Part, memory: Memory): Part {
  const named = matterNamed(part);
  if (named) return { ...part, intent: named };
  // “城管” after a greeting begins the talk.
  if (part.followUp && idle.has(part.intent) && part.mentions.organs.length > 0)
    return { ...part, intent: "entityInfo" };
  const before = intentOf(memory.pending?.intent) ?? intentOf(memory.intent);
  const goesOn = before && continued(part, memory, before);
  if (goesOn) return { ...part, intent: goesOn, followUp: true };
  // “要是过期不还呢” is said of what was last answered, not of an older question still open.
  if (part.followUp && part.confidence <= LEANING && part.intent === memory.pending?.intent)
    return { ...part, intent: turnedTo(part.text) ?? intentOf(memory.intent) ?? part.intent };
  const doubtful = part.confidence < ROUTE_THRESHOLD || (part.confidence < 1 && idle.has(part.intent));
  if (!doubtful || !before || idle.has(before) || part.text.length > LONGEST_ASIDE) return part;
  const turned = turnedTo(part.text);
  return { ...part, intent: turned ?? before, followUp: true, confidence: turned ? LEANING : 0 };
}

/** Another subject that a few words turn the talk to. */
const turnedTo = (text: string): Intent | undefined =>
  SUES_AFTER.test(text) ? "litigation" : /不(?:交|缴)/.test(text) ? "finePayment" : turnTo(text);
const SUES_AFTER = /(?:还|能|可以)告(?:不|吗|了)?[?]?$|^告谁|谁是被告/;

/** Confidence of a message that was only understood as leaning on the talk. */
const LEANING = 0.6;

/** Nobody greets in the middle of a talk; a few words taken for that continue it. */
const idle: ReadonlySet<Intent> = new Set(["greeting", "thanks", "help", "outOfScope"]);
/** Where a message lands that the router cannot place: an organ and little else. */
const vague: ReadonlySet<Intent> = new Set([...idle, "entityInfo", "competence", "onTheSpotGate", "insult"]);

/** The matter a message names in plain words. */
function matterNamed({ text, intent, confidence }: Part): Intent | undefined {
  // “派出所罚我五百,我没有”: tells what was done, and does not ask whether it may be done.
  if (intent === "competence" && TOLD.test(text) && !ASKED.test(text)) return "relief";
  if (CERTIFICATE_ALONE.test(text)) return "officerCheck";
  if (confidence < SURE_OF_WORDS && PAID_TO_HIM.test(text) && !ofMoney.has(intent)) return "finePayment";
  if (confidence >= SURE_OF_WORDS || !vague.has(intent)) return undefined;
  if (SUES.test(text)) return "litigation";
  if (/复议|申诉|不服(?!务)|不认(?:这个)?罚/.test(text)) return "relief";
  return lacksTicket(text) ? "finePayment" : undefined;
}

const CERTIFICATE_ALONE =
  /^(?:我?要?想?)?(?:查|核对|核实|核验|验)?(?:一?下)?(?:他的|这个)?执法证(?:件)?(?:号码?|编号)?[:,。?]?$/;
/** Money that goes to the officer himself. */
const PAID_TO_HIM =
  /(?:微信|支付宝|扫码|转账|转|扫)(?:给|到|了)?(?:钱)?(?:给)?(?:他|她|个人|私人)|(?:个人|私人)(?:的)?(?:码|账户|微信|收款)/;
const ofMoney: ReadonlySet<Intent> = new Set([
  "emergency",
  "complaint",
  "officerCheck",
  "finePayment",
  "onTheSpotGate",
]);
const TOLD =
  /(?:罚|扣|封|拆|拉走|没收)(?:了|走)?(?:我|俺|咱)|(?:让|叫|责令|要)(?:我|俺|咱)们?(?:家|店|厂)?(?:停|关|搬|拆)/;
const ASKED = /能|可以|有权|没权|权力|资格|凭(?:什么|啥)|吗|[?]|合法|合规|对不|不$|有没有|了没$|(?<!监)管/;
const SUES =
  /(?:我|要|想|就|去|准备|打算|能)(?:要|想|去|到|上)?(?:起诉|打官司|告(?:官|他|它|法院|上法院|到法院))/;

/** What a few words belong to in the talk under way, whatever they look like alone. */
function continued(part: Part, memory: Memory, before: Intent): Intent | undefined {
  const { text } = part;
  if (memory.pending && answersAsked(part, memory)) return before;
  if (text.length <= LONGEST_ASIDE && SUES_AFTER.test(text)) return "litigation";
  if (before === "officerCheck" && NAME_REPLY.test(text)) return before;
  if (
    handedIn.has(before) &&
    (HANDING_IN.test(text) || (text.length <= LONGEST_ASIDE && OF_THE_CASE.test(text)))
  )
    return before;
  const taken = memory.act === "coerciveMeasure" && text.length <= LONGEST_ASIDE && GIVEN_BACK.test(text);
  return taken ? "coercionGate" : undefined;
}

/** An organ or a day where one was asked for, and no new question. */
function answersAsked({ text, mentions, intent }: Part, memory: Memory): boolean {
  if (text.length > LONGEST_REPLY || QUESTION.test(text) || intent === "emergency") return false;
  const asked = memory.last?.asked;
  const organ = mentions.organs.some((one) => one.entityIds.length > 0 && text.includes(one.said));
  return (asked === "organ" && organ) || (asked === "day" && (organ || mentions.trigger.kind === "day"));
}
const LONGEST_REPLY = 20;
const QUESTION = /[?]|哪|怎么|咋|什么|啥|谁|几|多少|吗|呢|能|可以|有权|不$|投诉|复议|起诉|不服/;

/** “姓王”, “他叫王某”: goes with the number. */
const NAME_REPLY =
  /^(?:他|她|那人|证上)?(?:写的?是?)?(?:姓|叫|名字(?:是|叫)?|姓名(?:是)?)[\u4e00-\u9fa5]{1,4}$/;
/** “去哪里交材料”, “能当面说不”: of the application talked about, not of another matter. */
const HANDING_IN =
  /(?:材料|申请书|起诉状|状子|东西).{0,4}(?:去哪|哪里|哪儿|往哪|给谁|怎么)?(?:交|送|递|寄)|(?:去哪|哪里|哪儿|在哪|往哪|给谁|怎么)里?(?:交|送|递|寄)(?:材料|申请|状)/;
const OF_THE_CASE =
  /当面|说理|听我(?:说|讲)|不去|律师|花钱|要钱|收费|替我|(?:带|准备|写)(?:些|点)?(?:什么|啥)|怎么写|咋写/;
const handedIn: ReadonlySet<Intent> = new Set(["relief", "litigation", "hearingRight", "statementDefense"]);
/** “啥时候能要回来”: of what was taken away. */
const GIVEN_BACK = /要回|拿回|退还|还(?:给)?(?:我|俺|咱)|不还|(?:时候|天|多久)(?:能|才)?还/;

/** “归谁管”, “罚多少” alone: asked of the matter last told. */
export function ofLastMatter(part: Part, memory: Memory): Part {
  const { matter } = memory.last ?? {};
  if (!matter || !ofMatters.has(part.intent) || contentOf({ part }).length >= 2) return part;
  return { ...part, text: `${matter},${part.text}` };
}

const ofMatters: ReadonlySet<Intent> = new Set(["whoHandles", "benchmark", "exemption", "competence"]);
