/** A file of any accepted format as tables and prose, or the reason it is refused. */
import { decodeText, detectEncoding, readMhtPart } from "./decode.ts";
import type { Code } from "./messages.ts";
import { looksLikeCsv, readCsv } from "./read/csv.ts";
import { readHtml } from "./read/html.ts";
import { readPdf } from "./read/pdf.ts";
import { readWorkbook } from "./read/xlsx.ts";
import { isLong, streamWorkbook } from "./read/xlsx-stream.ts";
import { sniff } from "./sniff.ts";
import type { Document } from "./table.ts";
import { cleanText } from "./text/clean.ts";

export type Refusal = { readonly code: Code; readonly why: string };

/** @param prose a statute or policy text is wanted, so commas make no table. */
export async function readDocument(path: string, bytes: Buffer, prose: boolean): Promise<Document | Refusal> {
  const kind = sniff(bytes);
  if (kind.kind === "refused") return { code: "E03", why: kind.why };
  try {
    switch (kind.kind) {
      case "xlsx":
        return {
          ...(isLong(bytes) ? await streamWorkbook(bytes) : readWorkbook(bytes)),
          macros: kind.macros,
        };
      case "xls":
        return { ...readWorkbook(bytes), macros: kind.macros };
      case "docx": {
        const mammoth = await import("mammoth");
        const { value } = await mammoth.default.convertToHtml({ buffer: bytes });
        const read = readHtml(value);
        if (read.tables.length === 0 && read.prose.length === 0)
          return { code: "E03", why: "Word 文件里没有可读的文字(可能只有图片)" };
        return { ...read, macros: kind.macros };
      }
      case "mht":
      case "html": {
        const part = kind.kind === "mht" ? readMhtPart(bytes) : bytes;
        const decoded = part && decodeText(part);
        return decoded ? readHtml(decoded.text) : { code: "E04", why: "" };
      }
      case "pdf":
        return await readPdf(bytes);
      case "text":
        return readText(path, bytes, prose);
    }
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message.slice(0, 60) : "无法打开";
    return { code: "E03", why: `文件损坏或受保护(${why})` };
  }
}

function readText(path: string, bytes: Buffer, prose: boolean): Document | Refusal {
  const encoding = detectEncoding(bytes);
  if (!encoding) return { code: "E04", why: "" };
  const sample = new TextDecoder(encoding).decode(bytes.subarray(0, 64 * 1024));
  if (!prose && looksLikeCsv(sample, /\.[ct]sv$/i.test(path) ? 2 : 4))
    return { tables: [readCsv(path, encoding, sample)], prose: [], hiddenSheets: [], encoding };
  const lines = new TextDecoder(encoding).decode(bytes).split(/\r?\n/).map(cleanText);
  return { tables: [], prose: lines, hiddenSheets: [], encoding };
}
