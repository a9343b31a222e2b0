/** Rows per second and peak memory of a long list, as CSV and as workbook. */

import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { crc32, deflateRawSync } from "node:zlib";
import { importFile } from "../../knowledge/import/index.ts";

const ROWS = 100_000;
const HEAD = ["序号", "职权编码", "职权类型", "职权名称", "实施依据", "承诺时限"];
const rowOf = (i: number) => [
  String(i),
  `XZ-${i}`,
  "行政处罚",
  `对第${i}种行为的处罚`,
  `《演示用水条例》第${(i % 90) + 1}条第一款`,
  "90日",
];

interface Report {
  readonly name: string;
  readonly rows: { label: string; value: number; unit: string }[];
}

/** Each file is written and each import run in a process of its own, so that a peak belongs to that import alone. */
export async function run(): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "mingzhi-bench-"));
  const here = fileURLToPath(import.meta.url);
  const child = (...args: string[]) =>
    execFileSync(process.execPath, ["--expose-gc", "--import", "tsx", here, ...args], { encoding: "utf8" });
  try {
    const rows = ["csv", "xlsx"].flatMap((format) => {
      const file = join(folder, `清单.${format}`);
      child("write", file);
      return JSON.parse(child("measure", file)) as Report["rows"];
    });
    return { name: "导入 100 000 行", rows };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [, self, task, path = ""] = process.argv;
if (self === fileURLToPath(import.meta.url)) {
  if (task === "write") await (path.endsWith(".csv") ? writeCsv(path) : writeXlsx(path));
  else process.stdout.write(JSON.stringify(await measure(path.split(".").at(-1) ?? "", path)));
}

async function measure(format: string, file: string): Promise<Report["rows"]> {
  global.gc?.();
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
    progress: () => {
      peak = Math.max(peak, process.memoryUsage().rss);
    },
  });
  const seconds = (performance.now() - start) / 1000;
  clearInterval(watch);
  return [
    { label: `${format}:接受的记录`, value: records, unit: "条" },
    { label: `${format}:速度`, value: Math.round(records / seconds), unit: "行/秒" },
    { label: `${format}:内存增加(峰值)`, value: Math.round((peak - before) / 1024 / 1024), unit: "MB" },
  ];
}

async function writeCsv(file: string): Promise<void> {
  const out = createWriteStream(file);
  out.write(`${HEAD.join(",")}\n`);
  for (let i = 1; i <= ROWS; i++) if (!out.write(`${rowOf(i).join(",")}\n`)) await once(out, "drain");
  out.end();
  await once(out, "finish");
}

/** Written by hand: a library's writer would fill the memory that is to be measured. */
async function writeXlsx(file: string): Promise<void> {
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const strings = new Map<string, number>();
  const shared = (text: string) => {
    const known = strings.get(text);
    if (known !== undefined) return known;
    strings.set(text, strings.size);
    return strings.size - 1;
  };
  const line = (cells: readonly string[], row: number) =>
    `<row r="${row}">${cells.map((text, column) => `<c r="${String.fromCharCode(65 + column)}${row}" t="s"><v>${shared(text)}</v></c>`).join("")}</row>`;
  const rows = [line(HEAD, 1)];
  for (let i = 1; i <= ROWS; i++) rows.push(line(rowOf(i), i + 1));
  const sheet = `<worksheet xmlns="${main}"><sheetData>${rows.join("")}</sheetData></worksheet>`;
  const items = [...strings.keys()].map((text) => `<si><t>${text}</t></si>`).join("");
  const parts = {
    "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="清单" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/sharedStrings.xml": `<sst xmlns="${main}">${items}</sst>`,
    "xl/worksheets/sheet1.xml": sheet,
  };
  const out = createWriteStream(file);
  for (const piece of zip(parts)) out.write(piece);
  out.end();
  await once(out, "finish");
}

function zip(parts: Readonly<Record<string, string>>): Buffer[] {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(parts)) {
    const body = Buffer.from(text);
    const packed = deflateRawSync(body);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(body), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(body.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), fields, Buffer.from(name), packed]);
    directory.push(Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\0"), fields, place, Buffer.from(name)]));
    pieces.push(local);
    at += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006");
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(at, 16);
  return [...pieces, central, end];
}
