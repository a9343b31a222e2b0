/**
 * The intake as a table of steps, in the order a person tells it; how one is registered comes last. Whatever a message
 * tells is heard first (`hearing.ts`); a step reads its buttons and the words that are only its own answer.
 */
import { matters } from "../cases/matters.ts";
import type { Heard, Input, Prompt, Reading, Script, Step } from "../dialogue/engine.ts";
import { parseDay, sayDate } from "../law/day.ts";
import type { Library } from "../records/library.ts";
import type { Block, Choice } from "../reply.ts";
import type { DoorName } from "../turn.ts";
import { channelOf } from "./channels.ts";
import { type SaidContested, sayContested } from "./contested.ts";
import { type FieldName, fields, readField } from "./fields.ts";
import type { Secrecy } from "./filing.ts";
import { announcesQuestion, asksSomething, explained, saysUnknown } from "./form-questions.ts";
import {
  belongsElsewhere,
  ENOUGH_STORY,
  type Hearing,
  heardIn,
  isSingle,
  LONGEST_STORY,
  settled,
} from "./hearing.ts";
import { concernsDecision, IntakeDraft } from "./intake-draft.ts";
import { secrecyLabels, secrecyMeanings, whoSees, whoSeesWhat } from "./intake-words.ts";
import { answeredBy, sayChanges } from "./putting.ts";
import { plainReceipt, receiptChecks, sayReceipt } from "./receipt.ts";
import { wishIn } from "./status-words.ts";
import { triageKinds } from "./triage-kinds.ts";

export interface IntakeFacts extends Hearing {
  readonly door: DoorName;
  /** The appeal limit of the decision complained of, in blocks citing from 0, and in one line. */
  readonly appeal: (draft: IntakeDraft) => readonly Block[];
  readonly appealLine: (draft: IntakeDraft) => string;
  /** What the typed receipt leads to; present at the last step only. */
  readonly typedVerifier?: string;
}

type IntakeStep = Step<IntakeDraft, IntakeFacts>;

const ask = (text: string, choices: readonly Choice[] = []): Prompt => ({
  blocks: [{ kind: "text", text }],
  choices,
});
const take = (draft: IntakeDraft, to?: string): Reading<IntakeDraft> => ({ kind: "take", draft, to });
const again = (because: string): Reading<IntakeDraft> => ({ kind: "again", because });
/** What was typed; a button's text is none. */
const typed = (input: Input): string => (input.choice === undefined ? input.text.trim() : "");

/** The words read as this step's own field. */
function readAs(
  field: FieldName,
  input: Input,
  draft: IntakeDraft,
  facts: IntakeFacts,
): Reading<IntakeDraft> | undefined {
  const reading = readField(field, typed(input), facts, draft, "asked");
  if (!reading) return undefined;
  return reading.kind === "refused" ? again(`${reading.why}`) : take({ ...draft, ...reading.change });
}

/** “不知道”, said at length: as good as 跳过. */
const unknown = (input: Input): boolean => input.choice === undefined && saysUnknown(input.text.trim());

export const WARNED = "确认已抄好";

const agree: IntakeStep = {
  name: "去处",
  beside: true,
  takes: "在两个选项中选一个",
  known: (draft) => !belongsElsewhere(draft),
  ask: (draft, facts) => {
    const { label, blocks } = channelOf(draft.triage ?? "question", facts);
    return {
      blocks: [
        ...blocks,
        { kind: "text", text: `这件事看来属于“${label}”。您愿意按上面的渠道办,还是${insistOn(draft)}?` },
      ],
      choices: [
        { id: "agree:go", label: "按这个渠道办" },
        { id: "agree:stay", label: insistOn(draft) },
      ],
    };
  },
  read: (input, draft) => {
    if (input.choice === "agree:go" || /^(?:好|好的|行|可以|同意|按.*办|知道了)[。!!]?$/.test(typed(input)))
      return take(draft, "elsewhere");
    if (input.choice === "agree:stay" || /仍要|还是要|坚持|另有|要投诉|继续投诉/.test(typed(input)))
      return take(stays(draft));
    return undefined;
  },
  next: () => "what",
};

