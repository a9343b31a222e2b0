/** Rows per second and peak memory of a long CSV list. */

import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importFile } from "../../knowledge/import/index.ts";

const ROWS = 100_000;

export async function run(): Promise<{
  name: string;
  rows: { label: string; value: number; unit: string }[];
}> {
  const folder = mkdtempSync(join(tmpdir(), "mingzhi-bench-"));
  try {
    const file = join(folder, "清单.csv");
    const out = createWriteStream(file);
    out.write("序号,职权编码,职权类型,职权名称,实施依据,承诺时限\n");
    for (let i = 1; i <= ROWS; i++) {
      if (
        !out.write(
          `${i},XZ-${i},行政处罚,对第${i}种行为的处罚,《演示用水条例》第${(i % 90) + 1}条第一款,90日\n`,
        )
      )
        await once(out, "drain");
    }
    out.end();
    await once(out, "finish");
    const before = process.memoryUsage().rss;
    let peak = before;
    let records = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 50);
    const start = performance.now();
    await importFile({
      file,
      kind: "power",
      entity: "演示市水务局",
      at: new Date(),
      onRecord: () => records++,
      progress: () => {},
    });
    const seconds = (performance.now() - start) / 1000;
    clearInterval(watch);
    return {
      name: "导入 100 000 行 CSV",
      rows: [
        { label: "接受的记录", value: records, unit: "条" },
        { label: "速度", value: Math.round(records / seconds), unit: "行/秒" },
        { label: "内存增加(峰值)", value: Math.round((peak - before) / 1024 / 1024), unit: "MB" },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
