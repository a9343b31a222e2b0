/** The command `import`, one list after another into the same draft. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readBatches, readDrafts } from "../../knowledge/import/drafts.ts";
import { publishShippedData } from "../../knowledge/release/shipped.ts";
import { registerImportCommands } from "../../scripts/commands/import.ts";
import { createIo } from "../../scripts/commands/io.ts";
import { readConfig } from "../../src/config.ts";
import { workbook } from "./fixtures.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mingzhi-command-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const organs = () =>
  workbook([
    ["执法主体名称", "主体类别", "执法依据", "区划代码", "行政层级"],
    ["样本市园林局", "法定行政机关", "《样本园林条例》第四条", "990100", "市"],
  ]);
const officers = () =>
  workbook([
    ["姓名", "工作单位", "执法证号", "证件类型", "证件状态"],
    ["张演", "样本市园林局", "99010999001", "行政执法证", "有效"],
  ]);

async function run(...args: string[]) {
  return runAs("录入员", ...args);
}

/** What a person reads of a command. */
async function say(...args: string[]): Promise<string[]> {
  const printed: string[] = [];
  const config = readConfig({ MINGZHI_DATA: folder, DEMO_DATA: "0", LOG_LEVEL: "silent" });
  const program = new Command().exitOverride();
  registerImportCommands(program, { ...createIo(config), print: (text) => void printed.push(text) });
  await program.parseAsync(args, { from: "user" });
  return printed;
}

async function runAs(by: string | undefined, ...args: string[]) {
  const config = readConfig({ MINGZHI_DATA: folder, DEMO_DATA: "0", LOG_LEVEL: "silent" });
  publishShippedData(join(folder, "releases"), { demo: false });
  const shown: { issues: { code: string }[] }[] = [];
  const io = {
    ...createIo(config),
    print: () => {},
    note: () => {},
    json: (value: unknown) => void shown.push(value as (typeof shown)[number]),
  };
  const program = new Command().exitOverride();
  registerImportCommands(program, io);
  await program.parseAsync(["import", ...args, ...(by === undefined ? [] : ["--by", by]), "--json"], {
    from: "user",
  });
  return shown[0]!.issues.map(({ code }) => code);
}

describe("the command line", () => {
  it("goes on quietly when its reader has gone", async () => {
    const child = spawn(process.execPath, ["scripts/mingzhi.mjs", "deadline", "--list"], {
      env: { ...process.env, MINGZHI_DATA: folder },
    });
    child.stdout.destroy();
    let complaints = "";
    child.stderr.on("data", (text: Buffer) => {
      complaints += text.toString();
    });
    const [code] = await once(child, "close");
    expect({ code, complaints }).toEqual({ code: 0, complaints: "" });
  });
});

describe("mapping", () => {
  it("shows the score of each column to whoever is to confirm it", async () => {
    await run(organs(), "--kind", "entity");
    const line = "  执法主体名称 → name 执法主体名称(得分 1.00)";
    const listed = await say("mapping", "list");
    expect(listed).toContain(line);
    expect(await say("mapping", "confirm", listed[0]!.split(" ")[0]!, "--by", "复核员")).toContain(line);
  });
});

describe("import", () => {
  it("knows the organs of a list that waits for the same release", async () => {
    const file = officers();
    expect(await run(file, "--kind", "officer", "--dataset", "demo", "--dry-run")).toContain("E08");
    await run(organs(), "--kind", "entity", "--dataset", "demo");
    expect(await run(file, "--kind", "officer", "--dataset", "demo")).not.toContain("E08");
    const [first, second] = readBatches(folder).map((batch) => readDrafts(folder, batch)[0]);
    expect(second).toMatchObject({ kind: "officer", entityId: first?.id });
  });

  it.each([undefined, " "])("puts a signed list in the place of the same list signed by %s", async (by) => {
    const file = organs();
    await runAs(by, file, "--kind", "entity");
    expect(readBatches(folder)).toMatchObject([{ by: "未署名" }]);
    await runAs(undefined, officers(), "--kind", "officer");
    await runAs(" 录入员 ", file, "--kind", "entity");
    expect(readBatches(folder).map(({ kind, by }) => `${kind} ${by}`)).toEqual([
      "officer 未署名",
      "entity 录入员",
    ]);
  });

  it.each(["没有.xlsx"])("says which file is not there: %j", async (name) => {
    const missing = join(folder, name);
    const said = { say: `没有文件“${missing}”。请核对路径和文件名。` };
    await expect(run(missing, "--kind", "entity")).rejects.toMatchObject(said);
    await expect(run(organs(), "--kind", "entity", "--mapping", missing)).rejects.toMatchObject(said);
  });

  it("dates and signs a list that does neither itself", async () => {
    await run(organs(), "--kind", "entity", "--published-on", "2026-03-02", "--publisher", "样本市司法局");
    const [batch] = readBatches(folder);
    expect(readDrafts(folder, batch!)[0]?.source).toMatchObject({
      publishedOn: "2026-03-02",
      publisher: "样本市司法局",
    });
    await expect(run(organs(), "--kind", "entity", "--published-on", "2026-02-30")).rejects.toThrow(
      /2026-02-30/,
    );
  });
});
