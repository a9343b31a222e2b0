/** What a file really is, by its first bytes and its zip directory; its name is not believed. */

export type FileKind = "xlsx" | "xls" | "docx" | "html" | "mht" | "pdf" | "text";
export type Sniffed =
  | { readonly kind: FileKind; readonly macros: boolean }
  | { readonly kind: "refused"; readonly code: "E03"; readonly why: string };

/** Largest file taken, bytes. Published lists stay far below. */
export const MAX_BYTES = 200 * 1024 * 1024;
const MAX_ENTRIES = 5000;
const MAX_UNPACKED = 1024 * 1024 * 1024;
const MAX_RATIO = 400;

export function sniff(bytes: Buffer): Sniffed {
  if (bytes.length === 0) return refuse("文件是空的");
  if (bytes.length > MAX_BYTES) return refuse(`文件超过 ${MAX_BYTES / 1024 / 1024} MB`);
  if (bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]))) return sniffZip(bytes);
  if (bytes.subarray(0, 8).equals(Buffer.from("d0cf11e0a1b11ae1", "hex"))) return sniffOle(bytes);
  const start = bytes.subarray(0, 4096).toString("latin1");
  if (start.startsWith("%PDF-")) return { kind: "pdf", macros: false };
  if (/^(?:\x89PNG|\xff\xd8\xff|GIF8|BM|II\*\0|MM\0\*|RIFF)/.test(start)) return refuse("文件是图片或扫描件");
  if (start.startsWith("{\\rtf")) return refuse("文件是 RTF 格式");
  if (start.startsWith("Rar!") || start.startsWith("7z\xbc\xaf")) return refuse("文件是压缩包");
  if (
    /^\s*(?:From:? |MIME-Version:|Subject:|Date:|Content-Type: multipart)/i.test(start) &&
    /MIME-Version/i.test(start)
  ) {
    return { kind: "mht", macros: false };
  }
  if (
    /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)?<(?:!doctype|html|head|body|table|meta|div)/i.test(
      start,
    )
  ) {
    return { kind: "html", macros: false };
  }
  const utf16 = /^(?:\xff\xfe|\xfe\xff)/.test(start);
  if (!utf16 && bytes.subarray(0, 4096).includes(0)) return refuse("文件不是可识别的表格或文档");
  return { kind: "text", macros: false };
}

/** Reads the zip's central directory without unpacking anything. */
function sniffZip(bytes: Buffer): Sniffed {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) return refuse("压缩结构损坏");
  const entries = bytes.readUInt16LE(end + 10);
  if (entries > MAX_ENTRIES) return refuse("文件内的条目过多,疑为压缩炸弹");
  const names: string[] = [];
  let position = bytes.readUInt32LE(end + 16);
  let unpacked = 0;
  for (let i = 0; i < entries && position + 46 <= bytes.length; i++) {
    if (bytes.readUInt32LE(position) !== 0x02014b50) return refuse("压缩结构损坏");
    if (bytes.readUInt16LE(position + 8) & 1) return refuse("文件已加密");
    const packed = bytes.readUInt32LE(position + 20);
    const size = bytes.readUInt32LE(position + 24);
    unpacked += size;
    if (unpacked > MAX_UNPACKED || (size > 50_000_000 && size > packed * MAX_RATIO)) {
      return refuse("解压后体积异常,疑为压缩炸弹");
    }
    const nameLength = bytes.readUInt16LE(position + 28);
    names.push(bytes.subarray(position + 46, position + 46 + nameLength).toString("utf8"));
    position += 46 + nameLength + bytes.readUInt16LE(position + 30) + bytes.readUInt16LE(position + 32);
  }
  const macros = names.some((name) => /vbaProject\.bin$/i.test(name));
  if (names.includes("xl/workbook.xml") || names.includes("xl/workbook.bin")) return { kind: "xlsx", macros };
  if (names.includes("word/document.xml")) return { kind: "docx", macros };
  return refuse("文件是压缩包,不是 Excel 或 Word 文件");
}

function sniffOle(bytes: Buffer): Sniffed {
  const has = (name: string) => bytes.includes(Buffer.from(name, "utf16le"));
  if (has("EncryptedPackage")) return refuse("文件设有打开密码");
  if (has("WordDocument")) return refuse("文件是旧版 .doc");
  if (has("Workbook") || has("Book")) return { kind: "xls", macros: has("_VBA_PROJECT") };
  return refuse("文件是无法识别的旧版 Office 格式");
}

function refuse(why: string): Sniffed {
  return { kind: "refused", code: "E03", why };
}