const insistOn = (draft: IntakeDraft): string =>
  draft.triage === "discipline" ? "另有执法行为要投诉" : "仍要投诉执法行为";

/** Goes on here against advice. Of a bribe nothing was taken in: the story is still to be told. */
export function stays(draft: IntakeDraft): IntakeDraft {
  const staying = { ...draft, agreed: true };
  return { ...staying, tellAppeal: concernsDecision(staying) };
}

const secrecy: IntakeStep = {
  name: "保密方式",
  takes: "选一种登记方式,请选择:匿名、保密、实名",
  known: (draft, facts) => draft.secrecyDone || draft.secrecy !== undefined || !facts.identityAllowed,
  ask: (_draft, facts) => ({
    blocks: [
      {
        kind: "card",
        title: "最后,您希望怎样登记?",
        rows: levelsOf(facts).map((level) => ({
          label: secrecyLabels[level],
          value: secrecyMeanings[level],
        })),
      },
    ],
    choices: levelsOf(facts).map((level) => ({ id: `secrecy:${level}`, label: secrecyLabels[level] })),
  }),
  read: (input, draft, facts) => {
    const pressed = levelsOf(facts).find((one) => input.choice === `secrecy:${one}`);
    if (pressed) return take({ ...draft, secrecy: pressed });
    return /^(?:随便|都行|都可以|无所谓|你(?:看着)?定)[。!!]?$/.test(typed(input))
      ? take({ ...draft, secrecyDone: true })
      : undefined;
  },
  skip: (draft) => ({ ...draft, secrecyDone: true }),
  next: () => "name",
};

function levelsOf(facts: IntakeFacts): readonly Secrecy[] {
  return facts.identityAllowed ? ["confidential", "anonymous", "named"] : ["anonymous"];
}

const what: IntakeStep = {
  name: "经过",
  takes: "说说发生了什么:哪个单位的人做了什么",
  known: (draft) => (draft.what?.trim().length ?? 0) >= ENOUGH_STORY,
  ask: (draft) =>
    ask(
      draft.what === undefined
        ? "请说说发生了什么:哪个单位的人做了什么,什么时候,在哪里。想到什么说什么,分几次说也行。"
        : "具体是怎么回事?哪个单位的人、做了什么、多少钱,想到什么说什么。",
    ),
  read: (input, draft) => {
    const text = typed(input);
    if (text.length > LONGEST_STORY) return again("内容超过 8000 字,请精简,其余可作为文件发来。");
    // Asked again to be put right, it replaces what was told; a beginning too short to stand is added to.
    return (draft.what?.length ?? 0) >= ENOUGH_STORY &&
      input.choice === undefined &&
      text.length >= ENOUGH_STORY
      ? take({ ...draft, what: text })
      : undefined;
  },
  next: () => "organ",
};

/** What is wrong with the record contested; the words that opened the form may be all there is to say. */
const wrong: IntakeStep = {
  known: what.known,
  name: "说明",
  takes: "说明哪里不对、应当是什么",
  prose: (input) => announcesQuestion(typed(input)),
  ask: (draft, facts) => {
    const contested = contestedBy(draft, facts.library);
    const shown = contested?.field ?? contested?.source;
    const which = contested
      ? `您说的是:${contested.name}${shown ? `,${shown}` : ""}。请说明哪里不对、应当是什么。`
      : "您要更正一条公布的信息。请写明是哪个机关、哪一条,哪里不对、应当是什么。";
    return ask(`${which}${draft.claim ? "不知道应当是什么可以跳过。" : ""}`);
  },
  read: (input, draft) => {
    const text = input.text.trim();
    const told = draft.claim && !draft.what ? `${draft.claim.replace(/[。!!]$/, "")}。${text}` : text;
    if (told.length < 4 || text === "") return again("内容太短,请至少写 4 个字,说明哪里不对。");
    if (text.length > LONGEST_STORY) return again("内容超过 8000 字,请精简。");
    return take({ ...draft, what: told });
  },
  skip: (draft) => ({ ...draft, what: draft.what ?? draft.claim ?? "只说有误,没有说明哪里不对" }),
  next: () => "contact",
};

