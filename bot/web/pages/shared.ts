/** Parts that several look-up pages show. */
import type { Library } from "../../../src/records/library.ts";
import type { LegalBasis } from "../../../src/records/primitives.ts";
import type { PublishedRecord } from "../../../src/records/schema.ts";
import { type Html, html, safeUrl, trusted } from "../html.ts";
import type { Found } from "../records.ts";

/** Where a record was published, and as of when. */
export function sourceLine(record: PublishedRecord): Html {
  const { source, validity } = record;
  return html`<div class="panel"><h2>来源</h2><dl><div><dt>名单或文件</dt><dd>${source.url ? html`<a href="${safeUrl(source.url)}" rel="noopener noreferrer">${source.title}</a>` : source.title}${source.row !== undefined && ` 第 ${source.row} 行`}</dd></div>
<div><dt>发布单位</dt><dd>${source.publisher}</dd></div><div><dt>数据截至</dt><dd>${source.publishedOn ?? source.importedAt?.slice(0, 10) ?? html`<em class="unpublished">未写明</em>`}</dd></div>
${validity.effectiveTo && html`<div><dt>有效至</dt><dd>${validity.effectiveTo}</dd></div>`}</dl>
${record.caution && html`<p class="caution">${record.caution}</p>`}
<p class="hint"><a href="/?q=${encodeURIComponent(`这条信息不对:${record.source.title} ${record.id}`)}">这条不对?告诉我们</a></p></div>`;
}

export function basisList(bases: readonly LegalBasis[]): Html | undefined {
  return bases.length === 0
    ? undefined
    : html`<ul>${bases.map((basis) => html`<li>${basis.statuteId ? html`<a href="/laws/${basis.statuteId}">${basis.raw}</a>` : basis.raw}</li>`)}</ul>`;
}

export function organLink(library: Library, id: string | undefined): Html | undefined {
  const record = id === undefined ? undefined : library.find(id);
  return record?.kind === "entity" ? html`<a href="/organs/${record.id}">${record.name}</a>` : undefined;
}

export function demoTag(record: PublishedRecord): Html | false {
  return record.dataset === "demo" && html` <span class="tag tag-demo">演示数据</span>`;
}

/** Older and newer pages of a list; `path` has its query without `page`. */
export function pager({ page, pages, total }: Found<unknown>, path: string): Html {
  const link = (to: number, name: string) =>
    html`<a class="button button-plain" href="${path}${path.includes("?") ? "&" : "?"}page=${to}">${name}</a>`;
  return html`<nav class="pages" aria-label="翻页">${page > 1 && link(page - 1, "上一页")}<span>第 ${page} / ${pages} 页,共 ${total} 条</span>${page < pages && link(page + 1, "下一页")}</nav>`;
}

export function option(value: string, label: string, chosen: string | undefined): Html {
  return html`<option value="${value}"${value === chosen && trusted(" selected")}>${label}</option>`;
}

export function areaName(library: Library, code: string): string {
  return library.all("area").find((area) => area.code === code)?.name ?? code;
}
