/** `case …`: the desk at the command line. Reading or moving a case is done in the name of an account, and logged. */
import type { Command } from "commander";
import type { Account } from "../../src/cases/accounts.ts";
import type { CaseView } from "../../src/cases/case-view.ts";
import { dryRunRouting } from "../../src/cases/dry-run.ts";
import { matters } from "../../src/cases/matters.ts";
import { type QueueFilter, type QueuePart, queueParts } from "../../src/cases/queue.ts";
import { type FieldName, fields, type MoveFields, type Status, statuses } from "../../src/cases/states.ts";
import { AppError } from "../../src/error.ts";
import { type Day, parseDay } from "../../src/law/day.ts";
import { csvOf } from "./case-statistics.ts";
import type { Io } from "./io.ts";
import { accountNamed, entityNamed, OPERATOR, using } from "./user.ts";

/** Lists and counts hold nothing of a complaint's text; the operator's own command line may see them all. */
const operator: Account = {
  id: OPERATOR,
  name: OPERATOR,
  display: "命令行",
  roles: ["auditor"],
  entity: "*",
  areas: [],
  disabled: false,
  mustChange: false,
};

const kinds = ["complaint", "correction"] as const;
const onlies = Object.keys(queueParts) as QueuePart[];
const statusNames = Object.keys(statuses) as Status[];

export function registerDeskCommands(program: Command, io: Io): void {
  const desk = program.command("case").description("案件:列表、查看、办理、统计、分办预演");
  registerReading(desk, io);
  registerCounting(desk, io);

  desk
    .command("move <id> <move>")
    .description("办理一步;可做的操作见 case show")
    .requiredOption("--as <account>", "以哪个账号办理")
    .option("--field <key=value...>", `填写项:${Object.keys(fields).join("、")}`)
    .option("--seen <version>", "看到的版本号;别人改过则拒绝")
    .option("--json", "输出一份 JSON")
    .action(
      (id: string, move: string, options: { as: string; field?: string[]; seen?: string; json?: boolean }) =>
        using(io, async (app) => {
          const account = await accountNamed(app, options.as);
          const version = options.seen === undefined ? undefined : wholeNumber(options.seen, "--seen");
          await app.desk.act(account, id, move, fieldsOf(options.field ?? []), version);
          const { status, version: now } = await app.store.db
            .selectFrom("case_file")
            .select(["status", "version"])
            .where("id", "=", id)
            .executeTakeFirstOrThrow();
          if (options.json) return io.json({ id, move, status, version: now });
          io.print(`${id} 现为“${statuses[status as Status]}”。`);
        }),
    );
}

interface ListOptions {
  as?: string;
  kind?: string;
  status?: string;
  matter?: string;
  organ?: string;
  area?: string;
  assignee?: string;
  only?: string;
  newest?: boolean;
  page: string;
  json?: boolean;
}

function registerReading(desk: Command, io: Io): void {
  desk
    .command("list")
    .description("案件列表(不含投诉内容)")
    .option("--as <account>", "只列此账号可见的案件;默认全部")
    .option("--kind <kind>", `类别:${kinds.join("、")}`)
    .option("--status <status>", `状态:${statusNames.join("、")}`)
    .option("--matter <matter>", `事项:${Object.keys(matters).join("、")}`)
    .option("--organ <organ>", "被投诉机关的编号或名称")
    .option("--area <code>", "区划代码,前缀即可")
    .option("--assignee <account>", "承办人;none 为未分派")
    .option("--only <which>", `只列:${onlies.join("、")}`)
    .option("--newest", "按登记先后倒排;默认按期限")
    .option("--page <n>", "页码", "1")
    .option("--json", "输出一份 JSON")
    .action((options: ListOptions) =>
      using(io, async (app) => {
        const account = options.as ? await accountNamed(app, options.as) : operator;
        const assignee =
          options.assignee && options.assignee !== "none"
            ? (await accountNamed(app, options.assignee)).id
            : options.assignee;
        const organ = options.organ && entityNamed(app.library(), options.organ);
        const found = await app.desk.list(account, { ...filterOf(options), assignee, organ });
        if (options.json) return io.json(found);
        for (const line of found.cases) {
          const due = line.dueDay ? `期限 ${line.dueDay}${line.late ? "(逾期)" : ""}` : "无期限";
          const organName = line.organName ?? "未指明";
          io.print(`${line.id}  ${line.statusLabel}  ${due}  ${organName} → ${line.officeName}`);
        }
        io.print(`共 ${found.total} 件。`);
      }),
    );

  desk
    .command("show <id>")
    .description("查看一件(记入访问日志;身份信息始终遮盖)")
    .requiredOption("--as <account>", "以哪个账号查看")
    .option("--json", "输出一份 JSON")
    .action((id: string, options: { as: string; json?: boolean }) =>
      using(io, async (app) => {
        const found = await app.desk.load(await accountNamed(app, options.as), id);
        if (options.json) return io.json(found);
        for (const line of linesOf(found)) io.print(line);
      }),
    );
}