/** The record of a correction, with the field its words speak of. */
export function contestedBy(draft: IntakeDraft, library: Library): SaidContested | undefined {
  const words = `${draft.claim ?? ""} ${draft.what ?? ""}`;
  return draft.record === undefined ? undefined : sayContested(draft.record, words, library);
}

const organ: IntakeStep = {
  name: "单位",
  takes: fields.organ.takes,
  known: (draft) => draft.organDone,
  ask: (draft, facts) => {
    const options = draft.organOptions.slice(0, 6).map((id) => ({
      id: `organ:${id}`,
      label: facts.library.entity(id).name,
    }));
    return options.length > 1
      ? ask(`“${draft.organName}”可能是以下单位,是哪一个?说出县(市、区)也行。`, options)
      : ask("投诉的是哪个单位?请写全称或常用名,最好带上所在的县(市、区)。不知道可以跳过,由工作人员辨认。");
  },
  read: (input, draft, facts) => {
    const chosen = /^organ:(.+)$/.exec(input.choice ?? "")?.[1];
    if (chosen && facts.library.find(chosen)?.kind === "entity")
      return take({ ...draft, organIds: [chosen], organOptions: [], organDone: true });
    if (unknown(input)) return take({ ...draft, organDone: true });
    const narrowed = ofArea(typed(input), draft, facts);
    if (narrowed) return narrowed;
    const reading = readAs("organ", input, draft, facts);
    if (reading?.kind !== "take" || reading.draft.organDone) return reading;
    // Chosen among several already and named the same again: a person finds out.
    if (draft.organOptions.length > 0) return take({ ...reading.draft, organOptions: [], organDone: true });
    return { kind: "again", because: "这个名称对应几个单位。", draft: reading.draft };
  },
  skip: (draft) => ({ ...draft, organDone: true }),
  next: () => "when",
};

/** “盐湖区的”: of the organs a nickname may mean, those of the place said. */
function ofArea(text: string, draft: IntakeDraft, facts: IntakeFacts): Reading<IntakeDraft> | undefined {
  const codes = facts.mentionsOf(text).areas[0]?.codes ?? [];
  if (draft.organOptions.length < 2 || codes.length === 0 || text.length > 8) return undefined;
  const there = draft.organOptions.filter((id) => codes.includes(facts.library.entity(id).area));
  const [only, ...others] = there;
  if (!only) return undefined;
  return others.length === 0
    ? take({ ...draft, organIds: [only], organOptions: [], organDone: true })
    : { kind: "again", because: "那里有几个。", draft: { ...draft, organOptions: there } };
}

const when: IntakeStep = {
  name: "时间",
  takes: fields.when.takes,
  known: (draft) => draft.whenDone,
  ask: () => ask("是哪一天的事?例如“11月3日”“上周五”。收到过决定书的,请写收到的日期。记不清可以跳过。"),
  read: (input, draft, facts) => {
    const chosen = parseDay(/^day:(.+)$/.exec(input.choice ?? "")?.[1] ?? "");
    if (chosen && chosen <= facts.today)
      return take({ ...draft, day: chosen, when: sayDate(chosen), whenDone: true });
    if (unknown(input)) return take({ ...draft, day: undefined, when: undefined, whenDone: true });
    return readAs("when", input, draft, facts);
  },
  skip: (draft) => ({ ...draft, day: undefined, when: undefined, whenDone: true }),
  next: () => "where",
};

const where: IntakeStep = {
  name: "地点",
  takes: fields.where.takes,
  known: (draft) => draft.whereDone,
  ask: () => ask("在什么地方发生的?写到街道或门店即可,可以跳过。"),
  read: (input, draft, facts) => {
    if (unknown(input)) return take({ ...draft, whereDone: true });
    return readAs("where", input, draft, facts);
  },
  skip: (draft) => ({ ...draft, whereDone: true }),
  next: () => "officer",
};

