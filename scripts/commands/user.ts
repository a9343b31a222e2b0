/** `user add`: an account for the console, with a one-time password shown once. */
import type { Command } from "commander";
import { type Role, roles } from "../../src/cases/states.ts";
import { AppError } from "../../src/error.ts";
import type { Io } from "./io.ts";

type Options = {
  display: string;
  role: string[];
  entity: string;
  area: string[];
  officer?: string;
  json?: boolean;
};
const collect = (one: string, all: string[]) => [...all, ...one.split(",")];

export function registerUserCommands(program: Command, io: Io): void {
  program
    .command("user")
    .description("工作台账号")
    .command("add <name>")
    .description("新建账号,打印一次性密码")
    .requiredOption("--display <name>", "显示的姓名")
    .requiredOption(
      "--role <role>",
      `角色,可重复:${Object.entries(roles)
        .map(([id, label]) => `${id}(${label})`)
        .join("、")}`,
      collect,
      [],
    )
    .requiredOption("--entity <id>", "所在机关编号;* 是平台管理方")
    .option("--area <code>", "限定区划代码前缀,可重复", collect, [])
    .option("--officer <id>", "本人的执法人员记录编号")
    .option("--json", "输出一份 JSON")
    .action(async (name: string, options: Options) => {
      const app = await io.openApp();
      try {
        if (options.entity !== "*" && app.library().find(options.entity)?.kind !== "entity")
          throw new AppError("unknown_value", { say: `没有编号为“${options.entity}”的机关。` });
        const wrong = options.role.filter((role) => !Object.hasOwn(roles, role));
        if (wrong.length > 0)
          throw new AppError("unknown_value", {
            say: `没有角色“${wrong.join("、")}”。可用:${Object.keys(roles).join("、")}。`,
          });
        const input = {
          name,
          display: options.display,
          roles: options.role as Role[],
          entity: options.entity,
          areas: options.area,
          officer: options.officer,
        };
        const { account, password } = await app.desk.accounts.add(input, app.now());
        if (options.json) io.json({ id: account.id, name, password });
        else io.print(`已建账号 ${name},一次性密码:${password}(只显示这一次,首次登录须修改)`);
      } finally {
        await app.close();
      }
    });
}
