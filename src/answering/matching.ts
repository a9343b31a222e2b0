/** Whether a row of a list is what the question is about: shared two-character pieces, question words left aside. */
import { isCurrent } from "../records/library.ts";
import type { PublishedRecord, RecordKind, RecordOf } from "../records/schema.ts";
import type { Ask } from "./answer.ts";
import { liesIn } from "./place.ts";

/** Share of the question's pieces a row must hold. Measured on the golden questions: lower lets strangers in. */
const ENOUGH = 0.3;
/** A second row this near the best is a doubt worth asking about. */
export const CLOSE = 0.85;

/** Above this share a row is what was done; up to it the row is only near, and offered as such. */
export const SAME_ACT = 0.5;
/** From this share a row may be offered as a choice; below it, only one that holds the act, which is said first. */
const WORTH_OFFERING = 0.4;

const QUESTION_WORDS =
  /街道办事处|街道办|镇政府|乡政府|请问|你好|您好|有没有|是不是|能不能|可不可以|该不该|要不要|凭什么|为什么|怎么|什么|多少|哪里|哪个|可以|能够|应该|他们|人家|我们|你们|咱们|自己|一下|到底|有权|权力|权限|资格|罚款|处罚|会罚|被罚|罚了|罚我|罚|标准|裁量|基准|档次|幅度|规定|依据|按照|多大|最高|最低|最多|最少|归谁管|归谁|谁管|归|管|检查|抽查|审批|许可|办理|需要|材料|条件|流程|步骤|一年|几次|太重了?|太多了?|太狠了?|重了|吧|人家|隔壁|别人|第一次|首次|初次|轻微|不予|免罚|从轻|减轻|要|的|了|吗|呢|吧|啊|呀|我|你|他|她|在|是|和|与|被|把|给|这|那|个|元|块|钱|能|会|有|没|不|也|都|就|还|来|去|说/gu;

/** Pieces that say nothing of what was done: a row that shares only these is a stranger. */
const GENERIC: ReadonlySet<string> = new Set([
  "经营",
  "营活",
  "活动",
  "擅自",
  "从事",
  "行为",
  "违法",
  "未取",
  "取得",
]);

/** What people call an act that the lists name otherwise. */
const CALLED: readonly (readonly [RegExp, string])[] = [
  [
    /(?:无|没有?|没办)(?:营业)?执?照(?:经营|开店|做买卖|卖|摆摊)?|无证无照经营/g,
    "未取得登记擅自从事经营活动",
  ],
];

/** How much, and of whom: no part of what was done. */
const SUM =
  /[\d零一二两三四五六七八九十]+(?:[百千万][\d零一二两三四五六七八九十百千万]*(?:多|来)?(?:块钱?|元)?|块钱?|元)/g;
const PAYER = /(?<=罚了?)(?:这|那|他|一)?(?:家|个)?(?:公司|企业|单位|个人)/g;

export interface Match<R> {
  readonly record: R;
  /** 0–1: share of the question's pieces found in the row. */
  readonly score: number;
  /** The row holds the words the question begins with: verbs come before their objects. */
  readonly opens: boolean;
}

/** Whether a row may be offered at all; the rest are strangers that share a common word. */
export const worthOffering = ({ score, opens }: Match<unknown>): boolean => score >= WORTH_OFFERING || opens;

/** Current rows of a kind that the question is about, best first; `among` narrows (an organ's own, a place's). */
export function matchRows<K extends RecordKind>(
  ask: Ask,
  kind: K,
  among: (record: RecordOf<K>) => boolean = () => true,
  top = 8,
): readonly Match<RecordOf<K>>[] {
  const pieces = piecesOf(contentOf(ask));
  if (pieces.size === 0) return [];
  const matches: Match<RecordOf<K>>[] = [];
  const [first = ""] = pieces;
  for (const record of candidates(ask, kind)) {
    if (!among(record)) continue;
    const own = rowPieces(record);
    let shared = 0;
    let telling = 0;
    for (const piece of pieces) {
      if (!own.has(piece)) continue;
      shared += 1;
      if (!GENERIC.has(piece)) telling += 1;
    }
    if (telling === 0) continue;
    const score = shared / pieces.size;
    if (score >= ENOUGH) matches.push({ record, score, opens: own.has(first) && !GENERIC.has(first) });
  }
  return matches.sort((a, b) => b.score - a.score || (a.record.id < b.record.id ? -1 : 1)).slice(0, top);
}

