/** What an answer may take numbers from: its cited rows and laws, its rules and calculators, and what the person said. */
import { type Token, tokensOf } from "./tokens.ts";

export interface Evidence {
  readonly has: (token: Token) => boolean;
  /** Whether a stretch of text stands in the evidence as it is. */
  readonly holds: (text: string) => boolean;
}

/** Where a row stands in its file is no fact about the world. */
const SKIPPED: ReadonlySet<string> = new Set([
  "row",
  "rowTo",
  "sha256",
  "importedAt",
  "importedBy",
  "checkedBy",
  "column",
  "sheet",
  "file",
  "span",
]);
const unitWords: Readonly<Record<string, Token["kind"]>> = {
  calendarDay: "day",
  日: "day",
  workingDay: "workday",
  工作日: "workday",
  month: "month",
  个月: "month",
  year: "year",
  年: "year",
  hour: "hour",
  小时: "hour",
  元: "yuan",
  倍: "times",
  "%": "percent",
};

interface Leaves {
  readonly texts: readonly string[];
  readonly keys: ReadonlySet<string>;
}
const read = new WeakMap<object, Leaves>();

/** Every text and number in a value, read once for each object. */
export function leavesOf(value: unknown): Leaves {
  if (typeof value !== "object" || value === null) {
    const texts = value === undefined || value === null ? [] : [String(value)];
    return { texts, keys: new Set(texts.flatMap((text) => tokensOf(text).map(keyOf))) };
  }
  const known = read.get(value);
  if (known) return known;
  const texts: string[] = [];
  const keys = new Set<string>();
  walk(value, texts, keys);
  for (const text of texts) for (const token of tokensOf(text)) keys.add(keyOf(token));
  const made = { texts, keys };
  read.set(value, made);
  return made;
}

function walk(value: unknown, texts: string[], keys: Set<string>): void {
  if (typeof value === "string") texts.push(value);
  else if (typeof value === "number")
    keys.add(keyOf({ kind: "number", value: String(Math.round(value * 1e6) / 1e6) }));
  else if (Array.isArray(value)) for (const one of value) walk(one, texts, keys);
  else if (typeof value === "object" && value !== null) {
    const unit = "unit" in value && typeof value.unit === "string" ? unitWords[value.unit] : undefined;
    for (const [name, one] of Object.entries(value)) {
      if (SKIPPED.has(name)) continue;
      if (unit && typeof one === "number")
        keys.add(keyOf({ kind: unit, value: String(Math.round(one * 1e6) / 1e6) }));
      else walk(one, texts, keys);
    }
  }
}

export function gather(values: readonly unknown[]): Evidence {
  const leaves = values.map(leavesOf);
  const hasKey = (kind: string, value: string) => leaves.some((leaf) => leaf.keys.has(`${kind} ${value}`));
  const holds = (text: string) => leaves.some((leaf) => leaf.texts.some((known) => known.includes(text)));
  return {
    holds,
    has: ({ kind, value, said }) => {
      if (hasKey(kind, value)) return true;
      switch (kind) {
        case "date":
          return false;
        case "monthDay":
          return leaves.some((leaf) =>
            [...leaf.keys].some((key) => key.startsWith("date ") && key.endsWith(value)),
          );
        case "docNo":
        case "article":
          return false;
        case "identifier":
          return holds(value) || holds(said);
        case "day":
          // Statutes write 日 also where working days are meant.
          return hasKey("workday", value) || hasKey("number", value);
        case "number":
          return (
            [
              "day",
              "workday",
              "month",
              "year",
              "hour",
              "yuan",
              "percent",
              "times",
              "count",
              "identifier",
            ].some((unit) => hasKey(unit, value)) ||
            leaves.some((leaf) =>
              [...leaf.keys].some((key) => key.startsWith("date ") && key.slice(5, 9) === value),
            )
          );
        case "year":
          return (
            hasKey("number", value) ||
            leaves.some((leaf) =>
              [...leaf.keys].some((key) => key.startsWith("date ") && key.slice(5, 9) === value),
            )
          );
        default:
          return hasKey("number", value);
      }
    },
  };
}

const keyOf = ({ kind, value }: Pick<Token, "kind" | "value">) => `${kind} ${value}`;
