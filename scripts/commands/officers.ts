/** `verify-officer`: one certificate against the published lists. */
import type { Command } from "commander";
import { dayOf } from "../../src/law/day.ts";
import { type Verification, verifyOfficer } from "../../src/officers/verify.ts";
import type { Io } from "./io.ts";

export function registerOfficerCommands(program: Command, io: Io): void {
  program
    .command("verify-officer <certNo>")
    .description("核验执法证号是否在公示名单中")
    .option("--name <name>", "姓名或姓氏,用于缩小范围")
    .option("--json", "输出一份 JSON")
    .action(async (certNo: string, options: { name?: string; json?: boolean }) => {
      const library = await io.openLibrary();
      const found = verifyOfficer(library, { certNo, name: options.name }, dayOf(new Date()));
      if (options.json) io.json(plain(found));
      else {
        io.print(`${found.label}:${found.say}`);
        for (const [label, value] of rowsOf(found)) io.print(`${label}:${value}`);
        io.print(found.next);
      }
    });
}

function plain(found: Verification) {
  const { officer, entity } = found;
  return {
    outcome: found.label,
    certNo: found.certNo,
    ...(officer && {
      name: officer.shownName,
      organ: entity?.name,
      post: officer.record.post,
      fields: officer.record.fields,
      area: entity?.area,
      validUntil: officer.record.validUntil,
      list: officer.record.source.title,
      publisher: officer.record.source.publisher,
      asOf: officer.record.source.publishedOn,
      dataset: officer.record.dataset,
    }),
    say: found.say,
    next: found.next,
  };
}

function rowsOf({ officer, entity }: Verification): readonly (readonly [string, string])[] {
  if (!officer) return [];
  const { record } = officer;
  return [
    ["姓名", officer.shownName],
    ["单位", entity?.name ?? ""],
    ["执法领域", record.fields.join("、")],
    ["有效期至", record.validUntil ?? "名单未写明"],
    [
      "名单",
      `${record.source.title}(${record.source.publisher},${record.source.publishedOn ?? "未注明日期"})`,
    ],
  ];
}
