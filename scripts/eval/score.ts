/** Deterministic scoring: the same answer always gets the same marks. */
import { parseDay, sayDate } from "../../src/law/day.ts";
import type { Block, Reply } from "../../src/reply.ts";
import type { Golden } from "./golden.ts";

export interface Mark {
  readonly golden: Golden;
  readonly reply: Reply;
  /** What the answer lacked or should not have said; empty when right. */
  readonly faults: readonly string[];
}

export function score(golden: Golden, reply: Reply): Mark {
  const text = textOf(reply);
  const { must, mustNot } = golden;
  const faults: string[] = [];
  if (must.intent !== undefined && intentOf(reply) !== must.intent)
    faults.push(`意图是 ${reply.intent},应为 ${must.intent}`);
  if (must.outcome !== undefined && reply.outcome !== must.outcome)
    faults.push(`结果是 ${reply.outcome},应为 ${must.outcome}`);
  if (reply.outcome === "failed" && must.outcome !== "failed") faults.push("没有答出来");
  for (const wanted of must.contains ?? []) if (!text.includes(wanted)) faults.push(`缺“${wanted}”`);
  for (const group of must.anyOf ?? []) {
    if (!group.some((wanted) => text.includes(wanted))) faults.push(`缺“${group.join("/")}”中的任何一个`);
  }
  if (must.date !== undefined && !namesDay(reply, text, must.date)) faults.push(`缺日期 ${must.date}`);
  const cited = reply.citations.map((citation) => `${citation.title}${citation.locator ?? ""}`);
  for (const wanted of must.cites ?? []) {
    if (!cited.some((one) => one.includes(wanted))) faults.push(`没有引用“${wanted}”`);
  }
  for (const unwanted of mustNot?.contains ?? []) {
    if (text.includes(unwanted)) faults.push(`不该说“${unwanted}”`);
  }
  return { golden, reply, faults };
}

/** A dialogue that opened at once is the answer to the wish it serves. */
const opened: Readonly<Record<string, string>> = {
  "dialogue:complaint": "complaint",
  "dialogue:status": "complaintStatus",
  "dialogue:correction": "correction",
};
const intentOf = (reply: Reply) => opened[reply.intent] ?? reply.intent;

function namesDay(reply: Reply, text: string, wanted: string): boolean {
  const day = parseDay(wanted);
  const written = day ? text.includes(sayDate(day)) : false;
  return (
    written ||
    text.includes(wanted) ||
    reply.blocks.some(
      (block) =>
        block.kind === "deadline" &&
        [block.deadline.lastDay, block.deadline.safeDay].some((one) => one === wanted),
    )
  );
}

/** Everything a person reads of a reply, choices included. */
export function textOf(reply: Pick<Reply, "blocks" | "choices">): string {
  return [...reply.blocks.flatMap(linesOf), ...reply.choices.map((choice) => choice.label)].join("\n");
}

function linesOf(block: Block): readonly string[] {
  switch (block.kind) {
    case "text":
    case "notice":
      return [block.text];
    case "card":
      return [block.title, ...block.rows.map((row) => `${row.label}:${row.value}`)];
    case "table":
      return [block.title, block.columns.join(" "), ...block.rows.map((row) => row.join(" "))];
    case "steps":
      return [
        block.title,
        ...block.steps.map((step) =>
          [step.title, step.text, step.limit, ...(step.documents ?? []), step.basis]
            .filter(Boolean)
            .join(" "),
        ),
      ];
    case "deadline":
      return [
        block.title,
        block.deadline.lastDay,
        block.deadline.safeDay,
        ...block.deadline.count,
        ...block.deadline.basis.map((ref) => ref.text),
      ];
    case "receipt":
      return [block.text, block.receipt];
  }
}
