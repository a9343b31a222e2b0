/**
 * The form in which texts are compared. Matching only: what is quoted keeps its published form.
 *
 * Full width becomes half width, letters lower case, radicals the characters they stand for, traditional
 * characters simplified. NFKC repairs the Kangxi radicals (U+2F00–2FDF) that PDF files leave behind but not the
 * CJK Radicals Supplement (U+2E80–2EFF): those are listed here.
 */
import { createRequire } from "node:module";

/** CJK Radicals Supplement → the character printed alike. Radicals with no such character are left alone. */
const RADICALS =
  "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋卩⺌小⺍小⺎尢⺏尣⺐尢⺑尣⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歹⺟母⺠民⺡氵⺢水⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罒⺲罒⺳网⺴网⺵网⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃西⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑长⻒长⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟食⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫齐⻬齐⻭齿⻮齿⻯龙⻰龙⻱龟⻲龟⻳龟";

/** One code unit → one code unit; 0 means the character needs the slow path. Built once, on first use. */
let table: Uint16Array | undefined;

/**
 * `text` in its comparable form; empty stays empty. Idempotent.
 * Traditional text is converted with the regional words of Taiwan and Hong Kong (軟體 → 软件).
 */
export function normalise(text: string): string {
  const units = tableOfUnits();
  let slow = false;
  let same = true;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const to = units[unit]!;
    if (to === 0) {
      slow = true;
      break;
    }
    if (to !== unit) same = false;
  }
  if (slow) return slowly(text);
  if (same) return text;
  let out = "";
  for (let i = 0; i < text.length; i++) out += String.fromCharCode(units[text.charCodeAt(i)]!);
  return out;
}

/** Imported text with its radicals repaired, otherwise as it is: widths, case and script stay. */
export function repairRadicals(text: string): string {
  if (!/[\u2e80-\u2fdf]/.test(text)) return text;
  return text
    .replace(/[\u2f00-\u2fdf]/g, (radical) => radical.normalize("NFKC"))
    .replace(/[\u2e80-\u2eff]/g, supplement);
}

function slowly(text: string): string {
  const plain = text
    .normalize("NFKC")
    .replace(/[\u2e80-\u2eff]/g, supplement)
    .replace(/[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, " ")
    .toLowerCase();
  return mayBeTraditional(plain) ? simplify(plain) : plain;
}

function supplement(radical: string): string {
  const at = RADICALS.indexOf(radical);
  return at % 2 === 0 ? RADICALS[at + 1]! : radical;
}

/** Every Han character outside GB 2312: traditional, or rare enough to ask the converter. */
function mayBeTraditional(text: string): boolean {
  const units = tableOfUnits();
  for (let i = 0; i < text.length; i++)
    if (isHan(text.charCodeAt(i)) && units[text.charCodeAt(i)] === 0) return true;
  return false;
}

let converter: ((text: string) => string) | undefined;

/** Loaded only when such text appears: the dictionaries take a tenth of a second. */
function simplify(text: string): string {
  if (!converter) {
    const opencc = createRequire(import.meta.url)("opencc-js") as typeof import("opencc-js");
    const loaded = opencc.Converter({ from: "twp", to: "cn" });
    converter = loaded;
    return loaded(text);
  }
  return converter(text);
}

export function isHan(unit: number): boolean {
  return (unit >= 0x4e00 && unit <= 0x9fff) || (unit >= 0x3400 && unit <= 0x4dbf) || unit === 0x3007;
}

function tableOfUnits(): Uint16Array {
  if (table) return table;
  const units = new Uint16Array(65_536);
  for (let unit = 32; unit < 65_536; unit++) {
    if (isHan(unit) || (unit >= 0x2e80 && unit <= 0x2fdf)) continue;
    if ((unit >= 0xd800 && unit <= 0xdfff) || (unit >= 0xf900 && unit <= 0xfaff)) continue;
    const folded = String.fromCharCode(unit).normalize("NFKC").toLowerCase();
    if (folded.length === 1) units[unit] = folded.charCodeAt(0);
  }
  for (const unit of [0x0a, 0x0d, 0x09, 0x3000, 0xa0]) units[unit] = 32;
  for (const unit of [0x7f, 0xfeff, 0x200b, 0x200c, 0x200d, 0x2060]) units[unit] = 0;
  for (const unit of simplifiedUnits()) units[unit] = unit;
  units[0x3007] = 0x3007;
  table = units;
  return units;
}

/** The 6 763 Han characters of GB 2312, the mainland's simplified set. */
function* simplifiedUnits(): Generator<number> {
  const bytes = new Uint8Array(2 * 72 * 94);
  let at = 0;
  for (let row = 0xb0; row <= 0xf7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      bytes[at++] = row;
      bytes[at++] = cell;
    }
  }
  for (const character of new TextDecoder("gb18030").decode(bytes)) {
    const unit = character.charCodeAt(0);
    if (isHan(unit)) yield unit;
  }
}
