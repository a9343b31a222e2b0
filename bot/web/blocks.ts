/** A reply as HTML: the one renderer of blocks, used by the server's pages and, bundled, by the chat page itself. */
import { sayDay } from "../../src/law/day.ts";
import type { Block, Citation, Reply } from "../../src/reply.ts";
import { type Html, html, safeUrl } from "./html.ts";
import { deadlineMonths } from "./month.ts";

const LEVEL_NAMES = { info: "提示", warn: "注意", urgent: "紧急" } as const;

/** Everything of a reply; what the person may choose stands right under the answer, before its sources. */
export function replyBody(reply: Reply, choices: Html | false = false): Html {
  return html`${shownBlocks(reply).map(renderBlock)}${choices}${citationList(reply.citations)}
    <p class="labels">${reply.labels.map((label) => html`<span class="label">${label}</span>`)}<span class="label label-plain">数据版本 ${reply.release}</span></p>`;
}

/** A receipt stands in its own frame: sentences that repeat its number would outlive the frame. */
function shownBlocks({ blocks }: Reply): readonly Block[] {
  const receipts = blocks.flatMap((block) => (block.kind === "receipt" ? digitsOf(block.receipt) : []));
  return blocks.filter(
    (block) => block.kind !== "text" || !receipts.some((receipt) => digitsOf(block.text).includes(receipt)),
  );
}

export function digitsOf(text: string): string {
  return text.normalize("NFKC").replace(/\D/g, "");
}

export function renderBlock(block: Block): Html {
  switch (block.kind) {
    case "text":
      return html`<div class="text">${paragraphs(block.text, marks(block.cites))}</div>`;
    case "card":
      return html`<section class="card"><h3>${block.title}${marks(block.cites)}</h3><dl>${block.rows.map(
        (row) =>
          html`<div><dt>${row.label}</dt><dd>${/电话|热线/.test(row.label) ? phoneLinks(row.value) : lines(row.value)}</dd></div>`,
      )}</dl></section>`;
    case "steps":
      return html`<section class="steps"><h3>${block.title}${marks(block.cites)}</h3><ol>${block.steps.map(
        (step) => html`<li><h4>${step.title}</h4><p>${lines(step.text)}</p>${stepFacts(step)}</li>`,
      )}</ol></section>`;
    case "table":
      return html`<section class="table"><h3>${block.title}${marks(block.cites)}</h3>${table(block.title, block.columns, block.rows)}</section>`;
    case "deadline":
      return html`<section class="deadline"><h3>${block.title}${marks(block.cites)}</h3>${deadlineBody(block.deadline)}</section>`;
    case "notice":
      return html`<div class="notice notice-${block.level}"><strong>${LEVEL_NAMES[block.level]}</strong><div>${paragraphs(block.text, marks(block.cites))}</div></div>`;
    case "receipt":
      return receipt(block);
  }
}

type DeadlineBlock = Extract<Block, { kind: "deadline" }>;

/** The day that is safe first and largest, then the last one, the picture, and how it was counted. */
export function deadlineBody(deadline: DeadlineBlock["deadline"]): Html {
  return html`${
    deadline.safeDay === deadline.lastDay
      ? html`<p class="last-day"><span>最后一天</span><strong>${sayDay(deadline.lastDay)}</strong></p>`
      : html`<p class="last-day"><span>最稳妥:在这天或之前办好</span><strong>${sayDay(deadline.safeDay)}</strong></p><p>最后一天 ${sayDay(deadline.lastDay)}</p>`
  }
    ${deadline.projected && html`<p class="notice notice-warn"><strong>注意</strong><span>当年放假安排尚未公布,这是按周末和固定节日推算的日期。</span></p>`}
    ${deadlineMonths(deadline)}
    <details><summary>怎么算出来的</summary><ol class="count">${deadline.count.map((step) => html`<li>${step}</li>`)}</ol></details>
    <p class="basis">依据:${deadline.basis.map((ref) => ref.text).join("、")}</p>
    ${deadline.caution && html`<p class="caution">${deadline.caution}</p>`}`;
}

/** Numbers that a phone dials at a touch; what is no number stays text. */
export function phoneLinks(text: string): Html {
  return html`${text.split(/([+\d][\d-]{2,18}\d)/).map((part, index) => (index % 2 === 1 ? html`<a href="tel:${part.replaceAll("-", "")}">${part}</a>` : lines(part)))}`;
}

