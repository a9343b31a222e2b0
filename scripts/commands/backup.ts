/** `backup` and `restore`: everything that must survive, as one folder whose manifest names every file's digest. */
import type { Command } from "commander";
import { backUp, restore } from "../backup/backup.ts";
import type { Io } from "./io.ts";

export function registerBackupCommands(program: Command, io: Io): void {
  program
    .command("backup <folder>")
    .description("备份数据库、发布数据、原始文件、证据;密钥另存")
    .option("--keys <folder>", "同时把密钥复制到这个文件夹(须在备份之外,另行保管)")
    .option("--json", "输出一份 JSON")
    .action(async (folder: string, options: { keys?: string; json?: boolean }) => {
      const done = await backUp(
        { dataFolder: io.config.dataFolder, databaseUrl: io.config.DATABASE_URL },
        { folder, keys: options.keys },
        new Date(),
      );
      for (const warning of done.warnings) io.note(`注意:${warning}`);
      if (options.json) io.json({ folder, ...done });
      else io.print(`已备份 ${done.files} 个文件,${done.bytes} 字节。`);
    });

  program
    .command("restore <folder>")
    .description("把备份恢复到一个空的数据文件夹")
    .requiredOption("--to <folder>", "目标数据文件夹,必须为空或不存在")
    .option("--keys <folder>", "备份时另存的密钥文件夹")
    .option("--json", "输出一份 JSON")
    .action(async (folder: string, options: { to: string; keys?: string; json?: boolean }) => {
      const done = await restore({ folder, keys: options.keys }, options.to);
      for (const warning of done.warnings) io.note(`注意:${warning}`);
      if (options.json) io.json({ to: options.to, ...done });
      else io.print(`已恢复 ${done.files} 个文件(备份于 ${done.at}),摘要全部相符。`);
    });
}