const officer: IntakeStep = {
  name: "人员",
  takes: fields.officer.takes,
  known: (draft) => draft.officerDone,
  ask: () => ask("知道执法人员的姓名或执法证号吗?不知道可以跳过。"),
  read: (input, draft, facts) =>
    unknown(input)
      ? take({ ...draft, officer: undefined, officerIds: [], officerDone: true })
      : readAs("officer", input, draft, facts),
  skip: (draft) => ({ ...draft, officer: undefined, officerIds: [], officerDone: true }),
  next: () => "files",
};

const files: IntakeStep = {
  name: "证据",
  takes: "发来文件;没有了就发“没有了”",
  known: (draft) => draft.filesDone,
  ask: (draft) =>
    ask(
      draft.files.length > 0
        ? `已收到 ${draft.files.length} 个文件。还可以继续发,或选“没有了”。`
        : "有照片、录音、视频或文书吗?直接发来就行,附带的拍摄地点、作者等信息会先去掉。没有就说“没有”。",
      draft.files.length > 0 ? [{ id: "files:done", label: "没有了" }] : [],
    ),
  read: (input, draft) => {
    if (input.files.length > 0) return { kind: "take", draft, to: "files" };
    const over =
      /^(?:(?:都|已经|就|没有?|再|也|没啥|其他|别的)*(?:没有?了?(?:照片|录音|视频|证据|文件|文书|材料)?|发?完了|就这些|好了|够了))[。!!]?$/.test(
        typed(input),
      );
    return input.choice === "files:done" || over ? take({ ...draft, filesDone: true }) : undefined;
  },
  skip: (draft) => ({ ...draft, filesDone: true }),
  next: () => "secrecy",
};

const name: IntakeStep = {
  name: "姓名",
  takes: `${fields.name.takes};不想留名可以发“匿名”或“保密”改过来`,
  known: (draft, facts) => draft.secrecy !== "named" || !facts.identityAllowed || draft.nameDone,
  ask: () => ask("您的姓名?只有承办人说明理由才能看到。"),
  read: (input, draft, facts) => readAs("name", input, draft, facts),
  next: () => "contact",
};

const contact: IntakeStep = {
  name: "联系方式",
  takes: fields.contact.takes,
  known: (draft, facts) =>
    draft.secrecy === undefined ||
    draft.secrecy === "anonymous" ||
    !facts.identityAllowed ||
    draft.contactDone,
  ask: () => ask("留一个联系方式吗(电话或邮箱)?可以跳过,之后凭回执也能查进度、和办理机构互相留言。"),
  read: (input, draft, facts) => readAs("contact", input, draft, facts),
  skip: (draft) => ({ ...draft, contactDone: true }),
  next: () => "summary",
};

const summary: IntakeStep = {
  name: "核对",
  takes: "说“提交”或点“确认提交”;哪一项不对直接说,例如“单位错了,是某某局”“时间是11月3日”“地点改成解放路”",
  ask: (draft, facts) => ({
    blocks: [
      {
        kind: "notice",
        level: "info",
        text: "如实反映受法律保护,禁止打击报复;故意捏造事实诬告他人要承担法律责任。还没有提交:没错就说“提交”;哪一项不对、还要补什么,直接说。",
      },
      {
        kind: "card",
        title: draft.kind === "correction" ? "请核对纠错内容" : "请核对投诉内容",
        rows: summaryRows(draft, facts),
      },
    ],
    choices: [
      { id: "confirm", label: "确认提交" },
      { id: "fix:what", label: draft.kind === "correction" ? "改说明" : "改经过" },
      ...(draft.kind === "complaint"
        ? (["organ", "when"] as const).map((key) => ({
            id: `fix:${key}`,
            label: key === "organ" ? "改单位" : "改时间",
          }))
        : []),
    ],
  }),
  read: (input, draft) =>
    input.choice === "confirm" ||
    /^(?:(?:嗯|对|好|行|那|就|都)*(?:确认(?:登记|提交)?|确定|提交吧?|可以提交了?|没问题|对的?|是的?|可以|好的?|行|没错))[吧了。!!]*$/.test(
      typed(input),
    )
      ? take(draft, "file")
      : undefined,
  next: () => "file",
};

