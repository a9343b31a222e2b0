/** `user …`: accounts of the console. A one-time password is printed once and kept nowhere. */
import type { Command } from "commander";
import type { App } from "../../src/app.ts";
import type { Account } from "../../src/cases/accounts.ts";
import { type Role, roles } from "../../src/cases/states.ts";
import { AppError } from "../../src/error.ts";
import type { Library } from "../../src/records/library.ts";
import type { Io } from "./io.ts";

/** Actor written to the access log for what is done at the operator's own command line. */
export const OPERATOR = "command-line";

interface NewUser {
  display: string;
  role: string[];
  entity: string;
  area?: string[];
  officer?: string;
  json?: boolean;
}

export function registerUserCommands(program: Command, io: Io): void {
  const user = program.command("user").description("管理工作台账号");

  user
    .command("add <name>")
    .description("新建账号,显示一次性密码")
    .requiredOption("--display <name>", "显示的姓名")
    .requiredOption("--role <role...>", `角色:${sayRoles()}`)
    .requiredOption("--entity <entity>", "所在机关的编号或名称;* 为平台运营方")
    .option("--area <code...>", "只办理这些区划的案件")
    .option("--officer <record>", "本人也是执法人员时,其名单记录编号(用于回避)")
    .option("--json", "输出一份 JSON")
    .action((name: string, options: NewUser) =>
      using(io, async (app) => {
        const { account, password } = await app.desk.accounts.add(
          {
            name,
            display: options.display,
            roles: options.role.map(roleNamed),
            entity: options.entity === "*" ? "*" : entityNamed(app.library(), options.entity),
            areas: options.area ?? [],
            officer: options.officer,
          },
          app.now(),
        );
        if (options.json) return io.json({ ...plain(account), password });
        io.print(`已建立账号 ${account.name}(${account.display})。`);
        io.print(`一次性密码(只显示这一次,首次登录须修改):${password}`);
      }),
    );

  user
    .command("list")
    .description("全部账号")
    .option("--json", "输出一份 JSON")
    .action((options: { json?: boolean }) =>
      using(io, async (app) => {
        const accounts = await app.desk.accounts.list();
        if (options.json) return io.json(accounts.map(plain));
        for (const account of accounts) {
          const labels = account.roles.map((role) => roles[role]).join("、");
          const state = account.disabled ? "  已停用" : "";
          io.print(`${account.name}  ${account.display}  ${labels}  ${account.entity}${state}`);
        }
      }),
    );

  user
    .command("reset <name>")
    .description("换一个一次性密码并显示,立即退出其所有登录")
    .option("--json", "输出一份 JSON")
    .action((name: string, options: { json?: boolean }) =>
      using(io, async (app) => {
        const { id } = await accountNamed(app, name);
        const password = await app.desk.accounts.resetPassword(id, OPERATOR, app.now());
        if (options.json) return io.json({ name, password });
        io.print(`账号 ${name} 的一次性密码(只显示这一次,登录后须修改):${password}`);
      }),
    );

  user
    .command("disable <name>")
    .description("停用账号,并立即退出其所有登录")
    .option("--json", "输出一份 JSON")
    .action((name: string, options: { json?: boolean }) =>
      using(io, async (app) => {
        const { id } = await accountNamed(app, name);
        await app.desk.accounts.update(id, { disabled: true }, OPERATOR, app.now());
        if (options.json) return io.json({ name, disabled: true });
        io.print(`已停用账号 ${name}。`);
      }),
    );
}

/** Runs `work` on the whole house and closes it, whatever happens. */
export async function using(io: Io, work: (app: App) => Promise<void>): Promise<void> {
  const app = await io.openApp();
  try {
    await work(app);
  } finally {
    await app.close();
  }
}

/** @throws AppError `unknown_value` naming the accounts there are. */
export async function accountNamed(app: App, name: string): Promise<Account> {
  const accounts = await app.desk.accounts.list();
  const found = accounts.find((account) => account.name === name);
  if (found) return found;
  const known = accounts.map((account) => account.name).join("、");
  throw new AppError("unknown_value", { say: `没有账号“${name}”。现有:${known || "无,请先 user add"}。` });
}

/** An entity's id, given its id or the one name it alone carries. @throws AppError `unknown_value` */
export function entityNamed(library: Library, said: string): string {
  if (library.find(said)?.kind === "entity") return said;
  const named = library.entitiesNamed(said);
  const [only] = named;
  if (only && named.length === 1) return only.id;
  const options = named.map((one) => one.id).join("、");
  throw new AppError("unknown_value", {
    say: options ? `“${said}”对应几个机关,请写编号:${options}。` : `公示数据中没有机关“${said}”。`,
  });
}

function roleNamed(said: string): Role {
  const found = (Object.keys(roles) as Role[]).find((role) => role === said || roles[role] === said);
  if (found) return found;
  throw new AppError("unknown_value", { say: `没有角色“${said}”。可用:${sayRoles()}。` });
}

function sayRoles(): string {
  return Object.entries(roles)
    .map(([role, label]) => `${role}(${label})`)
    .join("、");
}

function plain(account: Account) {
  const { name, display, entity, areas, officer, disabled, mustChange } = account;
  return { name, display, roles: account.roles, entity, areas, officer, disabled, mustChange };
}
