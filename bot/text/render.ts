/**
 * A reply as lines of text, cut into messages. Pure; Telegram, WeChat and the terminal only colour the lines.
 * A receipt is a message of its own: it can be kept, forwarded or deleted without the rest.
 */
import { sayDay } from "../../src/law/day.ts";
import type { Block, Choice, Citation, Reply } from "../../src/reply.ts";

/** `lead` is what a door may show in bold; in plain text it simply comes first. */
export interface Line {
  readonly lead?: string;
  readonly text: string;
}

export interface Section {
  readonly lines: readonly Line[];
  /** In a message of its own. */
  readonly alone: boolean;
}

export interface MessageSize {
  readonly amount: number;
  /** `characters` are UTF-16 units, as Telegram counts; `bytes` are UTF-8, as WeChat counts. */
  readonly unit: "characters" | "bytes";
}

export interface LayoutOptions {
  /** Choices as numbered lines; false where buttons show them. */
  readonly numbered: boolean;
}

const LEVEL_LEADS = { info: "", warn: "【注意】", urgent: "【紧急】" } as const;

/** Blocks first, then what they rest on, the labels, and last what may be chosen: next to where the answer is typed. */
export function layOut(reply: Reply, options: LayoutOptions): readonly Section[] {
  const sections: Section[] = reply.blocks.map((block) => ({
    lines: blockLines(block),
    alone: block.kind === "receipt",
  }));
  const tail: Line[][] = [
    citationLines(reply.citations),
    reply.labels.length > 0 ? [{ text: `〔${reply.labels.join(" · ")}〕` }] : [],
    options.numbered ? choiceLines(reply.choices) : [],
  ];
  sections.push(...tail.filter((lines) => lines.length > 0).map((lines) => ({ lines, alone: false })));
  return sections;
}

/** Messages of lines, none longer than `size`; cut between blocks, else between lines, else between sentences. */
export function paginate(sections: readonly Section[], size: MessageSize): readonly (readonly Line[])[] {
  const pages: Line[][] = [];
  let page: Line[] = [];
  const turnPage = () => {
    if (page.length > 0) pages.push(page);
    page = [];
  };
  const fits = (lines: readonly Line[]) => measure(plainText(lines), size.unit) <= size.amount;
  for (const section of sections) {
    if (section.alone) turnPage();
    const joined = page.length > 0 ? [...page, BLANK, ...section.lines] : [...section.lines];
    if (fits(joined)) {
      page = joined;
    } else {
      turnPage();
      for (const line of section.lines.flatMap((whole) => cutLine(whole, size))) {
        if (!fits([...page, line])) turnPage();
        page.push(line);
      }
    }
    if (section.alone) turnPage();
  }
  turnPage();
  return pages;
}

const BLANK: Line = { text: "" };

export function plainText(lines: readonly Line[]): string {
  return lines.map((line) => `${line.lead ?? ""}${line.text}`).join("\n");
}

/** The whole way: a reply as plain-text messages with numbered choices. */
export function plainMessages(reply: Reply, size: MessageSize): readonly string[] {
  return paginate(layOut(reply, { numbered: true }), size).map(plainText);
}

/** A whole reply in one text, its choices numbered. */
export const wholeText = (reply: Reply): string =>
  plainMessages(reply, { amount: Number.POSITIVE_INFINITY, unit: "characters" }).join("\n\n");

function measure(text: string, unit: MessageSize["unit"]): number {
  return unit === "bytes" ? Buffer.byteLength(text) : text.length;
}

/** Cuts one line too long for any message, after a sentence where there is one; never inside a character. */
function cutLine(line: Line, size: MessageSize): readonly Line[] {
  if (measure(plainText([line]), size.unit) <= size.amount) return [line];
  const pieces: Line[] = [];
  let lead = line.lead;
  let piece = "";
  let used = measure(lead ?? "", size.unit);
  for (const part of line.text.split(/(?<=[。!?;！？；])/).flatMap((sentence) => softly(sentence, size))) {
    const length = measure(part, size.unit);
    if (used + length > size.amount && (piece !== "" || lead !== undefined)) {
      pieces.push({ lead, text: piece });
      lead = undefined;
      piece = "";
      used = 0;
    }
    piece += part;
    used += length;
  }
  pieces.push({ lead, text: piece });
  return pieces;
}

/** A sentence that fits stays whole; a longer one falls apart into what a reader sees as characters. */
function softly(sentence: string, size: MessageSize): readonly string[] {
  if (measure(sentence, size.unit) <= size.amount) return [sentence];
  return [...new Intl.Segmenter("zh").segment(sentence)].map(({ segment }) => segment);
}