/** After filing: the receipt typed back, or left only after a warning and in words. */
const receipt: IntakeStep = {
  name: "核对回执",
  final: true,
  takes: "17 位回执编号",
  prose: (input) =>
    !/\d[\d\s-]{4,}|抄好|不核对|跳过|继续|确认/.test(input.text.normalize("NFKC")) &&
    wishIn(input.text) === undefined,
  ask: (draft) =>
    ask(
      draft.warned
        ? `没有回执,任何人(包括我们)都无法帮您找回这件登记。确实已经抄好,请完整输入“${WARNED}”。`
        : "请把上面 17 位回执编号输入一遍,确认已经抄好。编号只显示这一次。",
    ),
  read: (input, draft, facts) => {
    if (facts.typedVerifier !== undefined && facts.typedVerifier === draft.verifier) return take(draft);
    if (draft.warned && input.text.trim() === WARNED) return take(draft);
    if (/抄好|不核对|跳过/.test(input.text))
      return { kind: "again", because: "先别急着离开。", draft: { ...draft, warned: true } };
    const number = plainReceipt(input.text);
    const wish = /\d{5}/.test(number) ? undefined : wishIn(input.text);
    if (wish)
      return again(
        "已经登记了。查进度、补充(也能发照片、视频)、撤回都凭回执编号:先把编号输入一遍,核对后再说一次就办。",
      );
    return again(
      receiptChecks(number)
        ? `您输入的是 ${sayReceipt(number)},和刚才的回执不一致,请对照再输一次。`
        : "编号应为 17 位数字,请对照抄下的编号再输一次。",
    );
  },
  next: (draft) => (draft.more.length > 0 ? "more" : "end"),
};

const more: IntakeStep = {
  name: "另一件事",
  beside: true,
  takes: "选“接着登记”或“不用了”",
  ask: (draft) =>
    ask(`您还提到另一件事:“${(draft.more[0] ?? "").slice(0, 60)}”。要接着登记吗?`, [
      { id: "more:yes", label: "接着登记" },
      { id: "more:no", label: "不用了" },
    ]),
  read: (input, draft) => {
    if (input.choice === "more:yes" || /^(?:要|好|接着|登记|是)/.test(typed(input)))
      return take(draft, "again");
    if (input.choice === "more:no" || /^(?:不|算了)/.test(typed(input)))
      return take({ ...draft, more: [] }, "end");
    return undefined;
  },
  next: () => "end",
};

/** Says with a question, once, what has to be said before it: who sees what, and how long an appeal stays open. */
function sayingFirst(step: IntakeStep): IntakeStep {
  return {
    ...step,
    ask: (draft, facts) => {
      const prompt = step.ask(draft, facts);
      const first: Block[] = [
        ...(draft.carried ? [{ kind: "notice", level: "info", text: draft.carried } as const] : []),
        ...(draft.begun
          ? [{ kind: "notice", level: "info", text: whoSees(facts.door, facts.identityAllowed) } as const]
          : []),
      ];
      return {
        blocks: [...first, ...(draft.tellAppeal ? facts.appeal(draft) : []), ...prompt.blocks],
        choices: [...(prompt.choices ?? []), ...(draft.begun ? [{ id: WHO_SEES, label: "谁能看到" }] : [])],
      };
    },
  };
}

const WHO_SEES = "ask:whoSees";

/** A step whose words are read by nothing else. */
const OWN_WORDS: ReadonlySet<string> = new Set(["more"]);

