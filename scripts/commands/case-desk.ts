/** `case …`: the desk from the command line. The one who can read the data folder acts as the operator, and is logged so. */
import type { Command } from "commander";
import type { App } from "../../src/app.ts";
import type { Account } from "../../src/cases/accounts.ts";
import type { QueueFilter } from "../../src/cases/desk.ts";
import { dryRunRouting } from "../../src/cases/dry-run.ts";
import { type MoveFields, type Role, roles, statuses } from "../../src/cases/states.ts";
import { AppError } from "../../src/error.ts";
import { dayOf, parseDay } from "../../src/law/day.ts";
import type { Io } from "./io.ts";

type Common = { json?: boolean; as?: string };

export function registerDeskCommands(program: Command, io: Io): void {
  const desk = program.command("case").description("监督案件:列表、查看、办理、统计、分办试算");
  const command = (name: string, description: string) =>
    desk
      .command(name)
      .description(description)
      .option("--as <account>", "以哪个账号办理")
      .option("--json", "输出一份 JSON");
  const withApp = async <T>(
    options: Common,
    work: (app: App, account: Account) => Promise<T>,
  ): Promise<T> => {
    const app = await io.openApp();
    try {
      return await work(app, await actingAccount(app, options.as));
    } finally {
      await app.close();
    }
  };

  command("list", "案件队列")
    .option("--only <what>", "open、late、soon 或 tray")
    .option("--status <status>", `状态:${Object.keys(statuses).join("、")}`)
    .option("--page <n>", "第几页", "1")
    .action(
      (options: Common & { only?: QueueFilter["only"]; status?: QueueFilter["status"]; page: string }) =>
        withApp(options, async ({ desk: cases }, account) => {
          const { only, status } = options;
          if (only && !["open", "late", "soon", "tray"].includes(only))
            throw new AppError("unknown_value", { say: "--only 应为 open、late、soon 或 tray。" });
          if (status && !Object.hasOwn(statuses, status))
            throw new AppError("unknown_value", {
              say: `--status 应为 ${Object.keys(statuses).join("、")}。`,
            });
          const found = await cases.list(account, { only, status, page: Number(options.page) });
          if (options.json) return io.json(found);
          io.print(`共 ${found.total} 件`);
          for (const one of found.cases) {
            io.print(
              `${one.id}  ${one.statusLabel}  ${one.organName ?? "未指明"} → ${one.officeName}  期限 ${one.dueDay ?? "无"}${one.late ? " 逾期" : ""}`,
            );
          }
        }),
    );

  command("show <id>", "一个案件").action((id: string, options: Common) =>
    withApp(options, async ({ desk: cases }, account) => {
      const view = await cases.load(account, id);
      if (options.json) return io.json(view);
      io.print(`${view.id}  ${view.statusLabel}  ${view.officeName}  第 ${view.version} 版`);
      io.print(`分办:${view.rule} ${view.reason}`);
      io.print(view.filing.what);
      for (const event of view.events)
        io.print(`${event.at.toISOString()} ${event.kind} ${event.actor} ${JSON.stringify(event.fields)}`);
      io.print(`现在可办:${view.moves.map((move) => `${move.name}(${move.label})`).join("、")}`);
    }),
  );

  command("move <id> <move>", "办理一步")
    .option(
      "--field <name=value...>",
      "这一步要填的内容,可重复",
      (pair: string, all: string[]) => [...all, pair],
      [],
    )
    .action((id: string, move: string, options: Common & { field: string[] }) =>
      withApp(options, async ({ desk: cases }, account) => {
        const fields: MoveFields = Object.fromEntries(
          options.field.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
        );
        await cases.act(account, id, move, fields);
        const after = await cases.load(account, id);
        if (options.json)
          return io.json({ id, status: after.status, version: after.version, dueDay: after.dueDay });
        io.print(`${id} 现为“${after.statusLabel}”,期限 ${after.dueDay ?? "无"}。`);
      }),
    );

  command("stats", "统计")
    .option("--from <day>", "起", "2000-01-01")
    .option("--to <day>", "止")
    .action((options: Common & { from: string; to?: string }) =>
      withApp(options, async ({ desk: cases, now }, account) => {
        const from = parseDay(options.from);
        const to = options.to === undefined ? dayOf(now()) : parseDay(options.to);
        if (!from || !to) throw new AppError("bad_input", { say: "日期应写成 2026-03-02。" });
        const counted = await cases.statistics(account, from, to);
        if (options.json) return io.json(counted);
        io.print(`登记 ${counted.filed},办结 ${counted.closed},在办 ${counted.open},逾期 ${counted.late}`);
        for (const [title, rows] of [
          ["机关", counted.byOrgan],
          ["类别", counted.byMatter],
          ["结果", counted.byResult],
        ] as const) {
          io.print(`${title}:${rows.map((one) => `${one.label} ${one.count}`).join(",") || "无"}`);
        }
      }),
    );

  command("routing", "用现行分办规则重算以往案件,只看不改")
    .option("--dry-run", "试算(本命令只试算)")
    .option("--last <n>", "最近多少件", "200")
    .action((options: Common & { last: string }) =>
      withApp(options, async ({ store, keys, library, now }) => {
        const changes = await dryRunRouting({ store, keys, library }, Number(options.last), now());
        if (options.json) return io.json(changes);
        io.print(`试算 ${changes.cases} 件:不变 ${changes.same},改变 ${changes.changed.length}`);
        for (const one of changes.changed)
          io.print(
            `  ${one.id} ${one.before.rule}/${one.before.office ?? "人工"} → ${one.after.rule}/${one.after.office ?? "人工"}`,
          );
      }),
    );
}

/** @throws AppError `not_found` */
async function actingAccount(app: App, name: string | undefined): Promise<Account> {
  const operator = {
    id: "command line",
    name: "cli",
    display: "命令行",
    roles: Object.keys(roles).filter((role) => role !== "liaison") as Role[],
  };
  if (name === undefined) return { ...operator, entity: "*", areas: [], disabled: false, mustChange: false };
  const account = (await app.desk.accounts.list()).find((one) => one.name === name);
  if (!account || account.disabled) throw new AppError("not_found", { say: `没有可用的账号“${name}”。` });
  return account;
}
