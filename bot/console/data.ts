/** 公示数据: a list comes in, is looked at, is confirmed by a second person, and goes out by a second person. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { ChangedRecord, DataDesk, ListColumn, ListSheet, Proposal } from "../../src/data-desk.ts";
import { AppError } from "../../src/error.ts";
import { lines, table } from "../web/blocks.ts";
import { type Html, html, trusted } from "../web/html.ts";
import { parseBody } from "../web/inbound.ts";
import { facts } from "../web/layout.ts";
import { option } from "../web/pages/shared.ts";
import { collectForm, filesOf, MAX_FILE_BYTES, MAX_FILES } from "../web/uploads.ts";
import { type ConsoleParts, needRole, orAgain, type Refusal, showConsole, token } from "./frame.ts";

const filled = (value: unknown) => (value === "" ? undefined : value);
const said = z.preprocess(filled, z.string().trim().max(100).optional());
const Upload = z.object({
  kind: z.string().max(40),
  entity: said,
  dataset: said,
  title: said,
  publisher: said,
  publishedOn: said,
});
const Reason = z.object({ reason: z.string().trim().max(300).default("") });
const Publish = Reason.extend({ removeMissing: z.literal("1").optional() });
const Rollback = Reason.extend({ release: z.string().max(60) });

type ById = { Params: { id: string } };
type Typed = Readonly<Record<string, string>>;

export function mountData(server: FastifyInstance, parts: ConsoleParts, data: DataDesk): void {
  const checked = { preValidation: server.csrfProtection };
  const person = (request: FastifyRequest) => needRole(request, "editor", "reviewer");
  const show = (request: FastifyRequest, reply: FastifyReply, title: string, body: Html) =>
    showConsole(parts, request, reply, { title, body });

  const front = (request: FastifyRequest, reply: FastifyReply, typed: Typed = {}, refusal?: Refusal) => {
    const by = person(request);
    const editor = by.roles.includes("editor");
    const uploads = data.uploads(by);
    const lists = data.waitingLists(by);
    return show(
      request,
      reply,
      "公示数据",
      html`<h1>公示数据</h1>${tabs("/console/data")}
${editor && uploadForm(data, reply, typed, refusal)}
${
  uploads.length > 0 &&
  html`<section class="panel" id="uploads"><h2>待看的清单</h2>${table(
    "待看的清单",
    ["文件", "类型", "可用", "提醒", "隔离", "上传"],
    uploads.map((one) => [
      html`<a href="/console/data/sheets/${one.id}">${one.file}</a>`,
      one.kindLabel,
      one.refused ? html`<span class="tag tag-late">未接受</span>` : String(one.counts.accepted),
      String(one.counts.warned),
      String(one.counts.quarantined),
      html`${one.by}<span class="facts">${sayTime(one.at)}</span>`,
    ]),
  )}</section>`
}
<section class="panel" id="waiting"><h2>待发布的清单</h2>${
        lists.length === 0
          ? html`<p class="unpublished">没有待发布的清单。</p>`
          : html`${table(
              "待发布的清单",
              ["文件", "类型", "条数", "导入", "能否发布"],
              lists.map((one) => [
                html`<a href="/console/data/sheets/${one.id}">${one.file}</a>`,
                one.kindLabel,
                String(one.records),
                html`${one.by}<span class="facts">${sayTime(one.at)}</span>`,
                one.held.length === 0
                  ? html`<span class="tag tag-good">可以发布</span>`
                  : html`<span class="tag tag-late">暂不能</span> ${one.held[0]}${one.mapping && html` <a href="/console/data/mappings#${one.mapping}">去确认</a>`}`,
              ]),
            )}<p><a class="button" href="/console/data/next">与现行版比较、提请发布</a></p>`
      }</section>`,
    );
  };
  server.get("/console/data", (request, reply) => front(request, reply));
  server.post(
    "/console/data",
    { bodyLimit: MAX_FILES * MAX_FILE_BYTES, preValidation: [collectForm, server.csrfProtection] },
    (request, reply) => {
      const by = needRole(request, "editor");
      return orAgain(
        reply,
        async () => {
          const { kind, ...rest } = parseBody(Upload, request.body);
          const files = filesOf(request);
          if (files.length === 0)
            throw new AppError("bad_input", { say: "请选择要上传的清单文件。", detail: { field: "file" } });
          const facts = { kind, ...withoutEmpty(rest) };
          const ids: string[] = [];
          for (const file of files) ids.push(await data.upload(by, file, facts));
          const [only] = ids;
          return reply.redirect(
            ids.length === 1 ? `/console/data/sheets/${only}` : "/console/data#uploads",
            303,
          );
        },
        (refusal) => front(request, reply, request.body as Typed, refusal),
      );
    },
  );

  server.get<ById>("/console/data/sheets/:id", (request, reply) => {
    const by = person(request);
    const { id } = request.params;
    const sheet = data.sheet(by, id);
    const waits = data.uploads(by).some((one) => one.id === id);
    const editor = by.roles.includes("editor");
    return show(request, reply, sheet.file, sheetPage(sheet, reply, waits, editor));
  });
  server.post<ById>("/console/data/sheets/:id/keep", checked, async (request, reply) => {
    await data.keep(person(request), request.params.id);
    return reply.redirect("/console/data#waiting", 303);
  });
  server.post<ById>("/console/data/sheets/:id/drop", checked, async (request, reply) => {
    await data.drop(person(request), request.params.id);
    return reply.redirect("/console/data", 303);
  });
  server.post<ById>("/console/data/sheets/:id/discard", checked, async (request, reply) => {
    await data.discard(person(request), request.params.id, parseBody(Reason, request.body).reason);
    return reply.redirect("/console/data", 303);
  });

  const mappings = (request: FastifyRequest, reply: FastifyReply, refusal?: Refusal) => {
    const all = data.mappings(person(request));
    const open = all.filter(({ confirmedBy }) => confirmedBy === undefined);
    const done = all.filter(({ confirmedBy }) => confirmedBy !== undefined);
    return show(
      request,
      reply,
      "列名对应",
      html`<h1>公示数据</h1>${tabs("/console/data/mappings")}${refusal && problem(refusal)}
<p class="lead">表里的每一列读成了什么,由导入人以外的一个人逐列核对后确认。同一来源、同样的列名以后不再问。</p>
${open.length === 0 && html`<p class="panel">没有待确认的列名对应。</p>`}${open.map(
  (one) =>
    html`<section class="panel" id="${one.id}"><h2>${one.source}(${one.kindLabel})</h2><p class="facts">${one.by} 于 ${sayTime(one.at)} 导入</p>${columnsTable(one.columns)}<form class="actions" method="post" action="/console/data/mappings/${one.id}">${token(reply)}<button class="button">逐列核对无误,确认</button></form></section>`,
)}${
  done.length > 0 &&
  html`<h2>已确认</h2>${done.map((one) => html`<details class="panel"><summary>${one.source}(${one.kindLabel}) · ${one.confirmedBy} 确认</summary>${columnsTable(one.columns)}</details>`)}`
}`,
    );
  };
  server.get("/console/data/mappings", (request, reply) => mappings(request, reply));
  server.post<ById>("/console/data/mappings/:id", checked, (request, reply) =>
    orAgain(
      reply,
      async () => {
        await data.confirmMapping(person(request), request.params.id);
        return reply.redirect("/console/data/mappings", 303);
      },
      (refusal) => mappings(request, reply, refusal),
    ),
  );

  const next = (request: FastifyRequest, reply: FastifyReply, typed: Typed = {}, refusal?: Refusal) => {
    const by = person(request);
    const asked = data.proposal(by);
    const coming = data.next(by);
    const going = coming.lists.filter(({ held }) => held.length === 0);
    return show(
      request,
      reply,
      "下一版",
      html`<h1>公示数据</h1>${tabs("/console/data/next")}${refusal && problem(refusal)}
${asked && proposalBox(asked, reply)}
<ul class="tiles board"><li><div class="tile"><strong>${coming.added.length}</strong><span>新增</span></div></li><li><div class="tile"><strong>${coming.changed.length}</strong><span>变更</span></div></li><li><div class="tile ${coming.missing.length > 0 && "tile-yellow"}"><strong>${coming.missing.length}</strong><span>新清单里没有了</span></div></li><li><div class="tile ${coming.errors.length > 0 && "tile-red"}"><strong>${coming.errors.length}</strong><span>错误</span></div></li><li><div class="tile"><strong>${coming.warnings.length}</strong><span>提醒</span></div></li></ul>
<p class="lead">${going.length === 0 ? "没有可以发布的清单。" : `这一版放进 ${going.length} 份清单:${going.map(({ file }) => `《${file}》`).join("、")}。`}</p>
${coming.errors.length > 0 && html`<section class="panel"><h2>错误(要改正才能发布)</h2><ul>${coming.errors.slice(0, 50).map((one) => html`<li>${one}</li>`)}</ul></section>`}
${changes("变更", coming.changed)}${changes("新增", coming.added)}${changes("删除", coming.removed)}${changes("新清单里不再出现(默认保留)", coming.missing)}
${coming.warnings.length > 0 && html`<details class="panel"><summary>提醒 ${coming.warnings.length} 条</summary><ul>${coming.warnings.slice(0, 100).map((one) => html`<li>${one}</li>`)}</ul></details>`}
${
  !asked &&
  going.length > 0 &&
  html`<form class="panel" method="post" action="/console/data/next">${token(reply)}<h2>提请发布</h2><p class="hint">由另一人核对这一页后发布;发布人不能是导入人。</p>${reasonField("说明", refusal, typed["reason"])}${coming.missing.length > 0 && html`<label class="check"><input type="checkbox" name="removeMissing" value="1">同意删除新清单里不再出现的 ${coming.missing.length} 条</label>`}<button class="button">提请发布</button></form>`
}`,
    );
  };
  server.get("/console/data/next", (request, reply) => next(request, reply));
  server.post("/console/data/next", checked, (request, reply) =>
    orAgain(
      reply,
      async () => {
        const { reason, removeMissing } = parseBody(Publish, request.body);
        await data.proposePublish(person(request), reason, removeMissing === "1");
        return reply.redirect("/console/data/next", 303);
      },
      (refusal) => next(request, reply, request.body as Typed, refusal),
    ),
  );
  server.post("/console/data/approve", checked, (request, reply) =>
    orAgain(
      reply,
      async () => {
        await data.approve(person(request));
        return reply.redirect("/console/data/releases", 303);
      },
      (refusal) => next(request, reply, {}, refusal),
    ),
  );
  server.post("/console/data/refuse", checked, async (request, reply) => {
    await data.refuse(person(request));
    return reply.redirect("/console/data/next", 303);
  });

  const releases = (request: FastifyRequest, reply: FastifyReply, typed: Typed = {}, refusal?: Refusal) => {
    const by = person(request);
    const all = data.releases(by);
    const asked = data.proposal(by);
    const earlier = all.filter(({ live }) => !live);
    return show(
      request,
      reply,
      "发布历史",
      html`<h1>公示数据</h1>${tabs("/console/data/releases")}${asked && proposalBox(asked, reply)}
${table(
  "发布历史",
  ["版本", "时间", "记录", "准备 → 发布", "说明"],
  all.map((one) => [
    html`${one.id}${one.live && html` <span class="tag tag-good">现行</span>`}`,
    sayTime(one.at),
    `${one.records} 条`,
    `${one.preparedBy} → ${one.publishedBy}`,
    one.note ?? "",
  ]),
)}
${
  !asked &&
  earlier.length > 0 &&
  html`<form class="panel" method="post" action="/console/data/releases">${token(reply)}<h2>回退到先前的一版</h2>${refusal && problem(refusal)}<div class="field"><label for="release">版本</label><select id="release" name="release">${earlier.map((one) => option(one.id, `${sayTime(one.at)} ${one.note ?? one.id}`, typed["release"]))}</select></div>${reasonField("理由", refusal, typed["reason"])}<button class="button">提请回退</button></form>`
}`,
    );
  };
  server.get("/console/data/releases", (request, reply) => releases(request, reply));
  server.post("/console/data/releases", checked, (request, reply) =>
    orAgain(
      reply,
      async () => {
        const { release, reason } = parseBody(Rollback, request.body);
        await data.proposeRollback(person(request), release, reason);
        return reply.redirect("/console/data/releases", 303);
      },
      (refusal) => releases(request, reply, request.body as Typed, refusal),
    ),
  );
}

const pages = [
  ["/console/data", "清单"],
  ["/console/data/mappings", "列名对应"],
  ["/console/data/next", "下一版"],
  ["/console/data/releases", "发布历史"],
] as const;

function tabs(here: string): Html {
  return html`<ul class="tabs">${pages.map(([path, name]) => html`<li><a href="${path}"${path === here && trusted(' aria-current="true"')}>${name}</a></li>`)}</ul>`;
}

function uploadForm(data: DataDesk, reply: FastifyReply, typed: Typed, refusal?: Refusal): Html {
  const field = (id: string, label: string, hint: string, type = "text") => {
    const wrong = refusal?.field === id;
    return html`<div class="field"><label for="${id}">${label}</label><span class="hint" id="${id}-hint">${hint}</span><input id="${id}" name="${id}" type="${type}" value="${typed[id] ?? ""}" maxlength="100" aria-describedby="${id}-hint"${wrong && trusted(' aria-invalid="true"')}></div>`;
  };
  return html`<form class="panel" method="post" action="/console/data" enctype="multipart/form-data"><input type="hidden" name="_csrf" value="${reply.generateCsrf()}"><h2>上传清单</h2>${refusal && problem(refusal)}
<div class="field"><label for="kind">清单类型</label><select id="kind" name="kind">${data.kinds.map(({ id, label }) => option(id, label, typed["kind"]))}</select></div>
<div class="field"><label for="file">文件</label><span class="hint" id="file-hint">Excel、CSV、Word、网页、文字 PDF;一次最多 ${MAX_FILES} 个,每个不超过 ${MAX_FILE_BYTES / 1024 / 1024} MB。读出来先给您看,保存前不是任何人的数据。</span><input id="file" name="file" type="file" multiple required accept=".xlsx,.xls,.csv,.txt,.docx,.html,.htm,.mht,.pdf" aria-describedby="file-hint"></div>
${field("entity", "清单所属机关(可不填)", "表里没有写机关的一列时填写,写公示的全称。")}
<details${(typed["publisher"] || typed["title"] || typed["dataset"] || refusal) && trusted(" open")}><summary>更多</summary>${field("title", "清单名称", "不填则从文件里读。")}${field("publisher", "发布机关", "不填则从文件里读。")}${field("publishedOn", "公布日期", "表内没有写明时填写,如 2026-03-02。")}${field("dataset", "数据集", "城市的区划代码;一般能从机关认出。")}</details>
<button class="button">上传并预览</button></form>`;
}

const severities = { E: "错误", W: "提醒", I: "提示" } as const;

function sheetPage(sheet: ListSheet, reply: FastifyReply, waits: boolean, editor: boolean): Html {
  const action = (path: string, label: string, plain = false) =>
    html`<form method="post" action="/console/data/sheets/${sheet.id}/${path}">${token(reply)}<button class="button ${plain && "button-plain"}">${label}</button></form>`;
  const bad = new Map<number, "E" | "W" | "I">();
  for (const { row, severity } of sheet.issues) {
    if (row !== undefined && !bad.has(row)) bad.set(row, severity);
  }
  const { rows, accepted, warned, quarantined } = sheet.counts;
  return html`<p class="crumbs"><a href="/console/data">公示数据</a></p><h1>${sheet.file} <span class="tag">${sheet.kindLabel}</span></h1>
${sheet.refused && html`<p class="notice notice-urgent" role="alert"><strong>未接受</strong><span>文件没有被接受,原因在下面。请改正后重新上传。</span></p>`}
<div class="panel">${facts([
    ["读到", `${rows} 行,可用 ${accepted} 行(其中提醒 ${warned} 行),隔离 ${quarantined} 行`],
    ["导入", `${sheet.by} ${sayTime(sheet.at)}`],
  ])}
${waits && editor && html`<div class="actions">${!sheet.refused && action("keep", "保存为草稿")}${action("drop", "不要了", true)}</div>`}</div>
${
  sheet.issues.length > 0 &&
  html`<section class="panel"><h2>问题(${sheet.issues.length})</h2>${table(
    "问题",
    ["级别", "行", "列", "单元格里写的", "说明"],
    sheet.issues.map((one) => [
      html`<span class="tag ${one.severity === "E" ? "tag-late" : ""}">${severities[one.severity]} ${one.code}</span>`,
      one.row === undefined
        ? "整份"
        : html`${bad.has(one.row) && sheet.rows.some(({ number }) => number === one.row) ? html`<a href="#row-${one.row}">${one.row}</a>` : one.row}`,
      one.column ?? "",
      one.cell ?? "",
      one.say,
    ]),
  )}</section>`
}
${sheet.columns.length > 0 && html`<section class="panel"><h2>列读成了什么</h2>${columnsTable(sheet.columns)}</section>`}
${
  sheet.rows.length > 0 &&
  html`<section class="panel"><h2>前 ${sheet.rows.length} 行</h2>${table(
    "前几行",
    ["行", "读成", ...sheet.columns.map(({ heading }) => heading)],
    sheet.rows.map((row) => [
      html`<span id="row-${row.number}">${row.number}</span>`,
      row.readAs ?? html`<span class="tag ${bad.get(row.number) === "E" ? "tag-late" : ""}">未收</span>`,
      ...row.cells,
    ]),
  )}</section>`
}
${!waits && editor && html`<form class="panel" method="post" action="/console/data/sheets/${sheet.id}/discard">${token(reply)}<h2>丢弃这份草稿</h2>${reasonField("理由", undefined, undefined)}<button class="button button-plain">丢弃</button></form>`}`;
}

function columnsTable(columns: readonly ListColumn[]): Html {
  return table(
    "列名对应",
    ["表里的列名", "读成", "把握", "另一可能"],
    columns.map(({ heading, field, score, rival }) => [
      heading,
      field ?? html`<em class="unpublished">不读</em>`,
      score === undefined ? "" : score.toFixed(2),
      rival ?? "",
    ]),
  );
}

function changes(name: string, list: readonly ChangedRecord[]): Html | false {
  if (list.length === 0) return false;
  const withFields = list.some(({ fields }) => fields.length > 0);
  return html`<details class="panel"${withFields && trusted(" open")}><summary>${name} ${list.length} 条</summary>${table(
    name,
    withFields ? ["类型", "名称", "改了什么"] : ["类型", "名称"],
    list.map((one) => [
      one.kindLabel,
      one.name,
      ...(withFields
        ? [
            html`${one.fields.map(({ name: field, before, after }) => html`<p>${field}:<del>${before}</del> → <ins>${after}</ins></p>`)}`,
          ]
        : []),
    ]),
  )}</details>`;
}

function proposalBox(asked: Proposal, reply: FastifyReply): Html {
  const what = asked.what === "publish" ? `发布 ${asked.lists.length} 份清单` : `回退到 ${asked.release}`;
  const button = (path: string, label: string, plain: boolean) =>
    html`<form method="post" action="/console/data/${path}">${token(reply)}<button class="button ${plain && "button-plain"}">${label}</button></form>`;
  return html`<section class="panel proposal" id="proposal"><h2>${asked.by} 提请${what}</h2><p class="facts">${sayTime(asked.at)}</p><p>${lines(asked.reason)}</p>${asked.removeMissing && html`<p>并删除新清单里不再出现的记录。</p>`}
${asked.mine ? html`<p class="hint">要由另一人办理。</p><div class="actions">${button("refuse", "撤销", true)}</div>` : html`<div class="actions">${button("approve", asked.what === "publish" ? "核对无误,发布" : "同意回退", false)}${button("refuse", "不同意", true)}</div>`}</section>`;
}

function reasonField(label: string, refusal: Refusal | undefined, typed: string | undefined): Html {
  return html`<div class="field"><label for="reason">${label}</label><input id="reason" name="reason" required minlength="4" maxlength="300" value="${typed ?? ""}"${refusal?.field === "reason" && trusted(' aria-invalid="true"')}></div>`;
}

function problem({ say }: Refusal): Html {
  return html`<p class="notice notice-warn" role="alert"><strong>没有办成</strong><span>${lines(say)}</span></p>`;
}

function withoutEmpty<T extends object>(object: T) {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

function sayTime(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
}