/** A message at the form: the step's own answer when it is nothing else, else heard as a whole. */
function hear(
  input: Input,
  draft: IntakeDraft,
  facts: IntakeFacts,
  at: string,
): Heard<IntakeDraft> | undefined {
  if (OWN_WORDS.has(at)) return undefined;
  const text = input.text.trim();
  const own =
    input.stale === undefined && input.choice === undefined && isSingle(text) && !asksSomething(text)
      ? steps[at]?.read(input, draft, facts)
      : undefined;
  if (own) return answered(own, draft, facts, at);
  const heard = heardIn(input, draft, facts, at);
  if (!heard) return undefined;
  if (at === "agree") return atAgree(heard, draft, facts);
  return onward(heard, draft, at);
}

/** The step's own answer, said back by name like whatever else is told. */
function answered(
  reading: Reading<IntakeDraft>,
  before: IntakeDraft,
  facts: IntakeFacts,
  at: string,
): Heard<IntakeDraft> {
  if (reading.kind === "again") return { draft: reading.draft ?? before, say: reading.because, steps: [] };
  const draft = settled(before, { ...reading.draft, missed: 0 });
  const say = sayChanges(before, draft, facts);
  return {
    draft,
    steps: [...new Set([at, ...answeredBy(before, draft, facts)])],
    ...(say && { say }),
    ...(reading.to && { to: reading.to }),
  };
}

/** Told of another affair, one that is ours, the person has chosen; a question leaves the choice open. */
function atAgree(heard: Heard<IntakeDraft>, before: IntakeDraft, facts: IntakeFacts): Heard<IntakeDraft> {
  const more = heard.draft.what !== undefined && heard.draft.what !== before.what;
  const kind = more ? facts.kindOf(heard.draft.what?.split("\n").at(-1) ?? "") : undefined;
  if (kind === undefined || !triageKinds[kind].intake) return heard;
  return { ...heard, draft: settled(before, { ...heard.draft, triage: kind, agreed: true }) };
}

/** Asked for twice and not given, a field is left open; a way of being registered changed at the review is completed. */
function onward(heard: Heard<IntakeDraft>, before: IntakeDraft, at: string): Heard<IntakeDraft> {
  const { draft } = heard;
  const changes = draft.secrecy !== before.secrecy || at === "name";
  if (changes && heard.to === undefined && (at === "summary" || at === "name")) {
    if (draft.secrecy === "named" && !draft.nameDone) return { ...heard, to: "name" };
    if (draft.secrecy !== undefined && draft.secrecy !== "anonymous" && !draft.contactDone)
      return { ...heard, to: "contact" };
  }
  const step = steps[at];
  if (heard.steps.includes(at) || heard.asks !== undefined || heard.to !== undefined)
    return { ...heard, draft: { ...draft, missed: 0 } };
  if (heard.steps.some((one) => one !== "what")) return heard;
  if (draft.missed < PATIENCE || !step?.skip)
    return { ...heard, draft: { ...draft, missed: draft.missed + 1 } };
  return {
    ...heard,
    draft: { ...step.skip(draft), missed: 0 },
    say: `${heard.say ?? ""}${step.name}先空着,想起来随时说。`,
    steps: [...heard.steps, at],
  };
}

/** Messages that tell something else before a step is no longer asked. */
const PATIENCE = 1;

const shown = (draft: IntakeDraft): IntakeDraft => ({
  ...draft,
  begun: false,
  carried: undefined,
  tellAppeal: false,
  appealTold: draft.appealTold || draft.tellAppeal,
});

const explain = (input: Input, draft: IntakeDraft, facts: IntakeFacts): string | undefined =>
  input.choice === WHO_SEES
    ? whoSeesWhat(facts.door, facts.identityAllowed)
    : input.choice === undefined
      ? explained(input.text.trim(), facts, draft)
      : undefined;

const steps: Readonly<Record<string, IntakeStep>> = {
  agree,
  what: sayingFirst(what),
  organ: sayingFirst(organ),
  when: sayingFirst(when),
  where: sayingFirst(where),
  officer: sayingFirst(officer),
  files: sayingFirst(files),
  secrecy: sayingFirst(secrecy),
  name: sayingFirst(name),
  contact: sayingFirst(contact),
  summary: sayingFirst(summary),
  receipt,
  more,
};

