/** `retention`: deletes what is past its time, and shows the register of deletions. */
import type { Command } from "commander";
import { type Retained, runRetention } from "../../src/complaints/retention.ts";
import type { Io } from "./io.ts";
import { using } from "./user.ts";

const labels: Readonly<Record<keyof Retained, string>> = {
  identities: "已办结案件的身份信息",
  conversations: "对话",
  turns: "对话回复",
  draftFiles: "未提交的证据文件",
  strayFiles: "无主文件",
  expired: "过期的登录和一次性验证码",
};

export function registerRetentionCommand(program: Command, io: Io): void {
  program
    .command("retention")
    .description("删除保存期满的个人信息,并登记删除(不含个人信息)")
    .option("--dry-run", "只计数,不删除")
    .option("--register", "只看删除登记簿")
    .option("--json", "输出一份 JSON")
    .action((options: { dryRun?: boolean; register?: boolean; json?: boolean }) =>
      using(io, async (app) => {
        if (options.register) {
          const rows = await app.store.db.selectFrom("deletion").selectAll().orderBy("at").execute();
          if (options.json) return io.json(rows);
          for (const row of rows)
            io.print(`${new Date(row.at).toISOString()} ${row.what} ${row.subject} ${row.rule}`);
          return;
        }
        const counts = await runRetention(app, app.now(), { dryRun: options.dryRun });
        if (options.json) return io.json({ dryRun: options.dryRun === true, ...counts });
        io.print(options.dryRun ? "将删除:" : "已删除:");
        for (const [name, label] of Object.entries(labels))
          io.print(`  ${label} ${counts[name as keyof Retained]}`);
      }),
    );
}
