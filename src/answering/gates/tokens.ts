/**
 * The checkable pieces of a text: dates, 文号, articles, identifiers, amounts and counts, each in one normal form,
 * so that `六十日`, `60日` and `{ amount: 60, unit: "calendarDay" }` are the same piece.
 */

/** `kind` keeps 60日 apart from 60元; `number` is a bare number from structured data and fits any unit. */
export interface Token {
  readonly kind: "date" | "monthDay" | "docNo" | "article" | "identifier" | Unit | "number";
  readonly value: string;
  /** As it stands in the text, for the log. */
  readonly said: string;
}

type Unit = "day" | "workday" | "month" | "year" | "hour" | "yuan" | "percent" | "times" | "count";

const DIGIT = "零〇一二三四五六七八九";
const HAN = "[零〇一二两三四五六七八九十百千万]+";
const ARABIC = String.raw`\d+(?:,\d{3})*(?:\.\d+)?`;

const units: readonly (readonly [Unit, RegExp])[] = [
  ["workday", /^个?工作日/],
  ["hour", /^(?:个)?小时/],
  ["month", /^个月/],
  ["day", /^(?:自然)?(?:日|天)/],
  ["year", /^(?:周年|年|周岁|岁)/],
  ["yuan", /^(?:万|亿)?元/],
  ["percent", /^[%%]/],
  ["times", /^倍/],
  ["count", /^(?:人|名|次|项|件|份|个|档|步|级|种|条|年度|家|名以上|回|处|类|款)/],
];

/** Everything checkable in a text, in order. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = plainText(text);
  const take = (pattern: RegExp, make: (match: RegExpExecArray) => Token | Token[] | undefined) => {
    rest = rest.replace(pattern, (...args) => {
      const groups = args.slice(0, -2) as unknown as RegExpExecArray;
      const made = make(groups);
      if (made) tokens.push(...[made].flat());
      return " ".repeat(Math.max(1, String(args[0]).length));
    });
  };

  // `〔2026〕15号`, `[2026]15号`, `第825号`
  take(/[〔[((](\d{4})[〕\]))]\s*[^\d\s]{0,8}?(\d{1,6})\s*号/g, ([said, year, number]) => ({
    kind: "docNo",
    value: `${year}-${Number(number)}`,
    said: said ?? "",
  }));
  take(/(\d{4})(?:年|-|\/|\.)(\d{1,2})(?:月|-|\/|\.)(\d{1,2})日?/g, ([said, year, month, day]) => ({
    kind: "date",
    value: `${year}-${pad(month)}-${pad(day)}`,
    said: said ?? "",
  }));
  take(/(?<![\d年])(\d{1,2})月(\d{1,2})日/g, ([said, month, day]) => ({
    kind: "monthDay",
    value: `${pad(month)}-${pad(day)}`,
    said: said ?? "",
  }));
  take(new RegExp(`第(${HAN}|\\d+)条(?:第(${HAN}|\\d+)款)?`, "g"), ([said, article]) => ({
    kind: "article",
    value: String(numberOf(article ?? "")),
    said: said ?? "",
  }));
  // Ordinals of structure and set phrases are no claims: 第一步, 一次性, 一般, 第(四)项.
  rest = rest
    .replace(
      new RegExp(`第[((]?(?:${HAN}|\\d+)[))]?(?:次|步|类|个|种|方|项|款|章|节|档|位|人|天|行)`, "g"),
      "  ",
    )
    .replace(/[((][一二三四五六七八九十]{1,3}[))]/g, "  ")
    .replace(
      /一次性|一般|一律|一定|一样|一些|一下|一旦|一并|一起|一个人?(?!月)|一条|一项|一种|一份|一件|一次|一名|一人|一天|一年内?(?=没)|一步|一级|三者|二手|万一|十分|统一|唯一|之一|一致|一方面?|一切|千万|百姓|一直|一点|一边|一遍|一会|一句|一时|一处|一旁|一半|一同|再一|逐一|同一|进一步|两样|两件|两种|两者|两边|这两|一二|三定|双随机|一公开|四川|三轮|五险|八个不得|五个严禁/g,
      " ",
    );
  take(
    /(?<![\d.])(0\d{2,3}-\d{7,8}(?:-\d+)?|400-?\d{3}-?\d{4}|[0-9A-Z]{2,}(?:-[0-9A-Z]+)+|(?=[0-9A-Z]*\d{5})[0-9A-Z]{5,})(?![\d.])(?!元|日|天)/gi,
    ([said]) => ({
      kind: "identifier",
      value: (said ?? "").toUpperCase(),
      said: said ?? "",
    }),
  );
  take(
    new RegExp(
      `(?:百分之(${HAN}|${ARABIC})|(${ARABIC}|(?<![\\d.])${HAN})(?=\\s*(?:个?工作日|个?小时|个月|自然日|日(?!期|常|前)|天|周年|年(?!度|报|审|轻|老|龄)|周岁|岁|万元|亿元|元|[%%]|倍|人|名|次|项|件|份|个|档|步|级|种|条|家|回)))`,
      "g",
    ),
    (match) => {
      const [said, percent, number] = match;
      if (percent) return { kind: "percent", value: plain(numberOf(percent)), said: said ?? "" };
      return { kind: "number", value: plain(numberOf(number ?? "")), said: said ?? "" };
    },
  );
  return withUnits(plainText(text), tokens, rest);
}

/** Circled numbers count rows, they claim nothing. */
const plainText = (text: string) => text.replace(/[①-⑳❶-❿]/gu, " ").normalize("NFKC");

