/**
 * Texts as tokens: words (jieba's search mode with our own dictionary) and character bigrams.
 * A token is known to the index by a 32-bit key; words and bigrams have different keys even when spelt alike.
 */
import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";
import { isHan, normalise } from "./text.ts";
import { FIELD_WORDS } from "./words.ts";

export interface Token {
  readonly text: string;
  readonly key: number;
}

export interface Tokens {
  readonly words: readonly Token[];
  readonly bigrams: readonly Token[];
}

let jieba: Jieba | undefined;

/** Loaded once in a process, on first use (about 0.15 s). */
function segmenter(): Jieba {
  if (!jieba) {
    jieba = Jieba.withDict(dict);
    jieba.loadDict(Buffer.from(FIELD_WORDS.map((word) => `${word} 20000 n`).join("\n")));
  }
  return jieba;
}

/** Words of `text` in order, punctuation left out. Input is normalised here. */
export function wordsOf(text: string): string[] {
  return segmenter().cutForSearch(normalise(text), true).filter(isWord);
}

/** Tokens of a question, with their spelling for explanations. */
export function tokenise(text: string): Tokens {
  const plain = normalise(text);
  const words = segmenter().cutForSearch(plain, true).filter(isWord);
  const bigrams: Token[] = [];
  eachBigram(plain, (key, at) => bigrams.push({ text: plain.slice(at, at + 2), key }));
  return { words: words.map((word) => ({ text: word, key: wordKey(word) })), bigrams };
}

/** Calls `onWord` and `onBigram` with the key of every token of a passage's text, without keeping strings. */
export function eachKey(text: string, onWord: (key: number) => void, onBigram: (key: number) => void): void {
  const plain = normalise(text);
  for (const word of segmenter().cutForSearch(plain, true)) if (isWord(word)) onWord(wordKey(word));
  eachBigram(plain, onBigram);
}

/** The keys of a text's tokens in order, without their spelling. */
export interface Keys {
  readonly words: Uint32Array;
  readonly bigrams: Uint32Array;
}

export function keysOfText(text: string): Keys {
  const words: number[] = [];
  const bigrams: number[] = [];
  eachKey(
    text,
    (key) => words.push(key),
    (key) => bigrams.push(key),
  );
  return { words: Uint32Array.from(words), bigrams: Uint32Array.from(bigrams) };
}

/** Bigrams never reach over punctuation, letters or digits. */
function eachBigram(plain: string, onBigram: (key: number, at: number) => void): void {
  let before = 0; // the previous Han character, or 0
  for (let i = 0; i < plain.length; i++) {
    const unit = plain.charCodeAt(i);
    if (!isHan(unit)) {
      before = 0;
      continue;
    }
    if (before) onBigram(mix(((before << 16) | unit) >>> 0), i - 1);
    before = unit;
  }
}

/** FNV-1a over UTF-16 units, mixed, away from the bigrams' keys. Never 0: tables use 0 for empty. */
export function wordKey(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return mix((hash ^ 0x5bd1e995) >>> 0);
}

function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0 || 1;
}

function isWord(word: string): boolean {
  const unit = word.charCodeAt(0);
  return isHan(unit) || (unit >= 48 && unit <= 57) || (unit >= 97 && unit <= 122);
}
