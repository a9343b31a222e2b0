/** `retention`: deletes what is past its time, and shows the register of deletions. */
import type { Command } from "commander";
import { expirePersonalData } from "../../src/complaints/retention.ts";
import type { Io } from "./io.ts";

export function registerRetentionCommand(program: Command, io: Io): void {
  program
    .command("retention")
    .description("清理到期的个人信息,登记删除情况")
    .option("--register", "只看删除登记簿")
    .option("--json", "输出一份 JSON")
    .action(async (options: { register?: boolean; json?: boolean }) => {
      const app = await io.openApp();
      try {
        if (options.register) {
          const rows = await app.store.db.selectFrom("deletion").selectAll().orderBy("at").execute();
          if (options.json) return io.json(rows);
          for (const row of rows)
            io.print(`${new Date(row.at).toISOString()} ${row.what} ${row.subject} ${row.rule}`);
          return;
        }
        const { RETAIN_CONVERSATION_DAYS: conversationDays, RETAIN_IDENTITY_DAYS: identityDays } = app.config;
        const expired = await expirePersonalData(app, { conversationDays, identityDays }, app.now());
        if (options.json) return io.json(expired);
        io.print(
          `已清理:对话 ${expired.conversations},答复 ${expired.turns},草稿文件 ${expired.draftFiles},身份信息 ${expired.identities},过期登录 ${expired.sessions}。`,
        );
      } finally {
        await app.close();
      }
    });
}
