/** Numbers as texts of law and points write them, so that every number a point says can be proved by its article. */

const DIGITS = "零一二三四五六七八九";
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const NUMERALS = /[零〇一二两三四五六七八九十百千万]{1,16}/g;
const ARABIC = /\d[\d,]*(?:\.\d+)?/g;

/** Arabic numbers of a text; `2万` is 20 000. */
export function arabicIn(text: string): readonly number[] {
  return [...text.matchAll(ARABIC)].map(({ 0: said, index }) => {
    const value = Number(said.replaceAll(",", ""));
    return text[index + said.length] === "万" ? value * 10_000 : value;
  });
}

/** Every number of an article, in figures of either width or in words; 半 is 0.5. */
export function numbersIn(original: string): readonly number[] {
  const text = original.normalize("NFKC");
  const words = [...text.matchAll(NUMERALS)].map(([said]) => readNumerals(said));
  const half = text.includes("半") ? [0.5] : [];
  return [...new Set([...arabicIn(text), ...words, ...half])].sort((a, b) => a - b);
}

function readNumerals(said: string): number {
  let total = 0;
  let section = 0;
  let digit = 0;
  for (const character of said.replaceAll("〇", "零").replaceAll("两", "二")) {
    if (DIGITS.includes(character)) digit = DIGITS.indexOf(character);
    else if (character === "万") {
      total += (section + digit) * 10_000;
      section = 0;
      digit = 0;
    } else {
      section += (digit || 1) * (UNITS[character] ?? 1);
      digit = 0;
    }
  }
  return total + section + digit;
}
