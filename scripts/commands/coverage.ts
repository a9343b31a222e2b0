/** `coverage`: articles with points, left out, missing; with texts at hand, points held against them again. */
import type { Command } from "commander";
import { changedSince, coverageOf } from "../../knowledge/points/coverage.ts";
import { sealPoints } from "../../knowledge/points/seal.ts";
import { readTexts } from "../../knowledge/points/texts.ts";
import { AppError } from "../../src/error.ts";
import { findLaw, type LawAlias, laws } from "../../src/law/laws.ts";
import type { Io } from "./io.ts";

interface CoverageOptions {
  readonly law?: string;
  readonly texts?: string;
  readonly seal?: boolean;
  readonly json?: boolean;
}

export function registerCoverageCommand(program: Command, io: Io): void {
  program
    .command("coverage")
    .description("法律要点覆盖了哪些条文:有要点的、说明理由不收的、还缺的")
    .option("--law <name>", "只看一部法,如 治安管理处罚法")
    .option("--texts <folder>", "法规文本(Markdown)所在文件夹:核对要点所引条文有没有变")
    .option("--seal", "把条文的摘要和数字写进随附要点(需要 --texts)")
    .option("--json", "输出 JSON")
    .action(async (options: CoverageOptions) => {
      const law = options.law === undefined ? undefined : aliasOf(options.law);
      if (options.seal) {
        if (options.texts === undefined)
          throw new AppError("bad_input", { say: "--seal 需要同时给 --texts。" });
        io.note(`已核对 ${sealPoints(readTexts(options.texts))} 个要点。`);
      }
      const points = (await io.openLibrary()).all("point");
      const covered = coverageOf(points, law);
      const texts = options.texts === undefined ? undefined : readTexts(options.texts);
      const changed = texts ? changedSince(points, texts) : [];
      if (options.json) io.json({ laws: covered, ...(texts ? { changed } : {}) });
      else {
        for (const one of covered) {
          const missing = one.missing.length > 0 ? `,缺 ${one.missing.join("、")}` : "";
          io.print(
            `${one.law}(${one.version}):${one.articles} 条,有要点 ${one.withPoints},不收 ${one.waived.length}${missing}`,
          );
        }
        for (const one of changed) io.print(`${one.point} 所引 ${one.law}${one.article}:${one.why}`);
        if (options.texts === undefined) io.note("没有给 --texts,未与条文逐条核对。");
      }
      if (changed.length > 0 || covered.some(({ missing }) => missing.length > 0)) process.exitCode = 1;
    });
}

function aliasOf(name: string): LawAlias {
  const found = findLaw(name);
  const alias = (Object.keys(laws) as LawAlias[]).find((one) => laws[one].key === found?.key);
  if (alias) return alias;
  throw new AppError("unknown_value", {
    say: `没有登记“${name}”这部法。已登记:${Object.keys(laws).join("、")}。`,
  });
}
