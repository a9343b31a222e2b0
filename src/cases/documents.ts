/** What an office sends: the neutral 核查通知, and the three documents of supervision, from the case's facts. */
import { cite } from "../law/cite.ts";
import type { Day } from "../law/day.ts";
import { sayDate } from "../law/day.ts";
import { type Matter, matters } from "./matters.ts";

export const documentKinds = {
  inquiry: "核查通知",
  notice: "行政执法监督通知书",
  opinion: "行政执法监督意见书",
  decision: "行政执法监督决定书",
} as const;
export type DocumentKind = keyof typeof documentKinds;

export function titleOf(kind: DocumentKind, number: string | null | undefined): string {
  return number ? `${documentKinds[kind]} ${number}` : documentKinds[kind];
}

export interface DocumentFacts {
  readonly kind: DocumentKind;
  /** The document's own number; never the case's, which the complainant holds too. Undefined before it leaves. */
  readonly number?: string;
  readonly office: string;
  readonly recipient: string;
  readonly matter: string;
  readonly day: Day;
  /** Last day to answer. */
  readonly due?: Day;
  /** What the recipient may be told was found. */
  readonly told?: string;
  readonly demand?: string;
  readonly legalBasis?: string;
}

/**
 * The text that leaves. A 核查通知 names only the kind of matter and the last day to answer: nothing of the complaint
 * and nothing of who made it (信访条例第三十条第三款).
 */
export function writeDocument(facts: DocumentFacts): string {
  const what = matters[facts.matter as Matter] ?? matters.other;
  const due = facts.due ? `请于 ${sayDate(facts.due)} 前` : "请按期";
  const { told = "", demand, legalBasis } = facts;
  const lines = [
    `${documentKinds[facts.kind]}\n${facts.number ?? "(文号在发出时编)"}`,
    `${facts.recipient}:`,
  ];
  switch (facts.kind) {
    case "inquiry":
      lines.push(
        `我机构在行政执法监督工作中,需核查你单位“${what}”方面的执法情况。${due}书面说明近期有关执法活动的程序、依据和文书,并附案卷材料。`,
        "不得打听、追查信息来源,不得打击报复。",
      );
      break;
    case "notice":
      lines.push(
        `经核查,你单位“${what}”方面存在以下情况:\n${told}`,
        `依据${legalBasis},${due}自行纠正并书面反馈纠正情况。${demand ? `\n${demand}` : ""}`,
      );
      break;
    case "opinion":
      lines.push(
        `经核查:\n${told}`,
        `依据${legalBasis},现提出监督意见:\n${demand}`,
        `${due}书面反馈落实情况。`,
      );
      break;
    case "decision":
      lines.push(`经核查认定:\n${told}`, `依据${legalBasis},决定如下:\n${demand}`, `${due}执行并书面报告。`);
      break;
  }
  lines.push(facts.office, sayDate(facts.day));
  return lines.join("\n\n");
}

/** The basis a document of this kind begins with; undefined where we have read none and a person must name it. */
export function basisOf(kind: DocumentKind, matter: string): string | undefined {
  return kind === "notice" && matter === "discretion" ? cite("山西裁量办法", "15.2").text : undefined;
}
