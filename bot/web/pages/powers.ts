/** Powers and duties: list, and one page each with its discretion tiers. */
import type { FastifyInstance } from "fastify";
import { AppError } from "../../../src/error.ts";
import { isCurrent } from "../../../src/records/library.ts";
import { type Interval, powerTypes } from "../../../src/records/primitives.ts";
import type { DiscretionBenchmark } from "../../../src/records/schema.ts";
import { table } from "../blocks.ts";
import { type Html, html } from "../html.ts";
import { parseBody } from "../inbound.ts";
import { facts } from "../layout.ts";
import { findRecords } from "../records.ts";
import { type PageParts, todayOf } from "./index.ts";
import { ListQuery, searchForm } from "./organs.ts";
import { basisList, demoTag, option, organLink, pager, sourceLine } from "./shared.ts";

export function mountPowers(server: FastifyInstance, parts: PageParts): void {
  const { app, show } = parts;
  server.get("/powers", async (request, reply) => {
    const query = parseBody(ListQuery, request.query);
    const library = app.library();
    const found = findRecords(library, todayOf(parts), { ...query, kind: "power" });
    const organ = query.entity ? library.find(query.entity) : undefined;
    const kept = new URLSearchParams(
      Object.entries({ q: query.q, type: query.type, entity: query.entity }).flatMap(([key, value]) =>
        value ? [[key, value]] : [],
      ),
    );
    return show(request, reply, {
      title: organ?.kind === "entity" ? `${organ.name}的权责事项` : "权责事项",
      description: "行政许可、处罚、强制、检查等权责清单:由谁实施、依据什么、怎么裁量。",
      indexed: true,
      demo: found.items.some((item) => item.dataset === "demo"),
      body: html`<h1>${organ?.kind === "entity" ? `${organ.name}的权责事项` : "权责事项"}</h1><p class="lead">清单上没有的事项,机关不能自行增设。</p>
${searchForm("/powers", query.q, "事项名称或编码,如 占道经营", html`<div class="field"><label for="type">类别</label><select id="type" name="type">${option("", "全部类别", query.type)}${powerTypes.map((type) => option(type, type, query.type))}</select></div>${query.entity && html`<input type="hidden" name="entity" value="${query.entity}">`}`)}
<div class="panel">${
        found.total === 0
          ? html`<p>没有找到这样的事项。换个说法再查,或到<a href="/">智能问答</a>描述这件事。</p>`
          : html`<ul class="list">${found.items.map(
              (power) =>
                html`<li><a href="/powers/${power.id}">${power.name}</a>${demoTag(power)}<span class="facts">${power.powerType} · ${organLink(library, power.entityId)}</span></li>`,
            )}</ul>`
      }</div>${pager(found, `/powers?${kept}`)}`,
    });
  });

  server.get<{ Params: { id: string } }>("/powers/:id", async (request, reply) => {
    const library = app.library();
    const today = todayOf(parts);
    const power = library.find(request.params.id);
    if (power?.kind !== "power" || !isCurrent(power, today)) {
      throw new AppError("not_found", { say: "没有这项权责,或它已不在有效清单中。" });
    }
    const related = <T extends { powerIds: readonly string[] }>(records: readonly T[]) =>
      records.filter((record) => record.powerIds.includes(power.id));
    const benchmarks = related(library.current("benchmark", today));
    const exemptions = related(library.current("exemption", today));
    const procedures = related(library.current("procedure", today));
    return show(request, reply, {
      title: power.name,
      indexed: true,
      demo: power.dataset === "demo",
      body: html`<p class="crumbs"><a href="/powers">权责事项</a></p><h1>${power.name}${demoTag(power)}</h1>
<div class="panel">${facts([
        ["类别", power.powerType],
        ["实施主体", organLink(library, power.entityId)],
        ["承办机构", power.handlingOffice],
        ["事项编码", power.code?.value],
        ["实施对象", power.target],
        ["法定依据", basisList(power.basis)],
        [
          "责任事项",
          power.duties.length > 0 &&
            html`<ul>${power.duties.map((duty) => html`<li><strong>${duty.stage}</strong> ${duty.text}</li>`)}</ul>`,
        ],
        ["追责情形", power.accountability.join("\n")],
        [
          "期限",
          power.limit?.statutory &&
            `法定 ${power.limit.statutory.amount}${power.limit.statutory.unit}${power.limit.promised ? `,承诺 ${power.limit.promised.amount}${power.limit.promised.unit}` : ""}`,
        ],
        ["收费", power.fee && (power.fee.charged ? `收费 ${power.fee.standard ?? ""}` : "不收费")],
      ])}</div>
${power.powerType === "行政处罚" && html`<h2>裁量基准</h2>${benchmarks.length > 0 ? benchmarks.map(benchmarkPanel) : html`<div class="panel">${power.noDiscretion ?? html`<em class="unpublished">本机关尚未公示</em>`}</div>`}`}
${exemptions.length > 0 && html`<h2>免罚、减轻</h2><div class="panel"><ul class="list">${exemptions.map((item) => html`<li><strong>${item.exemptionKind}</strong> ${item.violation}<ul>${item.conditions.map((condition) => html`<li>${condition}</li>`)}</ul></li>`)}</ul></div>`}
${procedures.map((procedure) => html`<h2>${procedure.name}</h2><section class="steps"><ol>${procedure.steps.map((step) => html`<li><h3>${step.name}</h3><p>${step.action}</p><p class="facts">${step.office}${step.limit && ` · ${step.limit.amount}${step.limit.unit}`}${step.documents.length > 0 && ` · 文书:${step.documents.join("、")}`}</p></li>`)}</ol></section>`)}
<h2 class="visually-hidden">数据来源</h2>${sourceLine(power)}`,
    });
  });
}

function benchmarkPanel(benchmark: DiscretionBenchmark): Html {
  return html`<section class="panel"><h3>${benchmark.violation}</h3>${table(
    benchmark.violation,
    ["档次", "适用情形", "幅度"],
    [...benchmark.tiers]
      .sort((a, b) => a.order - b.order)
      .map((tier) => [
        tier.grade,
        tier.condition,
        [tier.fine && sayInterval(tier.fine), tier.multiple && sayInterval(tier.multiple), tier.text]
          .filter(Boolean)
          .join("\n"),
      ]),
  )}<p class="facts">${benchmark.issuer}${benchmark.docNo && ` ${benchmark.docNo}`} · 依据 ${benchmark.chosenBasis.raw}</p></section>`;
}

/** `200 元以上(含)至 1000 元以下(不含)`: the ends are what people argue about. */
export function sayInterval({ min, minIncluded, max, maxIncluded, unit }: Interval): string {
  const low = min === null ? "" : `${min} ${unit}${minIncluded ? "以上(含)" : "以上(不含)"}`;
  const high = max === null ? "" : `${max} ${unit}${maxIncluded ? "以下(含)" : "以下(不含)"}`;
  return [low, high].filter(Boolean).join("、");
}
