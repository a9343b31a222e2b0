/**
 * A county of another province that nobody has shipped: a folder of its files to drafts, two persons, a release, answers
 * in chat. No code knows its name.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBatches } from "../../knowledge/import/drafts.ts";
import { listMappings } from "../../knowledge/import/mappings.ts";
import { loadMaterials } from "../../knowledge/materials.ts";
import { registerCityCommands } from "../../scripts/commands/city.ts";
import { registerImportCommands } from "../../scripts/commands/import.ts";
import { createIo } from "../../scripts/commands/io.ts";
import { registerReleaseCommands } from "../../scripts/commands/release.ts";
import { type App, createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { csv, type Grid, workbook } from "../import/fixtures.ts";

const folder = mkdtempSync(join(tmpdir(), "mingzhi-county-"));
const lists = join(folder, "来件");
const config = readConfig({ MINGZHI_DATA: join(folder, "data"), DEMO_DATA: "0", LOG_LEVEL: "silent" });
let app: App | undefined;
afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = undefined;
});

async function command(...args: string[]): Promise<string> {
  const printed: string[] = [];
  const program = new Command().exitOverride();
  const io = { ...createIo(config), print: (text: string) => void printed.push(text), note: () => {} };
  for (const register of [registerCityCommands, registerImportCommands, registerReleaseCommands])
    register(program, io);
  await program.parseAsync(args, { from: "user" });
  return printed.join("\n");
}

const water = "《中华人民共和国水法》第六十九条";
const put = (name: string, grid: Grid) => writeFileSync(join(lists, name), csv(grid));

function writeLists(): void {
  mkdirSync(join(lists, "水务局"), { recursive: true });
  put("云川县行政执法主体公示.csv", [
    ["序号", "执法主体名称", "主体类别", "执法依据", "办公地址", "联系电话"],
    [1, "云川县水务局", "法定行政机关", "《中华人民共和国水法》第十二条", "云川县河东路8号", "0299-6111111"],
    [
      2,
      "云川县城市管理综合行政执法局",
      "法定行政机关",
      "《城市市容和环境卫生管理条例》第四条",
      "云川县南街1号",
      "0299-6222222",
    ],
    [3, "云川县司法局", "法定行政机关", "《行政执法监督条例》第三条", "云川县南街2号", "0299-6333333"],
  ]);
  put("水务局/权责清单.csv", [
    ["云川县水务局权责清单"],
    ["序号", "权力类型", "权力名称(主项)", "设定依据", "承诺时限"],
    [1, "行政许可", "取水许可", "《中华人民共和国水法》第四十八条", "5个工作日"],
    [2, "行政处罚", "对未经批准擅自取水的处罚", water, "90日"],
  ]);
  const book = workbook([
    ["云川县水务局行政处罚裁量权基准(云水规〔2026〕3号)"],
    ["序号", "违法行为", "处罚依据", "裁量阶次", "适用条件", "裁量幅度"],
    [1, "未经批准擅自取水", water, "较轻", "初次违法且及时改正", "处2万元以上5万元以下罚款"],
    ["", "", "", "严重", "造成严重后果", "处5万元以上10万元以下罚款"],
  ]);
  copyFileSync(book, join(lists, "水务局", "裁量基准.xlsx"));
  put("水务局/处罚程序.csv", [
    ["云川县水务局行政处罚普通程序"],
    ["程序名称", "执法类别", "步骤", "环节", "工作内容", "责任机构"],
    ["普通程序", "行政处罚", 1, "立案", "登记立案", "水政监察大队"],
    ["普通程序", "行政处罚", 2, "决定", "作出决定", "局长办公会"],
  ]);
  put("水务局/人员.csv", [
    ["云川县水务局行政执法人员名单"],
    ["姓名", "工作单位", "执法证号", "证件类型", "证件状态"],
    ["周演", "水政监察大队", "99030000001", "行政执法证", "有效"],
  ]);
  put("水务局/救济渠道.csv", [
    ["云川县水务局救济渠道"],
    ["救济渠道", "受理机关", "期限", "管辖公告", "公告日期"],
    ["行政复议", "本级人民政府", "60日", "", ""],
    ["行政诉讼", "云川县人民法院", "6个月", "云岭市中级人民法院管辖公告", "2026-03-01"],
  ]);
  put("水务局/监督方式.csv", [
    ["云川县水务局执法监督方式"],
    ["受理机构", "监督电话", "受理范围"],
    ["云川县司法局", "0299-6333334", "对水务执法的投诉"],
  ]);
}

async function ask(text: string): Promise<string> {
  const at = new Date("2026-11-25T02:00:00Z");
  const turn = { id: text, door: "api", conversation: text, person: "p", role: "citizen" } as const;
  const reply = await app!.assistant.reply({ ...turn, text, files: [], at });
  return JSON.stringify([reply.blocks, reply.labels]);
}

describe("a county nobody has shipped", () => {
  let report = "";
  beforeAll(async () => {
    writeLists();
    await command(
      "city",
      "new",
      "990300",
      "--by",
      "甲",
      "--place",
      "990000=演示省",
      "990300=云岭市",
      "990321=云川县",
    );
    report = await command("import", lists, "--city", "990300", "--by", "甲");
    await command("mapping", "confirm", ...listMappings(config.dataFolder).map(({ id }) => id), "--by", "乙");
    await command("release", "publish", "--prepared-by", "甲", "--published-by", "乙");
    app = await createApp(config, loadMaterials(config.dataFolder), {
      now: () => new Date("2026-11-25T02:00:00Z"),
    });
  }, 120_000);

  it("has every list of its folder read, none of it lost, in one report", () => {
    expect(report).toMatch(/^共 7 个文件、7 份清单\(未被接受 0 份\):13 行,可用 13 行.*隔离 0 行/);
    expect(report).toContain("裁量基准.xlsx(清单) → benchmark 裁量基准(按列名和标题辨认");
  });

  it("is published whole under two names", () => {
    expect(readBatches(config.dataFolder)).toEqual([]);
  });

  it.each([
    ["an organ's phone", "云川县水务局电话多少", /0299-6111111/],
    ["an officer by certificate", "执法证号99030000001是真的吗", /周.*水政监察大队|水政监察大队/],
    ["who hears the appeal", "云川县水务局罚了我,去哪里申请复议", /云川县人民政府/],
    ["where to complain", "云川县水务局执法人员乱执法,监督电话是多少", /0299-6333334/],
    ["the tiers of a fine of that county", "云川县未经批准擅自取水罚多少", /5万元|50000|5 ?万/],
  ])("is answered from: %s", async (_, text, words) => {
    expect(await ask(text)).toMatch(words);
  });

  it("is never answered from another place", async () => {
    for (const text of ["云川县未经批准擅自取水罚多少", "云川县占道摆摊罚多少", "云川县水务局有哪些处罚权"])
      expect(await ask(text)).not.toMatch(/演示市|盐湖|运城|演示数据/);
  });
});