function registerCounting(desk: Command, io: Io): void {
  desk
    .command("stats")
    .description("按月统计")
    .requiredOption("--month <yyyy-mm>", "月份,如 2026-11")
    .option("--as <account>", "只统计此账号可见的案件;默认全部")
    .option("--csv", "输出 CSV 月报")
    .option("--json", "输出一份 JSON")
    .action((options: { month: string; as?: string; csv?: boolean; json?: boolean }) => {
      const [from, to] = monthOf(options.month);
      return using(io, async (app) => {
        const account = options.as ? await accountNamed(app, options.as) : operator;
        const figures = await app.desk.statistics(account, from, to);
        if (options.json) return io.json(figures);
        if (options.csv) return io.print(csvOf(options.month, figures).trimEnd());
        io.print(
          `${options.month} 登记 ${figures.filed} 件,办结 ${figures.closed} 件,逾期 ${figures.late} 件。`,
        );
        for (const { label, count } of figures.byMatter) io.print(`  ${label} ${count}`);
      });
    });

  desk
    .command("routing")
    .description("按现在的分办规则重算以往案件,只看会有哪些不同")
    .requiredOption("--dry-run", "预演;改派请用 case move <id> route")
    .option("--last <n>", "最近多少件", "1000")
    .option("--json", "输出一份 JSON")
    .action((options: { last: string; json?: boolean }) =>
      using(io, async (app) => {
        const found = await dryRunRouting(app, wholeNumber(options.last, "--last"), app.now());
        if (options.json) return io.json(found);
        for (const { id, before, after } of found.changed) {
          io.print(
            `${id}:${before.office ?? "人工"}(${before.rule})→ ${after.office ?? "人工"}(${after.rule})`,
          );
        }
        io.print(`共 ${found.cases} 件,会改变 ${found.changed.length} 件;没有改动任何案件。`);
      }),
    );
}

function filterOf(options: ListOptions): QueueFilter {
  return {
    kind: oneOf(kinds, options.kind, "--kind"),
    status: oneOf(statusNames, options.status, "--status"),
    matter: oneOf(Object.keys(matters), options.matter, "--matter"),
    area: options.area,
    only: oneOf(onlies, options.only, "--only"),
    sort: options.newest ? "newest" : "due",
    page: wholeNumber(options.page, "--page"),
  };
}

function oneOf<T extends string>(known: readonly T[], said: string | undefined, option: string) {
  if (said === undefined) return undefined;
  const found = known.find((one) => one === said);
  if (found) return found;
  throw new AppError("unknown_value", { say: `${option} 不能是“${said}”。可用:${known.join("、")}。` });
}

function wholeNumber(said: string, option: string): number {
  if (/^[1-9]\d{0,8}$/.test(said)) return Number(said);
  throw new AppError("bad_input", { say: `${option} 应为正整数,不能是“${said}”。` });
}

function fieldsOf(pairs: readonly string[]): MoveFields {
  const given: MoveFields = {};
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    const key = oneOf(Object.keys(fields) as FieldName[], at < 0 ? pair : pair.slice(0, at), "--field");
    if (at < 0 || !key) throw new AppError("bad_input", { say: "--field 应写作 名称=内容,如 note=已核对。" });
    given[key] = pair.slice(at + 1);
  }
  return given;
}

function monthOf(said: string): readonly [Day, Day] {
  const first = parseDay(`${said}-01`);
  if (!first || !/^\d{4}-\d{2}$/.test(said))
    throw new AppError("bad_input", { say: `月份“${said}”不对,应写作 2026-11。` });
  const days = new Date(Date.UTC(Number(said.slice(0, 4)), Number(said.slice(5)), 0)).getUTCDate();
  return [first, parseDay(`${said}-${days}`) ?? first];
}

function linesOf(view: CaseView): readonly string[] {
  const moves = view.moves.map(
    ({ name, label, needs }) => `${name}(${label}${needs.length > 0 ? `,须填 ${needs.join("、")}` : ""})`,
  );
  return [
    `${view.id}  ${view.statusLabel}  版本 ${view.version}  ${view.officeName}`,
    `分办:${view.reason}`,
    `被投诉机关:${view.organName ?? view.filing.organName ?? "未指明"}`,
    `投诉人:${view.identity.name};联系方式:${view.identity.contact}`,
    view.filing.what,
    ...view.clocks.map((clock) => `${clock.label}:${clock.due}(${clock.basis})`),
    ...view.events.map(({ no, at, kind, from, to }) => `  ${no}. ${at.toISOString()} ${kind} ${from}→${to}`),
    ...view.messages.map(({ from, text }) => `  ${from === "office" ? "办理机构" : "投诉人"}:${text}`),
    `可做:${moves.join(";")}`,
  ];
}
