/** The result of an evaluation: a table by type, the worst cases, and the thresholds that hold a release back. */
import type { FoundFigures } from "../../knowledge/train/found-figures.ts";
import type { Mark } from "./score.ts";

export interface TypeResult {
  readonly type: string;
  readonly asked: number;
  readonly right: number;
  /** 0–1. */
  readonly share: number;
  readonly needed: number;
}

export interface Report {
  readonly asked: number;
  readonly right: number;
  readonly share: number;
  readonly types: readonly TypeResult[];
  /** Blocks the gates held back during the run, by gate. */
  readonly heldBack: Readonly<Record<string, number>>;
  readonly worst: readonly {
    readonly id: string;
    readonly q: string;
    readonly intent: string;
    readonly faults: readonly string[];
    readonly first: string;
  }[];
  /** p50 and p99 of a turn, ms. */
  readonly turnMs: { readonly p50: number; readonly p99: number };
  readonly passed: boolean;
}

/**
 * Least share right, by type; any other type needs `other`.
 *
 * The golden questions were worked on together with an earlier way of answering, so this is a guard against
 * going backwards, not a measure: what it may fall to is a little under what was last measured. What costs people
 * rights most must stay nearly perfect; the measure is the strangers' sets, read by judges.
 */
const needed: Readonly<Record<string, number>> = {
  deadline: 0.93,
  officerCheck: 0.9,
  badInput: 0.95,
  benchmark: 0.9,
  procedure: 0.95,
  routing: 0.9,
  falsePremise: 0.9,
  refuse: 0.7,
  competence: 0.7,
  deadLaw: 0.75,
  followUp: 0.6,
  multiIntent: 0.6,
};
const OTHER = 0.8;
const MOST_WORST = 60;

export function report(
  marks: readonly Mark[],
  turnsMs: readonly number[],
  heldBack: Readonly<Record<string, number>>,
): Report {
  const byType = new Map<string, Mark[]>();
  for (const mark of marks) {
    const same = byType.get(mark.golden.type);
    if (same) same.push(mark);
    else byType.set(mark.golden.type, [mark]);
  }
  const types = [...byType]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([type, list]): TypeResult => {
      const right = list.filter((mark) => mark.faults.length === 0).length;
      return { type, asked: list.length, right, share: right / list.length, needed: needed[type] ?? OTHER };
    });
  const wrong = marks.filter((mark) => mark.faults.length > 0);
  const sorted = [...turnsMs].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) * 100) / 100;
  return {
    asked: marks.length,
    right: marks.length - wrong.length,
    share: marks.length === 0 ? 1 : (marks.length - wrong.length) / marks.length,
    types,
    heldBack,
    worst: [...wrong]
      .sort((a, b) => b.faults.length - a.faults.length)
      .slice(0, MOST_WORST)
      .map(({ golden, reply, faults }) => ({
        id: golden.id,
        q: golden.q.slice(0, 80),
        intent: reply.intent,
        faults,
        first: firstLine(reply.blocks[0]),
      })),
    turnMs: { p50: at(0.5), p99: at(0.99) },
    passed: types.every((type) => type.share >= type.needed),
  };
}

const firstLine = (block: Mark["reply"]["blocks"][number] | undefined) =>
  block && "text" in block ? block.text.slice(0, 80) : block && "title" in block ? block.title : "";

/** Seen questions by strangers: what was first, and whether confidence keeps its promise. */
export function sayStrangers(figures: FoundFigures): string {
  const { asked, first, three, ten, calibrationError, reliability } = figures;
  const steps = reliability
    .filter(({ count }) => count > 0)
    .map(({ promised, held, count }) => `  把握 ${promised.toFixed(2)} 实际 ${held.toFixed(2)}(${count} 题)`);
  return [
    `陌生人的问题(已看过)${asked} 题:首位对 ${first}%,前三 ${three}%,前十 ${ten}%;把握的误差 ${calibrationError} 点`,
    ...steps,
  ].join("\n");
}

export function sayReport(result: Report): string {
  const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
  const lines = result.types.map(
    ({ type, asked, right, share, needed: least }) =>
      `${share >= least ? "✓" : "✗"} ${type.padEnd(16)} ${String(right).padStart(4)}/${String(asked).padEnd(4)} ${percent(share).padStart(6)} (要求 ${percent(least)})`,
  );
  const worst = result.worst
    .slice(0, 20)
    .map(({ id, q, intent, faults }) => `  ${id} [${intent}] ${q}\n    ${faults.join(";")}`);
  return [
    ...lines,
    `合计 ${result.right}/${result.asked} ${percent(result.share)};每轮 p50 ${result.turnMs.p50} ms,p99 ${result.turnMs.p99} ms`,
    `被拦下的内容:${Object.entries(result.heldBack)
      .map(([gate, count]) => `${gate} ${count}`)
      .join(",")}`,
    ...(worst.length > 0 ? ["答得最差的:", ...worst] : []),
  ].join("\n");
}
