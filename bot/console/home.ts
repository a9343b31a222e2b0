/** The first page of the day: what waits for this account, by role, each number leading to its list. */
import type { FastifyInstance } from "fastify";
import { type Role, roles } from "../../src/cases/states.ts";
import { table } from "../web/blocks.ts";
import { type Html, html } from "../web/html.ts";
import { accountOf, type ConsoleParts, showConsole } from "./frame.ts";
import { queuePath, row } from "./queue.ts";
import type { Account, QueueFilter } from "./services.ts";

interface Tile {
  readonly name: string;
  readonly count: number;
  readonly path: string;
  /** Something is wrong unless it is none. */
  readonly tone?: "red" | "yellow";
}

interface CaseTile {
  readonly name: string;
  readonly filter: QueueFilter;
  readonly roles: readonly Role[];
  readonly tone?: Tile["tone"];
}

const workers: readonly Role[] = ["supervisor", "reviewer"];
const caseTiles: readonly CaseTile[] = [
  { name: "已超期", filter: { only: "late" }, roles: [...workers, "auditor"], tone: "red" },
  { name: "今天到期", filter: { only: "today" }, roles: workers, tone: "red" },
  { name: "7 天内到期", filter: { only: "week" }, roles: workers, tone: "yellow" },
  { name: "未分派", filter: { only: "unassigned" }, roles: workers, tone: "yellow" },
  { name: "文书已答复", filter: { only: "answered" }, roles: workers, tone: "yellow" },
  { name: "待办结审核", filter: { only: "closing" }, roles: ["reviewer"], tone: "yellow" },
  { name: "人工分办", filter: { only: "tray" }, roles: ["reviewer"], tone: "yellow" },
  { name: "我承办的", filter: { only: "open", assignee: "me" }, roles: workers },
  { name: "全部在办", filter: { only: "open" }, roles: [...workers, "auditor"] },
  { name: "待办纠错件", filter: { only: "open", kind: "correction" }, roles: ["editor"], tone: "yellow" },
];
const MOST_URGENT = 8;

export function mountHome(server: FastifyInstance, parts: ConsoleParts): void {
  const { desk } = parts.services;
  server.get("/console", async (request, reply) => {
    const by = accountOf(request);
    const tiles = await tilesOf(parts, by);
    const urgent = holds(by, ...workers)
      ? await desk.queue(by, { only: "open", sort: "due" }, parts.now())
      : undefined;
    return showConsole(parts, request, reply, {
      title: "今天",
      body: html`<h1>${by.display},今天要办的</h1>${tiles.length > 0 && html`<ul class="tiles board">${tiles.map(tile)}</ul>`}
${holds(by, "admin") && (await setUp(parts))}
${
  urgent &&
  html`<h2>最急的办件</h2>${
    urgent.items.length === 0
      ? html`<p class="panel">没有在办的件。</p>`
      : html`${table("最急的办件", ["编号", "事项", "被反映机关", "状态", "期限", "提交", "承办人"], urgent.items.slice(0, MOST_URGENT).map(row))}<p><a href="${queuePath({ only: "open" })}">全部 ${urgent.total} 件在办</a></p>`
  }`
}`,
    });
  });
}

async function tilesOf({ services }: ConsoleParts, by: Account): Promise<readonly Tile[]> {
  const { desk } = services;
  const tiles: Tile[] = [];
  for (const { name, filter, roles: who, tone } of caseTiles) {
    if (!holds(by, ...who)) continue;
    tiles.push({ name, count: await desk.count(by, filter), path: queuePath(filter), ...(tone && { tone }) });
  }
  if (holds(by, "liaison")) {
    const open = (await desk.inquiries(by)).filter(({ answer }) => answer === undefined);
    const path = "/console/inquiries";
    tiles.push({ name: "待答复的文书", count: open.length, path, tone: "yellow" });
    tiles.push({ name: "已过答复期限", count: open.filter(({ late }) => late).length, path, tone: "red" });
  }
  if (holds(by, ...workers, "auditor", "admin")) {
    const alarms = await desk.alarms(by);
    tiles.push({ name: "未处理的告警", count: alarms.length, path: "/console/alarms", tone: "red" });
  }
  if (holds(by, "admin")) {
    const stuck = await desk.stuck(by);
    tiles.push({ name: "未送达的通知", count: stuck.length, path: "/console/deliveries", tone: "red" });
  }
  if (services.data && holds(by, "editor", "reviewer")) {
    const waits = services.data.waiting(by);
    const path = "/console/data";
    if (holds(by, "editor"))
      tiles.push({ name: "待看的清单", count: waits.uploads, path: `${path}#uploads`, tone: "yellow" });
    tiles.push({ name: "待确认列名", count: waits.mappings, path: `${path}/mappings`, tone: "yellow" });
    tiles.push({ name: "待发布的清单", count: waits.lists, path: `${path}#waiting` });
    tiles.push({ name: "待我批准", count: waits.proposals, path: `${path}/next`, tone: "red" });
  }
  return tiles;
}

function tile({ name, count, path, tone }: Tile): Html {
  return html`<li><a class="tile ${count > 0 && tone ? `tile-${tone}` : ""}" href="${path}"><strong>${count}</strong><span>${name}</span></a></li>`;
}

/** Who is still missing before complaints can be worked and lists published. */
async function setUp({ services }: ConsoleParts): Promise<Html | false> {
  const enabled = (await services.accounts.list()).filter(({ disabled }) => !disabled);
  const missing = [
    { role: "reviewer" as const, why: "分办收到的投诉,审核文书和办结" },
    { role: "supervisor" as const, why: "核查、办理投诉" },
    { role: "editor" as const, why: "导入公示清单,处理纠错" },
    { role: "auditor" as const, why: "看谁看过、改过什么" },
  ].filter(({ role }) => !enabled.some((one) => one.roles.includes(role)));
  return (
    missing.length > 0 &&
    html`<section class="panel"><h2>还缺这些人</h2><p>管理员只管账号和运行,看不到投诉内容。请为下面的工作建账号:</p><ul>${missing.map(({ role, why }) => html`<li><strong>${roles[role]}</strong>:${why}</li>`)}</ul><p><a class="button" href="/console/accounts">新建账号</a></p></section>`
  );
}

const holds = (account: Account, ...wanted: readonly Role[]) =>
  account.roles.some((role) => wanted.includes(role));
