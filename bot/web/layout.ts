/** The frame of every public page: masthead, services, footer. */
import type { Library } from "../../src/records/library.ts";
import { type Html, html, type Piece, trusted } from "./html.ts";

/** What a page needs to know of the visit. */
export interface Visit {
  readonly elder: boolean;
  readonly path: string;
  readonly library: Library;
  readonly assets: { readonly css: string; readonly chat: string };
}

export interface Page {
  readonly title: string;
  readonly description?: string;
  readonly body: Piece;
  /** Search engines stay away from pages about one person's matter. */
  readonly indexed?: boolean;
  readonly kind?: "chat" | "embedded" | "plain";
  /** Records of the fictional city stand on this page. */
  readonly demo?: boolean;
}

export const services = [
  { path: "/", name: "智能问答" },
  { path: "/organs", name: "执法主体" },
  { path: "/powers", name: "权责事项" },
  { path: "/officers/check", name: "人员核验" },
  { path: "/relief", name: "救济渠道" },
  { path: "/deadlines", name: "期限计算" },
  { path: "/points", name: "法律要点" },
  { path: "/laws", name: "法规政策" },
  { path: "/complaints/new", name: "投诉举报" },
  { path: "/complaints/status", name: "查进度" },
  { path: "/about", name: "关于" },
] as const;

export function renderPage(visit: Visit, page: Page): string {
  const embedded = page.kind === "embedded";
  return `<!doctype html>${html`<html lang="zh-CN" class="${visit.elder ? "elder" : ""}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} - 明执</title>
<meta name="description" content="${page.description ?? "行政执法公开信息的查询、问答与投诉举报"}">
${page.indexed !== true && html`<meta name="robots" content="noindex">`}
<meta name="theme-color" content="#083566">
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${visit.assets.css}">
${(page.kind === "chat" || embedded) && html`<script type="module" src="${visit.assets.chat}"></script>`}
</head><body class="${page.kind === "chat" ? "chat-page" : embedded ? "chat-page embedded" : ""}">
<a class="skip" href="#main">跳到主要内容</a>${(page.kind === "chat" || embedded) && html`<a class="skip" href="#q">跳到提问</a>`}
${!embedded && masthead(visit)}
${page.demo && html`<aside class="demo-banner" aria-label="演示数据说明"><div class="wrap"><strong>演示数据</strong> 本页含虚构的“演示市”内容,只供试用,不代表任何真实机关。</div></aside>`}
<div class="offline" id="offline" role="status" hidden>网络已断开。已显示的内容仍可阅读,恢复后再提问。</div>
<main id="main" class="wrap" tabindex="-1">${page.body}</main>
${!embedded && footer(visit)}
</body></html>`}`;
}

function masthead(visit: Visit): Html {
  const back = encodeURIComponent(visit.path);
  return html`<header class="masthead"><div class="wrap">
<a class="brand" href="/"><span class="seal" aria-hidden="true">明执</span><span>明执<small>行政执法公开信息服务</small></span></a>
<div class="tools"><a class="services-link" href="#services">全部服务</a><a id="elder" href="/elder?on=${visit.elder ? "0" : "1"}&amp;back=${back}">${visit.elder ? "标准版" : "长者模式"}</a></div>
</div></header>
<nav class="nav" aria-label="服务"><div class="wrap"><ul>${services.map(
    ({ path, name }) =>
      html`<li><a href="${path}"${isHere(visit.path, path) && trusted(' aria-current="page"')}>${name}</a></li>`,
  )}</ul></div></nav>`;
}

function footer({ library }: Visit): Html {
  return html`<footer class="footer"><div class="wrap"><nav id="services" aria-label="全部服务" tabindex="-1"><ul>${services.map(
    ({ path, name }) => html`<li><a href="${path}">${name}</a></li>`,
  )}<li><a href="/completeness">公示完整度</a></li></ul></nav>
<p>自动回答只引用已公示的内容和法律规定,不代替机关的正式答复。人身安全受到威胁请先拨打 110。</p>
<p>数据版本 ${library.release.id} · ${library.release.publishedAt.slice(0, 10)} 发布</p></div></footer>`;
}

function isHere(here: string, path: string): boolean {
  const bare = here.split("?")[0] ?? "/";
  return path === "/"
    ? bare === "/"
    : bare === path || (path !== "/complaints" && bare.startsWith(`${path}/`));
}

/** A value, or the plain statement that the organ has not published it. */
export function orUnpublished(value: Piece): Piece {
  const empty =
    value === undefined ||
    value === null ||
    value === false ||
    value === "" ||
    (Array.isArray(value) && value.length === 0);
  return empty ? html`<em class="unpublished">本机关尚未公示</em>` : value;
}

export function facts(rows: readonly (readonly [string, Piece])[]): Html {
  return html`<dl>${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${orUnpublished(value)}</dd></div>`)}</dl>`;
}
