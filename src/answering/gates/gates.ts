/**
 * The three gates every answer passes before it is sent: quotations equal what is stored, numbers come from somewhere,
 * cited rows are in force. A block that fails is not sent; without a first block left the answer is not sent at all.
 */
import type { Day } from "../../law/day.ts";
import { findLaw } from "../../law/laws.ts";
import { isCurrent, type Library } from "../../records/library.ts";
import type { Block, Citation } from "../../reply.ts";
import type { Answer } from "../answer.ts";
import { type Evidence, gather, leavesOf } from "./evidence.ts";
import { tokensOf } from "./tokens.ts";

export const gateNames = ["quotation", "number", "validity"] as const;
export type GateName = (typeof gateNames)[number];

export interface Violation {
  readonly gate: GateName;
  /** Index of the block, or -1 for a choice. */
  readonly block: number;
  /** What was said without support. */
  readonly said: string;
}

export interface Checked {
  readonly answer: Answer;
  readonly violations: readonly Violation[];
}

/** @param heard what the person said, in this turn and before: repeating it needs no source. */
export function checkAnswer(answer: Answer, library: Library, today: Day, heard: readonly string[]): Checked {
  const violations: Violation[] = [];
  const stale = new Set(
    answer.citations.flatMap((one, at) => (inForce(one, library, today, answer) ? [] : [at])),
  );
  const evidence = evidenceOf(answer, library, today, heard);
  const kept: Block[] = [];
  answer.blocks.forEach((block, at) => {
    const found = [
      ...validityOf(block, at, answer, stale),
      ...quotationsOf(block, at, answer, library),
      ...numbersOf(textsOf(block), at, evidence),
    ];
    violations.push(...found);
    if (found.length === 0) kept.push(block);
  });
  const choices = answer.choices.filter((choice) => {
    const found = numbersOf([choice.label], -1, evidence);
    violations.push(...found);
    return found.length === 0;
  });
  return { answer: { ...answer, blocks: kept, choices }, violations };
}

/** Everything the answer's numbers may come from. */
function evidenceOf(answer: Answer, library: Library, today: Day, heard: readonly string[]): Evidence {
  const records = answer.citations.flatMap((citation) => library.find(citation.record) ?? []);
  const laws = answer.citations.flatMap((citation) => {
    const [, key] = citation.record.split(":");
    return citation.record.startsWith("law:") && key ? (findLaw(key) ?? []) : [];
  });
  return gather([...records, ...laws, ...answer.citations, ...answer.evidence, ...heard, today]);
}

/** 数字门: every date, number, 文号, 证号 and amount occurs in the evidence. */
function numbersOf(texts: readonly string[], block: number, evidence: Evidence): Violation[] {
  const violations: Violation[] = [];
  for (const text of texts) {
    for (const token of tokensOf(text)) {
      if (!evidence.has(token)) violations.push({ gate: "number", block, said: token.said });
    }
  }
  return violations;
}

/** 引文门: 「…」 stands word for word in a record cited by the block; 《…》 names something cited or known. */
function quotationsOf(block: Block, at: number, answer: Answer, library: Library): Violation[] {
  const violations: Violation[] = [];
  const cited = "cites" in block ? (block.cites ?? []) : [];
  const records = cited.flatMap((index) => library.find(answer.citations[index]?.record ?? "") ?? []);
  const anywhere = answer.citations.flatMap((one) => [one.title, one.docNo ?? ""]);
  const all = answer.citations.flatMap((one) => library.find(one.record) ?? []);
  for (const text of textsOf(block)) {
    for (const [, quote = ""] of text.matchAll(/「([^」]*)」/g)) {
      const held = records.some((record) => leavesOf(record).texts.some((known) => known.includes(quote)));
      if (!held) violations.push({ gate: "quotation", block: at, said: quote.slice(0, 60) });
    }
    for (const [, title = ""] of text.matchAll(/《([^《》]+)》/g)) {
      const known =
        findLaw(title) !== undefined ||
        anywhere.some((one) => one.includes(title)) ||
        all.some((record) => leavesOf(record).texts.some((one) => one.includes(title))) ||
        answer.evidence.some((one) => leavesOf(one).texts.some((known) => known.includes(title)));
      if (!known) violations.push({ gate: "quotation", block: at, said: `《${title}》` });
    }
  }
  return violations;
}

/** 效力门: a block resting on a row or law out of force is not sent, except as history that says so. */
function validityOf(block: Block, at: number, answer: Answer, stale: ReadonlySet<number>): Violation[] {
  const cited = "cites" in block ? (block.cites ?? []) : [];
  return cited
    .filter((index) => stale.has(index))
    .map((index) => ({ gate: "validity" as const, block: at, said: answer.citations[index]?.record ?? "" }));
}

function inForce(citation: Citation, library: Library, today: Day, answer: Answer): boolean {
  const saysHistory =
    answer.history && answer.blocks.some((block) => textsOf(block).some((text) => /失效|废止/.test(text)));
  if (saysHistory) return true;
  if (citation.record.startsWith("law:")) {
    const law = findLaw(citation.record.split(":")[1] ?? "");
    return law !== undefined && !(law.effectiveTo && law.effectiveTo < today);
  }
  const record = library.find(citation.record);
  if (record === undefined) return false;
  return record.kind === "officer"
    ? record.status === "published" && !record.withdrawn
    : isCurrent(record, today);
}

/** Everything a block shows, deadline counts apart: those are the calculator's own. */
export function textsOf(block: Block): readonly string[] {
  switch (block.kind) {
    case "text":
    case "notice":
      return [block.text];
    case "card":
      return [block.title, ...block.rows.flatMap(({ label, value }) => [label, value])];
    case "table":
      return [block.title, ...block.columns, ...block.rows.flat()];
    case "steps":
      return [
        block.title,
        ...block.steps.flatMap((step) => [
          step.title,
          step.text,
          step.limit ?? "",
          ...(step.documents ?? []),
          step.basis ?? "",
        ]),
      ];
    case "deadline":
      return [block.title];
    case "receipt":
      return [];
  }
}