/** Share of the question's pieces above which a row is near what was done, not only made of the same things. */
const NEAR = 1 / 3;

/** Whether a row speaks of what the question says was done. */
export function touches(ask: Pick<Ask, "part">, record: PublishedRecord): boolean {
  const own = rowPieces(record);
  const pieces = [...piecesOf(contentOf(ask))];
  const shared = pieces.filter((piece) => own.has(piece));
  return shared.length / pieces.length > NEAR && shared.some((piece) => !GENERIC.has(piece));
}

/** Small sets are scanned; of large ones only what the search finds. */
function candidates<K extends RecordKind>(ask: Ask, kind: K): readonly RecordOf<K>[] {
  const all = ask.library.all(kind);
  if (all.length <= 4000) return all.filter((record) => isCurrent(record, ask.today));
  const hits = ask.search.find(ask.part.text, { kinds: [kind], on: ask.today }, 200);
  return hits.flatMap((hit) => {
    const record = ask.library.find(hit.passage.recordId);
    return record?.kind === kind && isCurrent(record, ask.today) ? [record as RecordOf<K>] : [];
  });
}

/** The question without organs, places and question words. */
export function contentOf(ask: Pick<Ask, "part">): string {
  let text = ask.part.text;
  const { organs, areas } = ask.part.mentions;
  for (const said of [...organs.map((one) => one.said), ...areas.map((one) => one.said)]) {
    text = text.replaceAll(said, " ");
  }
  text = text.replace(SUM, " ").replace(PAYER, " ");
  for (const [called, listed] of CALLED) text = text.replace(called, ` ${listed} `);
  return text
    .replace(QUESTION_WORDS, " ")
    .replace(/[^\p{Script=Han}A-Za-z]+/gu, " ")
    .trim();
}

function piecesOf(text: string): Set<string> {
  const pieces = new Set<string>();
  for (const word of text.split(/\s+/)) {
    for (let at = 0; at + 2 <= word.length; at += 1) pieces.add(word.slice(at, at + 2));
  }
  return pieces;
}

const known = new WeakMap<object, ReadonlySet<string>>();

function rowPieces(record: PublishedRecord): ReadonlySet<string> {
  const cached = known.get(record);
  if (cached) return cached;
  const made = piecesOf([...captionsOf(record), ...(record.variants ?? [])].join(" "));
  known.set(record, made);
  return made;
}

function captionsOf(record: PublishedRecord): readonly string[] {
  switch (record.kind) {
    case "benchmark":
    case "exemption":
      return [record.violation];
    case "inspection":
      return [record.name, record.target, record.content ?? ""];
    case "power":
      return [record.name, record.target ?? ""];
    case "legal-review":
    case "av-record":
      return [record.matter];
    case "entity":
      return [record.name, record.duties ?? "", record.authorityScope ?? "", ...record.aliases];
    case "faq":
      return [record.question];
    case "hotline":
      return [record.name, record.scope];
    case "procedure":
    case "guide":
      return [record.name];
    case "filing":
      return [record.what];
    default:
      return [];
  }
}

/** Rows whose organ lies in the place, or acts over it from the level above. */
export function actsIn(ask: Ask, entityId: string | undefined, area: string | undefined): boolean {
  if (area === undefined) return true;
  const entity = entityId ? ask.library.find(entityId) : undefined;
  return entity?.kind === "entity" && (liesIn(entity.area, area) || liesIn(area, entity.area));
}