/** Second look at plain numbers: gives each the unit that follows it in the original text. */
function withUnits(text: string, tokens: readonly Token[], rest: string): readonly Token[] {
  const out: Token[] = [];
  let from = 0;
  for (const token of tokens) {
    if (token.kind !== "number") {
      out.push(token);
      continue;
    }
    const at = findNumber(text, token.said, from);
    const after = text.slice(at + token.said.length).trimStart();
    from = at + token.said.length;
    const unit = units.find(([, pattern]) => pattern.test(after))?.[0];
    const scale =
      unit === "yuan" && /^万/.test(after) ? 10_000 : unit === "yuan" && /^亿/.test(after) ? 1e8 : 1;
    out.push({
      kind: unit ?? "number",
      value: plain(Number(token.value) * scale),
      said: token.said + (after[0] ?? ""),
    });
  }
  for (const match of rest.matchAll(new RegExp(`(?<![\\d.A-Za-z])${ARABIC}(?![\\d.A-Za-z])`, "g"))) {
    out.push({ kind: "number", value: plain(numberOf(match[0])), said: match[0] });
  }
  return out;
}

function findNumber(text: string, said: string, from: number): number {
  const at = text.indexOf(said, from);
  return at >= 0 ? at : Math.max(0, text.indexOf(said));
}

/** 60, 1,000.5, 六十, 两, 一百二十, 三千 as a number. */
export function numberOf(text: string): number {
  if (/^[\d.,]+$/.test(text)) return Number(text.replaceAll(",", ""));
  let total = 0;
  let section = 0;
  let digit = 0;
  for (const character of text.replaceAll("两", "二")) {
    const value = DIGIT.indexOf(character);
    if (value >= 0) digit = character === "零" || character === "〇" ? 0 : value - 1;
    else if (character === "万") {
      total += (section + digit || 1) * 10_000;
      section = 0;
      digit = 0;
    } else {
      section += (digit || 1) * (character === "十" ? 10 : character === "百" ? 100 : 1000);
      digit = 0;
    }
  }
  return total + section + digit;
}

const pad = (text: string | undefined) => (text ?? "").padStart(2, "0");
const plain = (value: number) => String(Math.round(value * 1e6) / 1e6);
