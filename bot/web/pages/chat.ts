/** The chat page. Without script it is a form: a question in, a page with the answer out. */
import type { Library } from "../../../src/records/library.ts";
import type { Choice, Reply } from "../../../src/reply.ts";
import type { Role } from "../../../src/turn.ts";
import { replyBody } from "../blocks.ts";
import { type Html, html, trusted } from "../html.ts";
import { services } from "../layout.ts";

export interface ChatState {
  readonly conversation: string;
  readonly csrf: string;
  readonly role: Role;
  readonly area?: string;
  readonly library: Library;
  readonly today: string;
  readonly embedded: boolean;
  /** The turn just answered by form. */
  readonly said?: string;
  readonly reply?: Reply;
  /** Put into the question field, as by a link from another page. */
  readonly draft?: string;
}

export const examples: Readonly<Record<Role, readonly string[]>> = {
  citizen: [
    "收到罚款决定书,不服找谁、哪天前?",
    "来查店的人是不是真的执法人员?",
    "罚款交不起,能晚点交或分期吗?",
    "城管有权管占道摆摊吗?",
    "执法人员没亮证,我可以拒绝检查吗?",
    "我要投诉执法人员",
  ],
  officer: [
    "罚款五千元要不要告知听证?",
    "当场处罚的步骤和文书",
    "这个案子要不要法制审核?",
    "查封扣押的期限是多久?",
    "先行登记保存几天内要处理?",
    "处罚决定几个工作日内公示?",
  ],
};

export function chatPage(state: ChatState): Html {
  const officer = state.role === "officer";
  return html`<div class="${state.embedded ? "" : "chat-grid"}"><form class="chat" id="chat" method="post" action="/${state.embedded ? "?embed=1" : ""}" data-embedded="${state.embedded ? "1" : ""}">
<input type="hidden" name="_csrf" value="${state.csrf}"><input type="hidden" name="conversation" value="${state.conversation}">
<div class="chat-head"><h1>智能问答</h1>
<fieldset class="segment"><legend class="visually-hidden">我是</legend>
<label><input type="radio" name="role" value="citizen"${!officer && trusted(" checked")}>市民</label><label><input type="radio" name="role" value="officer"${officer && trusted(" checked")}>执法人员</label></fieldset>
<label class="visually-hidden" for="area">所在地区</label>${areaPicker(state.library, state.area)}</div>
<div class="log" id="log" role="log" aria-label="对话记录" aria-live="polite">
${state.reply ? answered(state.said ?? "", state.reply) : greeting(state.role)}
</div>
<div class="composer">
<ul class="files" id="files" aria-label="待发送的文件" hidden></ul>
<progress id="progress" max="100" value="0" aria-label="上传进度" hidden></progress>
<div class="composer-row"><label class="visually-hidden" for="q">您的问题</label>
<textarea id="q" name="q" rows="1" maxlength="20000" placeholder="写下您的问题" autocomplete="off" aria-describedby="hint">${state.draft ?? ""}</textarea>
<button class="button" id="send" name="send" value="1">发送</button></div>
<div class="composer-foot"><button class="icon" id="voice" type="button" aria-label="语音输入" aria-pressed="false" hidden>${icons.voice}</button>
<button class="icon" id="attach" type="button" aria-label="添加图片或文件" hidden>${icons.attach}</button>
<input id="file" type="file" multiple hidden tabindex="-1" aria-label="选择文件" accept="image/*,audio/*,video/*,.pdf,.doc,.docx,.xls,.xlsx,.txt">
<p class="hint" id="hint">请勿填写身份证号、银行卡号。危险正在发生请先打 110。</p>
<div class="turn-tools" id="tools" hidden><button class="button button-quiet" type="button" id="print">打印</button><button class="button button-quiet" type="button" id="clear">清除本机记录</button></div></div>
</div></form>
${
  !state.embedded &&
  html`<aside class="aside" aria-label="常用服务"><div class="panel"><h2>常用服务</h2><ul>${services
    .slice(1, -1)
    .map(({ path, name }) => html`<li><a href="${path}">${name}</a></li>`)}</ul></div>
<div class="panel"><h2>说明</h2><p class="hint">回答来自已公示的清单和法律规定,每条都附依据。没有公示的内容会如实说明,不作推测。</p><p class="hint">历史只显示在您这台设备的浏览器里,可随时清除。系统为防止重复办理,加密保存最近的问答,到期删除,<a href="/about">期限见“关于”</a>。</p></div></aside>`
}</div>
<template id="examples-citizen">${exampleButtons("citizen")}</template><template id="examples-officer">${exampleButtons("officer")}</template>`;
}