function blockLines(block: Block): readonly Line[] {
  switch (block.kind) {
    case "text":
      return textLines(block.text, marks(block.cites));
    case "notice":
      return textLines(block.text, marks(block.cites), LEVEL_LEADS[block.level] || undefined);
    case "card":
      return [
        { lead: block.title, text: marks(block.cites) },
        ...block.rows.map((row) => ({ text: `${row.label}:${row.value}` })),
      ];
    case "steps":
      return [
        { lead: block.title, text: marks(block.cites) },
        ...block.steps.flatMap((step, index) => [
          { lead: `${index + 1}. ${step.title}`, text: "" },
          ...textLines(step.text),
          ...stepFacts(step),
        ]),
      ];
    case "table":
      return [
        { lead: block.title, text: marks(block.cites) },
        ...block.rows.map((row) => ({
          text: `· ${row.map((value, index) => `${block.columns[index] ?? ""}:${value}`).join(",")}`,
        })),
      ];
    case "deadline":
      return deadlineLines(block);
    case "receipt":
      return [
        { lead: "您的回执号(只显示这一次)", text: "" },
        { lead: block.receipt.replace(/\D/g, "").replace(/(\d{4})(?=\d)/g, "$1 "), text: "" },
        ...textLines(block.text),
        { text: "请抄下来保存。查进度、补充材料、撤回都只凭这个号;遗失后无法找回。" },
        ...(block.acknowledgement === ""
          ? []
          : [{ text: `受理凭证(证明材料已登记,不含您的身份和内容):${block.acknowledgement}` }]),
      ];
  }
}

function textLines(text: string, ending = "", lead?: string): readonly Line[] {
  const lines = text.split(/\r?\n/);
  return lines.map((line, index) => ({
    ...(index === 0 && lead !== undefined && { lead }),
    text: index === lines.length - 1 ? line + ending : line,
  }));
}

function stepFacts(step: Extract<Block, { kind: "steps" }>["steps"][number]): readonly Line[] {
  const facts = [
    step.actor && `谁办:${step.actor}`,
    step.limit && `时限:${step.limit}`,
    step.documents && step.documents.length > 0 && `文书:${step.documents.join("、")}`,
    step.basis && `依据:${step.basis}`,
  ].filter((fact) => typeof fact === "string" && fact !== "");
  return facts.length > 0 ? [{ text: `(${facts.join(";")})` }] : [];
}

function deadlineLines({ title, deadline, cites }: Extract<Block, { kind: "deadline" }>): readonly Line[] {
  return [
    { lead: title, text: marks(cites) },
    { lead: `最后一天:${sayDay(deadline.lastDay)}`, text: "" },
    ...(deadline.safeDay === deadline.lastDay
      ? []
      : [{ text: `最稳妥:在 ${sayDay(deadline.safeDay)} 或之前办好。` }]),
    ...(deadline.projected
      ? [{ lead: "【注意】", text: "当年放假安排尚未公布,这是按周末和固定节日推算的日期。" }]
      : []),
    ...deadline.count.map((step, index) => ({ text: `${index + 1}) ${step}` })),
    { text: `依据:${deadline.basis.map((ref) => ref.text).join("、")}` },
    ...(deadline.caution ? [{ text: `提示:${deadline.caution}` }] : []),
  ];
}

function choiceLines(choices: readonly Choice[]): Line[] {
  if (choices.length === 0) return [];
  return [
    { lead: "请回复数字选择:", text: "" },
    ...choices.map((choice, index) => ({ text: `${index + 1}. ${choice.label}` })),
  ];
}

/** One line for each text relied on, its articles side by side; numbers are those the blocks refer to. */
function citationLines(citations: readonly Citation[]): Line[] {
  const groups = new Map<string, { source: string; places: string[] }>();
  for (const [index, citation] of citations.entries()) {
    const source = sourceOf(citation);
    const group = groups.get(source) ?? { source, places: [] };
    group.places.push(`[${index + 1}]${citation.locator ? ` ${citation.locator}` : ""}`);
    groups.set(source, group);
  }
  return [...groups.values()].map(({ source, places }) => ({ text: `依据:${source} ${places.join("、")}` }));
}

function sourceOf(citation: Citation): string {
  const facts = [
    citation.docNo,
    citation.issuer,
    citation.effectiveFrom && `${citation.effectiveFrom} 起施行`,
    citation.effectiveTo && `至 ${citation.effectiveTo}`,
    citation.asOf && `数据截至 ${citation.asOf}`,
    citation.caution && `提示:${citation.caution}`,
  ].filter((fact) => typeof fact === "string" && fact !== "");
  const link = citation.url && /^https?:\/\//i.test(citation.url) ? ` ${citation.url} ` : "";
  return `${citation.title}${facts.length > 0 ? `(${facts.join(";")})` : ""}${link}`;
}

function marks(cites: readonly number[] | undefined): string {
  return (cites ?? []).map((index) => `[${index + 1}]`).join("");
}
