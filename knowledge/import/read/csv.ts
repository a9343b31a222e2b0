/** CSV and TSV as a stream of rows: a hundred thousand rows cost no more memory than ten. */
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { parse } from "csv-parse";
import type { Row, Table } from "../table.ts";
import { cleanText } from "../text/clean.ts";

/** @param sample decoded beginning of the file, to tell the delimiter. */
export function readCsv(path: string, encoding: string, sample: string): Table {
  const delimiter = delimiterOf(sample);
  const rows = { [Symbol.asyncIterator]: () => rowsOf(path, encoding, delimiter) };
  return { sheet: "", hiddenColumns: [], context: [], rows };
}

async function* rowsOf(path: string, encoding: string, delimiter: string): AsyncGenerator<Row> {
  const decoder = new TextDecoder(encoding);
  const parser = parse({
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    info: true,
  });
  const decoded = async function* () {
    for await (const chunk of createReadStream(path)) yield decoder.decode(chunk as Buffer, { stream: true });
    yield decoder.decode();
  };
  const source = Readable.from(decoded());
  source.on("error", (thrown) => parser.destroy(thrown));
  source.pipe(parser);
  let number = 0;
  try {
    for await (const { record } of parser as AsyncIterable<{ record: string[] }>) {
      number++;
      yield { number, cells: record.map((text) => ({ text: cleanText(text) })), found: record.length };
    }
  } finally {
    source.destroy();
    parser.destroy();
  }
}

/** The sign that divides the first lines most evenly. */
function delimiterOf(sample: string): string {
  const lines = sample
    .split(/\r?\n/)
    .slice(0, 20)
    .filter((line) => line.trim() !== "");
  const count = (sign: string) => lines.reduce((sum, line) => sum + line.split(sign).length - 1, 0);
  return [",", "\t", ";"].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ",");
}

/** Whether a text file is a table at all: a line divided by one sign into `least` cells. */
export function looksLikeCsv(sample: string, least: number): boolean {
  const lines = sample
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .slice(0, 30);
  const delimiter = delimiterOf(sample);
  return lines.length >= 1 && lines.some((line) => line.split(delimiter).length >= least);
}