export const complaintScript: Script<IntakeDraft, IntakeFacts> = {
  name: "complaint",
  title: "投诉登记",
  version: 2,
  first: "agree",
  review: "summary",
  marks: /^(?:agree|secrecy|organ|day|files|more|fix|withdraw|status|rate):|^confirm$/,
  quits: /^(?:我)?(?:算了[吧,,\s]*)?(?:撤了吧?|不(?:想)?(?:投诉|举报|登记|填|告|弄)了?吧?|算了吧?)[。!!]?$/,
  asks: asksSomething,
  hear,
  shown,
  explain,
  steps,
  parse: parseDraft,
};

export const correctionScript: Script<IntakeDraft, IntakeFacts> = {
  name: "correction",
  title: "公示信息纠错",
  version: 1,
  first: "what",
  review: "summary",
  asks: asksSomething,
  explain,
  steps: { what: wrong, contact, summary, receipt },
  parse: parseDraft,
};

function parseDraft(value: unknown): IntakeDraft | undefined {
  const parsed = IntakeDraft.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

function summaryRows(draft: IntakeDraft, facts: IntakeFacts) {
  const organs = draft.organIds.map((id) => facts.library.entity(id).name).join("、");
  const contested = contestedBy(draft, facts.library);
  const rows: (readonly [string, string | undefined])[] = [
    ["针对", draft.kind === "correction" ? (contested?.name ?? "未指明(由工作人员辨认)") : undefined],
    ["现在公布的", contested?.field],
    ["出自", contested?.source],
    [draft.kind === "correction" ? "哪里不对" : "经过", draft.what],
    ...(draft.kind === "complaint"
      ? ([
          ["类别", matters[draft.matter ?? "other"]],
          ["单位", organs || draft.organName || "未指明(由工作人员辨认)"],
          ["时间", draft.when],
          ["地点", draft.where],
          ["金额", draft.amountYuan === undefined ? undefined : `${draft.amountYuan} 元`],
          ["人员", draft.officer],
          ["证据", draft.files.length > 0 ? `${draft.files.length} 个文件` : undefined],
        ] as const)
      : []),
    ["申请复议", draft.kind === "complaint" && concernsDecision(draft) ? facts.appealLine(draft) : undefined],
    ["另一件事", draft.more.length > 0 ? "这件登记完再接着说" : undefined],
    ["还没有说", missing(draft)],
    ["登记方式", saySecrecy(draft, facts)],
    ["姓名", draft.secrecy === "named" ? draft.name : undefined],
    ["联系方式", draft.secrecy === "anonymous" ? undefined : draft.contact],
  ];
  return rows
    .filter((row): row is readonly [string, string] => !!row[1])
    .map(([label, value]) => ({ label, value }));
}

/** Never chosen, it is the one that gives nothing away. */
function saySecrecy(draft: IntakeDraft, { identityAllowed }: IntakeFacts): string {
  if (draft.secrecy !== undefined || draft.kind === "correction")
    return secrecyLabels[draft.secrecy ?? "confidential"];
  if (!identityAllowed) return secrecyLabels.anonymous;
  const kept = draft.name || draft.contact ? ",说过的姓名、电话不会写进去" : "";
  return `匿名(您没有选,先按匿名${kept};想留联系方式说“保密”,想留姓名说“实名”)`;
}

/** Neither told nor left open. */
function missing(draft: IntakeDraft): string | undefined {
  if (draft.kind === "correction") return undefined;
  const names = (["organ", "when", "where", "officer"] as const)
    .filter((field) => !draft[`${field}Done`])
    .map((field) => fields[field].label);
  const open = draft.filesDone || draft.files.length > 0 ? names : [...names, "证据"];
  return open.length > 0 ? `${open.join("、")}(可以补,也可以就这样提交)` : undefined;
}