/** A table that can be scrolled by keyboard when it is wider than the screen. */
export function table(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly (string | Html)[])[],
): Html {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table><thead><tr>${columns.map(
    (column) => html`<th scope="col">${column}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((value) => html`<td>${typeof value === "string" ? lines(value) : value}</td>`)}</tr>`,
  )}</tbody></table></div>`;
}

/** The first sentence in plain text, for titles and reading aloud. */
export function replyText(reply: Reply): string {
  return reply.blocks.map(blockText).filter(Boolean).join("\n");
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "text":
    case "notice":
      return block.text;
    case "card":
      return `${block.title}。${block.rows.map((row) => `${row.label}:${row.value}`).join("。")}`;
    case "steps":
      return `${block.title}。${block.steps.map((step, index) => `第${index + 1}步,${step.title}。${step.text}`).join("")}`;
    case "table":
      return `${block.title},共${block.rows.length}行。`;
    case "deadline":
      return `${block.title}。最后一天是${sayDay(block.deadline.lastDay)}。`;
    case "receipt":
      return block.text;
  }
}

function receipt(block: Extract<Block, { kind: "receipt" }>): Html {
  const ack = encodeURIComponent(block.acknowledgement);
  return html`<section class="receipt" data-receipt="${digitsOf(block.receipt)}">
    <h2>已登记。您的回执号(只显示这一次)</h2>
    <p class="receipt-number">${digitsOf(block.receipt).replace(/(\d{4})(?=\d)/g, "$1 ")}</p>
    <div class="text">${paragraphs(block.text)}</div>
    <div class="receipt-check"></div>
    ${
      block.acknowledgement !== "" &&
      html`<div class="ack"><img src="/qr.svg?ack=${ack}" alt="受理凭证二维码" width="148" height="148" loading="lazy"><div><p>受理凭证:证明材料已被登记,不含您的身份和内容。</p><p><a class="button button-plain" href="/acknowledgement.txt?ack=${ack}" download="受理凭证.txt">下载受理凭证</a></p></div></div>`
    }
  </section>`;
}

export function citationList(list: readonly Citation[]): Html | false {
  return (
    list.length > 0 &&
    html`<details class="citations"><summary>依据(${list.length} 条)</summary><ol>${list.map(
      (
        citation,
      ) => html`<li><strong>${citation.title}</strong>${citation.locator && html` ${citation.locator}`}
        <span class="facts">${[
          citation.docNo,
          citation.issuer,
          citation.effectiveFrom && `${citation.effectiveFrom} 起施行`,
          citation.effectiveTo && `至 ${citation.effectiveTo}`,
          citation.asOf && `数据截至 ${citation.asOf}`,
        ]
          .filter(Boolean)
          .join(" · ")}</span>
        ${citation.url && html`<a href="${safeUrl(citation.url)}" rel="noopener noreferrer">查看来源</a>`}
        ${recordLink(citation.record)}
        ${citation.caution && html`<span class="caution">${citation.caution}</span>`}</li>`,
    )}</ol></details>`
  );
}

/** Own pages of cited records. */
function recordLink(record: string): Html | false {
  const path = recordPath(record);
  return path !== undefined && html`<a href="${path}">打开公示页</a>`;
}

/** Where a record has a page of its own, by its id. */
export function recordPath(record: string): string | undefined {
  const path = { ent: "organs", pow: "powers", sta: "laws", pol: "laws" }[record.slice(0, 3)];
  return path !== undefined && record[3] === "_" ? `/${path}/${record}` : undefined;
}

function stepFacts(step: Extract<Block, { kind: "steps" }>["steps"][number]): Html | false {
  const facts = [
    step.actor && `谁办:${step.actor}`,
    step.limit && `时限:${step.limit}`,
    step.documents && step.documents.length > 0 && `文书:${step.documents.join("、")}`,
    step.basis && `依据:${step.basis}`,
  ].filter((fact) => typeof fact === "string" && fact !== "");
  return facts.length > 0 && html`<p class="facts">${facts.join(" · ")}</p>`;
}

function marks(cites: readonly number[] | undefined): Html | false {
  return (
    cites !== undefined &&
    cites.length > 0 &&
    html`<sup class="cites" title="依据">[${runs(cites).join(",")}]</sup>`
  );
}

/** `1–4`, `7`: numbers as people read them, from indexes. */
function runs(cites: readonly number[]): readonly string[] {
  const numbers = [...new Set(cites)].sort((a, b) => a - b).map((index) => index + 1);
  const found: [number, number][] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
}

/** @param after ends the last paragraph. */
export function paragraphs(text: string, after: Html | false = false): readonly Html[] {
  const parts = text.split(/\n{2,}/).filter((part) => part.trim() !== "");
  return parts.map((part, index) => html`<p>${lines(part)}${index === parts.length - 1 && after}</p>`);
}

export function lines(text: string): Html {
  return html`${text.split("\n").map((line, index) => (index === 0 ? line : html`<br>${line}`))}`;
}
