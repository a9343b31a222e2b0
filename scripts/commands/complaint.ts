/** `complaint …`: what a receipt or an acknowledgement opens, from the command line. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { keyIdOf, parsePublicKeys, verifyAcknowledgement } from "../../src/complaints/acknowledgement.ts";
import { AppError } from "../../src/error.ts";
import { dayOf } from "../../src/law/day.ts";
import type { Io } from "./io.ts";

export function registerComplaintCommands(program: Command, io: Io): void {
  const complaint = program.command("complaint").description("凭回执查询,核验受理凭证");

  complaint
    .command("status <receipt>")
    .description("凭回执查进度")
    .option("--json", "输出一份 JSON")
    .action(async (receipt: string, options: { json?: boolean }) => {
      const app = await io.openApp();
      try {
        const opened = await app.complaints.open(receipt, "command line", app.now());
        if (opened.kind !== "open") throw new AppError("not_found", { say: opened.say });
        const status = await app.complaints.status(opened.report);
        if (options.json) return io.json(status);
        io.print(`${status.caseId} 现在:${status.label} 办理机构:${status.office}`);
        for (const clock of status.clocks) io.print(`  ${clock.label}:${clock.due} 前(${clock.basis})`);
        for (const { at, label } of status.timeline) io.print(`  ${dayOf(at)} ${label}`);
        for (const one of status.messages)
          io.print(`  ${dayOf(one.at)} ${one.from === "office" ? "办理机构" : "您"}:${one.text}`);
      } finally {
        await app.close();
      }
    });

  complaint
    .command("verify-ack <file>")
    .description("离线核验受理凭证:文件,或凭证文字本身")
    .option("--keys <file>", "public-keys.json 或一行 base64 公钥;默认用本机公布的公钥")
    .option("--json", "输出一份 JSON")
    .action((file: string, options: { keys?: string; json?: boolean }) => {
      const text = existsSync(file) ? readFileSync(file, "utf8") : file;
      const published =
        options.keys ?? join(io.config.dataFolder, "keys", "acknowledgement", "public-keys.json");
      if (!existsSync(published) && options.keys === undefined)
        throw new AppError("bad_input", { say: "本机没有公钥文件,请用 --keys 指明 public-keys.json。" });
      const keys = parsePublicKeys(
        existsSync(published) ? readFileSync(published, "utf8") : published,
        keyIdOf(text),
      );
      const verdict = verifyAcknowledgement(text, keys);
      if (!verdict.valid) process.exitCode = 1;
      if (options.json) return io.json(verdict);
      io.print(
        verdict.valid
          ? `有效:${verdict.payload.office} 于 ${verdict.payload.at} 收到一份${verdict.payload.kind === "complaint" ? "投诉" : "纠错"}。`
          : `无效:${verdict.why}`,
      );
    });
}
