/** The intake as a table of steps: asks only what was not said, in the order a person tells it. */
import type { Mentions } from "../answering/understanding.ts";
import { matterOf, matters } from "../cases/matters.ts";
import type { Input, Prompt, Reading, Script, Step } from "../dialogue/engine.ts";
import { type Day, parseDay, sayDate } from "../law/day.ts";
import type { Library } from "../records/library.ts";
import type { Block, Choice } from "../reply.ts";
import type { DoorName } from "../turn.ts";
import { type SaidContested, sayContested } from "./contested.ts";
import type { Secrecy } from "./filing.ts";
import { concernsDecision, IntakeDraft, learn } from "./intake-draft.ts";
import {
  appealBasis,
  appealNote,
  redirectOf,
  secrecyLabels,
  secrecyMeaning,
  whoSeesWhat,
} from "./intake-words.ts";
import { plainReceipt, receiptChecks, sayReceipt } from "./receipt.ts";
import { type TriageName, triageKinds } from "./triage-kinds.ts";

export interface IntakeFacts {
  readonly door: DoorName;
  /** False where the door lies abroad and the operator has not decided otherwise. */
  readonly identityAllowed: boolean;
  readonly library: Library;
  readonly today: Day;
  readonly mentionsOf: (text: string) => Mentions;
  /** Where a story belongs; in doubt, here. */
  readonly kindOf: (text: string) => TriageName;
  /** A story parted into what belongs together and what is another affair. */
  readonly mattersOf: (text: string) => readonly string[];
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

export const WARNED = "确认已抄好";

const agree: IntakeStep = {
  name: "去处",
  known: (draft) => draft.agreed || draft.triage === undefined || triageKinds[draft.triage].intake,
  ask: (draft) => {
    const { say, label, basis } = redirectOf(draft.triage ?? "question");
    const cites = basis.map((_, index) => index);
    const insist = draft.triage === "discipline" ? "另有执法行为要投诉" : "仍要投诉执法行为";
    return {
      blocks: [
        {
          kind: draft.triage === "emergency" ? "notice" : "text",
          level: "urgent",
          text: say,
          ...(cites.length > 0 ? { cites } : {}),
        } as Block,
        { kind: "text", text: `这件事看来属于“${label}”。您愿意按上面的渠道办,还是${insist}?` },
      ],
      choices: [
        { id: "agree:go", label: "按这个渠道办" },
        { id: "agree:stay", label: insist },
      ],
    };
  },
  read: (input, draft) => {
    if (input.choice === "agree:go" || /^(?:好|好的|行|可以|同意|按.*办|知道了)/.test(input.text))
      return take(draft, "elsewhere");
    if (input.choice === "agree:stay" || /仍要|还是要|坚持|另有|要投诉|继续投诉/.test(input.text)) {
      const fresh = draft.triage === "discipline" ? { what: undefined, matter: undefined } : {};
      const stays = { ...draft, ...fresh, agreed: true };
      return take({ ...stays, tellAppeal: concernsDecision(stays) });
    }
    return again("请从两个选项中选一个,也可以发“取消”。");
  },
  next: () => "secrecy",
};

const secrecy: IntakeStep = {
  name: "保密方式",
  known: (draft) => draft.secrecy !== undefined,
  ask: (_draft, facts) => ({
    blocks: [
      { kind: "notice", level: "info", text: whoSeesWhat(facts.door, facts.identityAllowed) },
      {
        kind: "text",
        text: facts.identityAllowed
          ? `您希望怎样登记?${secrecyMeaning}`
          : "在这里只能匿名登记,凭回执查询。愿意吗?",
      },
    ],
    choices: levelsOf(facts).map((level) => ({ id: `secrecy:${level}`, label: secrecyLabels[level] })),
  }),
  read: (input, draft, facts) => {
    const levels = levelsOf(facts);
    const level = levels.find(
      (one) => input.choice === `secrecy:${one}` || input.text.includes(secrecyLabels[one]),
    );
    const agreed =
      levels.length === 1 && /^(?:愿意|可以|好|好的|行|同意)/.test(input.text) ? levels[0] : undefined;
    const chosen = level ?? agreed;
    const told = tellsStory(input) ? tell(input.text.trim(), draft, facts) : undefined;
    if (told?.kind === "take") {
      if (chosen) return { ...told, draft: { ...told.draft, secrecy: chosen } };
      if (told.to !== undefined) return told;
    }
    if (chosen) return take({ ...draft, secrecy: chosen });
    const choose = `请选择:${levels.map((one) => secrecyLabels[one]).join("、")}。`;
    return told?.kind === "take"
      ? { kind: "again", because: `您说的经过记下了。${choose}`, draft: told.draft }
      : again(told?.because ?? choose);
  },
  next: () => "what",
};

/** Words about being known are an answer on secrecy; anything else of some length is the story, told early. */
function tellsStory(input: Input): boolean {
  const text = input.text.trim();
  return (
    input.choice === undefined &&
    text.length >= STORY &&
    !/知道|暴露|身份|名字|姓名|隐私|报复|保密吗/.test(text)
  );
}

/** Characters from which words are taken for a story. */
const STORY = 12;

/** The story, or more of it: nothing told before is lost. What belongs to another door is asked about first. */
function tell(text: string, draft: IntakeDraft, facts: IntakeFacts): Reading<IntakeDraft> {
  if (draft.kind === "complaint" && matterOf(text) === "discipline")
    return again(`${redirectOf("discipline").say}如果另有执法行为要投诉,请只写执法行为本身。`);
  const [own = text, ...more] = facts.mattersOf(text);
  const what = draft.what ? `${draft.what}\n${own}`.slice(0, LONGEST_STORY) : own;
  const told = { ...draft, what, matter: undefined, more: [...draft.more, ...more] };
  const learnt = learn(told, own, facts.mentionsOf, facts.library);
  const kind = facts.kindOf(what);
  const elsewhere = !draft.agreed && !triageKinds[kind].intake && kind !== "question";
  return elsewhere
    ? take({ ...learnt, triage: kind }, "agree")
    : take({ ...learnt, tellAppeal: concernsDecision(learnt) });
}

const LONGEST_STORY = 8000;

function levelsOf(facts: IntakeFacts): readonly Secrecy[] {
  return facts.identityAllowed ? ["confidential", "anonymous", "named"] : ["anonymous"];
}

const what: IntakeStep = {
  name: "经过",
  prose: true,
  known: (draft) => (draft.what?.trim().length ?? 0) >= 8,
  ask: () => ({
    blocks: [
      {
        kind: "text",
        text: "请说说发生了什么:哪个单位的人做了什么,什么时候,在哪里。想到什么说什么,一段话就行。",
      },
    ],
  }),
  read: (input, draft, facts) => {
    const text = input.text.trim();
    if (text.length < 4) return again("内容太短,请至少写 4 个字,说明发生了什么。");
    if (text.length > LONGEST_STORY) return again("内容超过 8000 字,请精简,其余可作为文件发来。");
    // Asked again to be put right, it replaces what was told; a beginning too short to stand is replaced too.
    return tell(text, { ...draft, what: undefined }, facts);
  },
  next: () => "organ",
};

/** What is wrong with the record contested; the words that opened the form may be all there is to say. */
const wrong: IntakeStep = {
  ...what,
  name: "说明",
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
  known: (draft) => draft.organDone,
  ask: (draft, facts) => {
    const options = draft.organOptions.map((id) => ({
      id: `organ:${id}`,
      label: facts.library.entity(id).name,
    }));
    return options.length > 1
      ? ask(`“${draft.organName}”可能是以下单位,是哪一个?`, options)
      : ask("投诉的是哪个单位?请写全称或常用名,最好带上所在的县(市、区)。不知道可以跳过,由工作人员辨认。");
  },
  read: (input, draft, facts) => {
    const chosen = /^organ:(.+)$/.exec(input.choice ?? "")?.[1];
    if (chosen && facts.library.find(chosen)?.kind === "entity")
      return take({ ...draft, organIds: [chosen], organOptions: [], organDone: true });
    const text = input.text.trim().slice(0, 100);
    if (text.length < 2) return again("请写单位名称,或发“跳过”。");
    const named = facts.library.entitiesNamed(text);
    const found =
      named.length > 0 ? named.map((one) => one.id) : (facts.mentionsOf(text).organs[0]?.entityIds ?? []);
    if (found.length === 1)
      return take({ ...draft, organName: text, organIds: [...found], organOptions: [], organDone: true });
    if (found.length > 1 && draft.organOptions.length === 0)
      return {
        kind: "again",
        because: "这个名称对应几个单位。",
        draft: { ...draft, organName: text, organOptions: found.slice(0, 6) },
      };
    return take({ ...draft, organName: text, organIds: [], organOptions: [], organDone: true });
  },
  skip: (draft) => ({ ...draft, organDone: true }),
  next: () => "when",
};

const when: IntakeStep = {
  name: "时间",
  known: (draft) => draft.whenDone,
  ask: () => ask("是哪一天的事?例如“11月3日”“上周五”。收到过决定书的,请写收到的日期。记不清可以跳过。"),
  read: (input, draft, facts) => {
    const reading = facts.mentionsOf(input.text).trigger;
    const chosen = parseDay(/^day:(.+)$/.exec(input.choice ?? "")?.[1] ?? "");
    const day = chosen ?? (reading.kind === "day" ? reading.day : undefined);
    if (day && day > facts.today) return again("这个日期还没到,请核对。");
    if (day) return take({ ...draft, day, when: sayDate(day), whenDone: true });
    if (reading.kind === "impossible" || reading.kind === "future")
      return again(`${reading.why}请重新写一个日期,或发“跳过”。`);
    const text = input.text.trim();
    return text.length < 2
      ? again("请写一个日期,或发“跳过”。")
      : take({ ...draft, day: undefined, when: text.slice(0, 100), whenDone: true });
  },
  skip: (draft) => ({ ...draft, day: undefined, when: undefined, whenDone: true }),
  next: () => "where",
};

const where: IntakeStep = {
  name: "地点",
  known: (draft) => draft.whereDone,
  ask: () => ask("在什么地方发生的?写到街道或门店即可,可以跳过。"),
  read: (input, draft, facts) => {
    const text = input.text.trim();
    if (text.length < 2) return again("请写地点,或发“跳过”。");
    const codes = facts.mentionsOf(text).areas[0]?.codes ?? [];
    return take({
      ...draft,
      where: text.slice(0, 200),
      area: codes.length === 1 ? codes[0] : draft.area,
      whereDone: true,
    });
  },
  skip: (draft) => ({ ...draft, whereDone: true }),
  next: () => "officer",
};

const officer: IntakeStep = {
  name: "人员",
  known: (draft) => draft.officerDone,
  ask: () => ask("知道执法人员的姓名或执法证号吗?不知道可以跳过。"),
  read: (input, draft, facts) => {
    const text = input.text.trim().slice(0, 60);
    if (text.length < 2) return again("请写姓名或执法证号,或发“跳过”。");
    const said = text.normalize("NFKC");
    const officerIds = facts.library
      .all("officer")
      .filter(
        (one) => said.includes(one.certNo) || (one.name === said && draft.organIds.includes(one.entityId)),
      )
      .map((one) => one.id);
    return take({ ...draft, officer: text, officerIds: officerIds.slice(0, 5), officerDone: true });
  },
  skip: (draft) => ({ ...draft, officer: undefined, officerIds: [], officerDone: true }),
  next: () => "files",
};

const files: IntakeStep = {
  name: "证据",
  known: (draft) => draft.filesDone,
  ask: (draft) =>
    ask(
      draft.files.length > 0
        ? `已收到 ${draft.files.length} 个文件。还可以继续发,或选“没有了”。`
        : "有照片、录音、视频或文书吗?现在可以直接发来(会去掉照片里的拍摄地点等信息并加密保存)。没有可以跳过。",
      draft.files.length > 0 ? [{ id: "files:done", label: "没有了" }] : [],
    ),
  read: (input, draft) => {
    if (input.files.length > 0) return { kind: "take", draft, to: "files" };
    if (input.choice === "files:done" || /没有|完了|就这些|好了/.test(input.text))
      return take({ ...draft, filesDone: true });
    return again("请直接发文件,或发“没有了”。");
  },
  skip: (draft) => ({ ...draft, filesDone: true }),
  next: () => "name",
};

const name: IntakeStep = {
  name: "姓名",
  known: (draft, facts) => draft.secrecy !== "named" || !facts.identityAllowed || draft.nameDone,
  ask: () => ask("您的姓名?只有承办人说明理由才能看到。"),
  read: (input, draft) => {
    const text = input.text.trim();
    return text.length < 2 || text.length > 40
      ? again("姓名应为 2 至 40 个字。不想留名可以“上一步”改选保密或匿名。")
      : take({ ...draft, name: text, nameDone: true });
  },
  next: () => "contact",
};

const contact: IntakeStep = {
  name: "联系方式",
  known: (draft, facts) => draft.secrecy === "anonymous" || !facts.identityAllowed || draft.contactDone,
  ask: () => ask("留一个联系方式吗(电话或邮箱)?可以跳过,之后凭回执也能查进度、和办理机构互相留言。"),
  read: (input, draft) => {
    const text = input.text.trim();
    return text.length < 5 || text.length > 120
      ? again("请写电话或邮箱,或发“跳过”。")
      : take({ ...draft, contact: text, contactDone: true });
  },
  skip: (draft) => ({ ...draft, contactDone: true }),
  next: () => "summary",
};

const summary: IntakeStep = {
  name: "核对",
  ask: (draft, facts) => ({
    blocks: [
      {
        kind: "card",
        title: draft.kind === "correction" ? "请核对纠错内容" : "请核对投诉内容",
        rows: summaryRows(draft, facts),
      },
      {
        kind: "notice",
        level: "info",
        text: "如实反映受法律保护,禁止打击报复;故意捏造事实诬告他人要承担法律责任。点“确认登记”后才算提交。",
      },
    ],
    choices: [
      { id: "confirm", label: "确认登记" },
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
    input.choice === "confirm" || /^(?:确认|确认登记|提交|没问题|对|是的)[。!!]?$/.test(input.text.trim())
      ? take(draft, "file")
      : again("请选“确认登记”,或说“改时间”“改单位”“改经过”等。"),
  next: () => "file",
};

/** After filing: the receipt typed back, or left only after a warning and in words. */
const receipt: IntakeStep = {
  name: "核对回执",
  final: true,
  expects: /\d[\d\s-]{4,}|抄好|不核对|跳过|继续/,
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
    const typed = plainReceipt(input.text);
    return again(
      receiptChecks(typed)
        ? `您输入的是 ${sayReceipt(typed)},和刚才的回执不一致,请对照再输一次。`
        : "编号应为 17 位数字,请对照抄下的编号再输一次。",
    );
  },
  next: (draft) => (draft.more.length > 0 ? "more" : "end"),
};

const more: IntakeStep = {
  name: "另一件事",
  ask: (draft) =>
    ask(`您还提到另一件事:“${(draft.more[0] ?? "").slice(0, 60)}”。要接着登记吗?`, [
      { id: "more:yes", label: "接着登记" },
      { id: "more:no", label: "不用了" },
    ]),
  read: (input, draft) => {
    if (input.choice === "more:yes" || /^(?:要|好|接着|登记|是)/.test(input.text))
      return take(draft, "again");
    if (input.choice === "more:no" || /^(?:不|算了)/.test(input.text))
      return take({ ...draft, more: [] }, "end");
    return again("请选“接着登记”或“不用了”。");
  },
  next: () => "end",
};

const appealBlock: Block = {
  kind: "notice",
  level: "warn",
  text: appealNote,
  cites: appealBasis.map((_, index) => index),
};

/** Says the appeal limit once, with the first question after the story. */
function sayingAppeal(step: IntakeStep): IntakeStep {
  const { skip } = step;
  const told = (draft: IntakeDraft) => ({ ...draft, tellAppeal: false });
  return {
    ...step,
    ask: (draft, facts) => {
      const prompt = step.ask(draft, facts);
      return draft.tellAppeal ? { ...prompt, blocks: [appealBlock, ...prompt.blocks] } : prompt;
    },
    read: (input, draft, facts) => step.read(input, told(draft), facts),
    ...(skip && { skip: (draft: IntakeDraft) => skip(told(draft)) }),
  };
}

export const complaintScript: Script<IntakeDraft, IntakeFacts> = {
  name: "complaint",
  title: "投诉登记",
  version: 1,
  first: "agree",
  review: "summary",
  steps: {
    agree,
    secrecy: sayingAppeal(secrecy),
    what,
    organ: sayingAppeal(organ),
    when: sayingAppeal(when),
    where: sayingAppeal(where),
    officer: sayingAppeal(officer),
    files: sayingAppeal(files),
    name: sayingAppeal(name),
    contact: sayingAppeal(contact),
    summary: sayingAppeal(summary),
    receipt,
    more,
  },
  parse: parseDraft,
};

export const correctionScript: Script<IntakeDraft, IntakeFacts> = {
  name: "correction",
  title: "公示信息纠错",
  version: 1,
  first: "what",
  review: "summary",
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
          ["人员", draft.officer],
          ["证据", draft.files.length > 0 ? `${draft.files.length} 个文件` : undefined],
        ] as const)
      : []),
    ["另一件事", draft.more.length > 0 ? "这件登记完再接着说" : undefined],
    ["保密方式", secrecyLabels[draft.secrecy ?? "anonymous"]],
    ["姓名", draft.secrecy === "named" ? draft.name : undefined],
    ["联系方式", draft.secrecy === "anonymous" ? undefined : draft.contact],
  ];
  return rows
    .filter((row): row is readonly [string, string] => !!row[1])
    .map(([label, value]) => ({ label, value }));
}
