/** A question in the form in which it is matched. What is shown or stored elsewhere keeps the person's own words. */
import { normalise } from "../../search/text.ts";
import { readable } from "../../turn.ts";
import { dialect, english, fillers, pinyin, slips, syllables } from "./spellings.ts";

/** Control, zero-width, bidi, variation and tag characters: invisible, so never meant. */
const INVISIBLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;
const EMOJI = /[\p{Extended_Pictographic}\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}\u20e3]+/gu;

/**
 * NFKC, simplified, lower case; invisible characters and emoji gone; repeated marks once; slips, pinyin, dialect and
 * fillers resolved by the tables of `spellings.ts`. Empty stays empty. Never throws.
 */
export function normaliseQuestion(raw: string): string {
  const visible = readable(raw).replace(INVISIBLE, "").replace(LONE_SURROGATE, "");
  let text = normalise(visible).replace(INVISIBLE, "").replace(EMOJI, " ");
  text = calmMarks(text);
  text = joinSpacedCharacters(text);
  text = fromEnglish(text);
  text = fromPinyin(text);
  text = text.replace(fillerPattern, "");
  text = text.replace(slipPattern, (slip) => slips[slip] ?? slip);
  text = text.replace(dialectPattern, (word) => dialect[word] ?? word);
  return text.replace(/^[\s,、。;:.~]+/, "").trim();
}

/** Repeated marks become one; a run of ! and ? is a question when it holds a ?. */
function calmMarks(text: string): string {
  return text
    .replace(/\r\n?|\n+/g, "\n")
    .replace(/[!?]{2,}/g, (run) => (run.includes("?") ? "?" : "!"))
    .replace(/([,。、;:~…—\-_=*#])\1+/g, "$1")
    .replace(/\.{3,}/g, "…")
    .replace(/[ \t\u3000]+/g, " ");
}

/** `罚 款 多 少` (a recogniser's spacing) is joined; another blank between Han characters is a pause. */
function joinSpacedCharacters(text: string): string {
  return text
    .replace(/(?<!\p{Script=Han})(?:\p{Script=Han} ){2,}\p{Script=Han}(?!\p{Script=Han})/gu, (run) =>
      run.replaceAll(" ", ""),
    )
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, ",");
}

const ENGLISH_FIELD =
  /\b(?:appeal|reconsideration|sue|lawsuit|fine[sd]|(?:a|the|my|this|pay|traffic) fine|penalty|ticket|officers?|inspector|badge|seized|confiscated|impounded|complain|complaint|hearing)\b/;

/** Words of the field in an English question become Chinese; a sentence without one stays as it is. */
function fromEnglish(text: string): string {
  if (!ENGLISH_FIELD.test(text)) return text;
  return text.replace(englishPattern, (word) => english[word] ?? word);
}

const longestSyllables = 6;

/** Runs of latin letters are read as pinyin word by word, longest first; with a field word, its small words too. */
function fromPinyin(text: string): string {
  if (!/[a-z]{3}/.test(text)) return text;
  return text.replace(/[a-z]+(?: [a-z]+)*/g, (run) => {
    const said = run.split(" ");
    const out: string[] = [];
    let converted = false;
    for (let at = 0; at < said.length; ) {
      let taken = 0;
      for (let count = Math.min(longestSyllables, said.length - at); count > 0; count--) {
        const word = pinyin[said.slice(at, at + count).join("")];
        if (word === undefined) continue;
        out.push(word);
        taken = count;
        converted = true;
        break;
      }
      if (taken === 0) out.push(said[at] ?? "");
      at += Math.max(1, taken);
    }
    return converted ? out.map((part) => syllables[part] ?? part).join("") : run;
  });
}

const alternation = (words: readonly string[]) =>
  new RegExp([...words].sort((a, b) => b.length - a.length).join("|"), "g");

const slipPattern = alternation(Object.keys(slips));
const dialectPattern = alternation(Object.keys(dialect));
const englishPattern = new RegExp(
  `\\b(?:${Object.keys(english)
    .sort((a, b) => b.length - a.length)
    .join("|")})\\b`,
  "g",
);
const fillerPattern = alternation(fillers);
