/** Text as published, made comparable: radicals from PDF fonts, zero-width and direction marks, line ends. */
import { repairRadicals } from "../../../src/search/text.ts";

const NEEDS_WORK = /[^\u0020-\u007e\u00a1-\u00ac\u2010-\u2027\u3001-\u33ff\u4e00-\u9fff\uff01-\uff5e\n]/;
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe00-\ufe0f]/g;
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** The text a record stores: punctuation and digits stay as published, only unreadable forms are mended. */
export function cleanText(raw: string): string {
  let text = raw;
  if (NEEDS_WORK.test(text)) {
    text = repairRadicals(text)
      .replace(/\r\n?|\u2028|\u2029|\u0085/g, "\n")
      .replace(INVISIBLE, "")
      .replace(CONTROL, "")
      .replace(/[\u00a0\u2000-\u200a\u202f\u3000\t]/g, " ")
      .replace(/[\uf900-\ufaff]/g, (character) => character.normalize("NFKC"));
  }
  if (text.includes("\n")) text = text.replace(/ *\n */g, "\n").replace(/\n{3,}/g, "\n\n");
  return text.trim();
}

/** The form compared with dictionaries and used in keys: NFKC, no white space, one bracket width. */
export function keyText(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .replace(/[﹝【]/g, "[")
    .replace(/[﹞】]/g, "]");
}

/** One line: inner breaks and runs of space become nothing between Chinese, one space elsewhere. */
export function oneLine(text: string): string {
  return text
    .replace(/\s*\n\s*/g, "\n")
    .replace(/([\u3000-\u9fff\uff00-\uffef])[\s]+(?=[\u3000-\u9fff\uff00-\uffef])/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
}

/** What published tables write for "nothing": 无, /, —, 暂无. */
export function isNothing(text: string): boolean {
  return /^(无|暂无|没有|空|详见附件|见附件|[/\\\-—–_*.。、·]*)$/.test(keyText(text));
}
