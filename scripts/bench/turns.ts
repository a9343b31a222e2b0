/** How long one turn takes through the whole house, without a model: saved, answered, checked by the gates. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadMaterials } from "../../knowledge/materials.ts";
import { publishShippedData } from "../../knowledge/release/shipped.ts";
import { createApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";

const TURNS = 600;
const WARM_UP = 60;

/** One question of each common kind; the conversation is fresh every time. */
const questions = [
  "盐湖区市场监管局罚我2000块,11月10号签收的,不服找谁",
  "罚款晚交三天加多少",
  "东演区城市管理局占道摆摊罚多少",
  "执法证号99010000001是真的吗",
  "罚五千要不要法制审核",
  "扣我的车给不给单子",
  "第一次犯能不能不罚",
  "普通程序要走几步",
  "随机抽查一年查几次",
  "投诉执法人员找谁",
];

export async function run(): Promise<{
  name: string;
  rows: { label: string; value: number; unit: string }[];
}> {
  const folder = mkdtempSync(join(tmpdir(), "mingzhi-bench-turns-"));
  publishShippedData(join(folder, "releases"), { demo: true });
  const start = () =>
    Number(
      execFileSync(process.execPath, [
        "--import",
        "tsx",
        fileURLToPath(new URL("first-start.ts", import.meta.url)),
        folder,
      ]),
    );
  const first = start();
  const later = start();
  const app = await createApp(
    readConfig({ MINGZHI_DATA: folder, LOG_LEVEL: "silent" }),
    loadMaterials(folder),
    { checkLimits: { refuse: () => undefined } },
  );
  try {
    const times: number[] = [];
    for (let n = 0; n < WARM_UP + TURNS; n += 1) {
      const text = questions[n % questions.length] ?? "";
      const before = performance.now();
      await app.assistant.reply({
        id: `bench:${n}`,
        door: "terminal",
        conversation: `bench:${n}`,
        person: "bench",
        role: "citizen",
        text,
        files: [],
        at: new Date("2026-11-24T04:00:00Z"),
      });
      if (n >= WARM_UP) times.push(performance.now() - before);
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => Math.round((times[Math.floor(times.length * share)] ?? 0) * 100) / 100;
    return {
      name: `每轮用时(${app.library().records().length} 条记录,无模型,写盘在内)`,
      rows: [
        { label: "打开数据到第一个答复,索引新建", value: first, unit: "毫秒" },
        { label: "打开数据到第一个答复,索引已存", value: later, unit: "毫秒" },
        { label: "中位数", value: at(0.5), unit: "毫秒" },
        { label: "p99", value: at(0.99), unit: "毫秒" },
        { label: "常驻内存", value: Math.round(process.memoryUsage().rss / 2 ** 20), unit: "MiB" },
      ],
    };
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