/** Shared by server and browser: what stands above every answer. */
export function houseTurn(inner: Html | readonly Html[], id?: string): Html {
  return html`<article class="turn-house"${id && trusted(` data-turn="${id}"`)}><h2 class="who"><span class="seal" aria-hidden="true">明</span>明执 · 自动回答</h2>${inner}</article>`;
}

export function mineTurn(text: string): Html {
  return html`<div class="turn-mine"><span class="visually-hidden">您说:</span>${text}</div>`;
}

/** Buttons that work with and without script. */
export function choiceButtons(choices: readonly Choice[]): Html | false {
  return (
    choices.length > 0 &&
    html`<div class="choices" role="group" aria-label="可选">${choices.map(
      (choice) => html`<button type="submit" name="choice" value="${choice.id}">${choice.label}</button>`,
    )}${choices.length > 3 && html`<button type="button" class="more" data-more>更多选项</button>`}</div>`
  );
}

function greeting(role: Role): Html {
  return houseTurn(
    html`<div class="text"><p>您好。我可以帮您查执法单位的权限和人员、算申诉期限、找复议机关和监督电话,也可以登记投诉举报。</p><p>请直接说发生了什么,或从下面选一个。</p></div><div id="examples">${exampleButtons(role)}</div>`,
  );
}

function exampleButtons(role: Role): Html {
  return html`<div class="examples" role="group" aria-label="例子">${examples[role].map(
    (example) => html`<button type="submit" name="example" value="${example}">${example}</button>`,
  )}</div>`;
}

function answered(said: string, reply: Reply): Html {
  const contest = contestChoice(reply);
  return html`${said !== "" && mineTurn(said)}${houseTurn(
    html`${replyBody(reply, choiceButtons(reply.choices))}${
      contest &&
      html`<div class="turn-tools"><button class="button button-quiet" type="submit" name="choice" value="${contest.id}">这条不对</button></div>`
    }`,
  )}`;
}

/** What “这条不对” chooses: the correction form, for the first published record the answer rests on. A form under way states nothing to contest. */
export function contestChoice({ intent, citations }: Reply): Choice | undefined {
  if (intent.startsWith("dialogue:")) return undefined;
  const cited = citations.find(({ record }) => !record.startsWith("law:")) ?? citations[0];
  return cited && { id: `start:correction:${cited.record}`, label: `这条不对:${cited.title}`.slice(0, 120) };
}

function areaPicker(library: Library, chosen: string | undefined): Html {
  const areas = library
    .all("area")
    .filter((area) => area.status === "published" && (area.level === "市" || area.level === "县"))
    .sort((a, b) => a.code.localeCompare(b.code));
  return html`<select id="area" name="area"><option value="">全部地区</option>${areas.map(
    (area) =>
      html`<option value="${area.code}"${area.code === chosen && trusted(" selected")}>${area.level === "县" && "— "}${area.name}</option>`,
  )}</select>`;
}

const icon = (path: string) =>
  trusted(`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`);
const icons = {
  voice: icon("M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM6 11a6 6 0 0 0 12 0M12 17v4M9 21h6"),
  attach: icon(
    "M20 11.5 12 19.5a5 5 0 0 1-7-7l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7l-8.3 8.3a1.6 1.6 0 0 1-2.3-2.3l7.4-7.4",
  ),
};
