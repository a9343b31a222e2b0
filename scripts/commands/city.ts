/** `city new`: a city joins with its places and governments. */
import type { Command } from "commander";
import { joinCity, profileOf } from "../../knowledge/city.ts";
import { isSigned, signatureOf } from "../../knowledge/signature.ts";
import { AppError } from "../../src/error.ts";
import type { Io } from "./io.ts";

export function registerCityCommands(program: Command, io: Io): void {
  program
    .command("city")
    .description("新的城市:建立行政区划和各级人民政府的草稿")
    .command("new <code>")
    .description("按 6 位区划代码建立一个城市")
    .requiredOption("--by <name>", "建立人;由另一人发布")
    .option("--place <code=name...>", "区划代码表里没有的地方,逐个写明:990300=云岭市")
    .option("--json", "输出一份 JSON")
    .action((code: string, options: { by: string; place?: readonly string[]; json?: boolean }) => {
      const by = signatureOf(options.by);
      if (!isSigned(by)) throw new AppError("bad_input", { say: "请写明建立人(--by)。" });
      const profile = profileOf(code, placesGiven(options.place ?? []));
      const batches = joinCity(io.config.dataFolder, profile, by, new Date());
      if (options.json) return io.json({ ...profile, drafts: batches.map(({ id }) => id) });
      io.print(`已建立 ${code} 的草稿:${profile.places.map(({ name }) => name).join("、")}。`);
      io.print("下一步:import <文件夹> 导入清单,再由另一人 mapping confirm、release publish。");
    });
}

function placesGiven(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((one) => {
      const [, code, name] = /^(\d{6})=(.{2,40})$/.exec(one) ?? [];
      if (!code || !name)
        throw new AppError("bad_input", { say: `“${one}”应写成“区划代码=名称”,如 990300=云岭市。` });
      return [code, name];
    }),
  );
}
