/** Finds the days in a sentence: exact, relative, lunar, vague. Part of `trigger.ts`. */
import { addDays, type Day, makeDay, sayDate, sayDay, weekdayOf, yearOf } from "./day.ts";
import { fromLunar, qingming, toLunar } from "./lunar.ts";
import { NUMBER, parseNumeral } from "./numerals.ts";
import { addMonths } from "./period.ts";

export type DayReading =
  | { readonly kind: "day"; readonly day: Day; readonly assumed?: string }
  | { readonly kind: "ambiguous"; readonly options: readonly Day[]; readonly ask: string }
  | { readonly kind: "approximate"; readonly earliest?: Day; readonly latest?: Day; readonly ask: string }
  | { readonly kind: "impossible"; readonly why: string }
  | { readonly kind: "future"; readonly day: Day; readonly why: string };

export interface SaidDay {
  readonly start: number;
  readonly end: number;
  readonly reading: DayReading;
}

interface Matcher {
  readonly pattern: RegExp;
  readonly read: (part: Readonly<Record<string, string>>, today: Day) => DayReading | undefined;
}

/** All stretches that name a day, in order; an earlier matcher's stretch hides later ones that overlap it. */
export function findSaidDays(plain: string, today: Day): readonly SaidDay[] {
  const found: SaidDay[] = [];
  for (const { pattern, read } of matchers) {
    for (const match of plain.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (found.some((one) => start < one.end && one.start < end)) continue;
      const groups: Record<string, string> = {};
      for (const [name, value] of Object.entries(match.groups ?? {}))
        if (value !== undefined) groups[name] = value;
      const reading = read(groups, today);
      if (reading) found.push({ start, end, reading });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

const N = `[${NUMBER}]`;
const LUNAR_DAY = `(?:初[一二三四五六七八九十]|十[一二三四五六七八九]?|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十)`;
const WEEK = "(?:周|星期|礼拜)";
const YEAR_WORDS: Readonly<Record<string, number>> = {
  今年: 0,
  本年: 0,
  去年: -1,
  前年: -2,
  上年: -1,
  明年: 1,
};
const PAST_DAYS: Readonly<Record<string, number>> = {
  今天: 0,
  今日: 0,
  今早: 0,
  今晨: 0,
  今晚: 0,
  刚才: 0,
  刚刚: 0,
  昨天: -1,
  昨日: -1,
  昨晚: -1,
  前天: -2,
  前日: -2,
  大前天: -3,
  明天: 1,
  明日: 1,
  后天: 2,
  大后天: 3,
};
const FESTIVALS =
  "元旦|春节|大年初一|除夕|年三十|大年三十|元宵节?|清明节?|五一(?:劳动节)?|劳动节|端午节?|中秋节?|八月十五中秋|国庆节?|十一国庆";

const num = (text: string | undefined) =>
  text === undefined ? Number.NaN : (parseNumeral(text) ?? Number.NaN);

const matchers: readonly Matcher[] = [
  // 2026年3月2日, 26年3月2号, 二〇二六年三月二日
  {
    pattern: new RegExp(`(?<y>${N}{2,5})年(?<m>${N}{1,3})月份?(?<d>${N}{1,3})[日号]?`, "g"),
    read: ({ y, m, d }, today) => exact(fullYear(num(y), today), num(m), num(d), today),
  },
  // 2026-03-02, 2026.3.2, 2026/3/2, 20260302
  {
    pattern: /(?<!\d)(?<y>(?:19|20)\d\d)\s?[-./]\s?(?<m>\d{1,2})\s?[-./]\s?(?<d>\d{1,2})(?!\d)/g,
    read: ({ y, m, d }, today) => exact(num(y), num(m), num(d), today),
  },
  {
    pattern: /(?<!\d)(?<y>20[0-3]\d)(?<m>0[1-9]|1[0-2])(?<d>[0-3]\d)(?!\d)/g,
    read: ({ y, m, d }, today) => exact(num(y), num(m), num(d), today),
  },
  // 去年3月2号
  {
    pattern: new RegExp(
      `(?<w>今年|本年|去年|前年|上年|明年)的?(?<m>${N}{1,3})月份?(?<d>${N}{1,3})[日号]?`,
      "g",
    ),
    read: ({ w, m, d }, today) => exact(yearOf(today) + (YEAR_WORDS[w ?? ""] ?? 0), num(m), num(d), today),
  },
  // 农历三月初二, 正月十五, 腊月廿三
  {
    pattern: new RegExp(
      `(?:(?<w>今年|去年|前年)的?)?(?:(?:农历|阴历|旧历)(?<leap>闰)?(?<m>${N}{1,2}|正|冬|腊)月|(?<named>正|冬|腊)月)(?<d>${LUNAR_DAY})`,
      "g",
    ),
    read: ({ w, leap, m, named, d }, today) => lunar(w, named ?? m ?? "", d ?? "", leap !== undefined, today),
  },
  // 三月初二: lunar, or said of the solar month
  {
    pattern: new RegExp(
      `(?<m>${N}{1,2})月(?<d>初[一二三四五六七八九十]|廿[一二三四五六七八九]?)(?![0-9])`,
      "g",
    ),
    read: ({ m, d }, today) => lunarOrSolar(num(m), d ?? "", today),
  },
  { pattern: new RegExp(`(?:(?<w>今年|去年|前年)的?)?(?<f>${FESTIVALS})(?:那天|当天)`, "g"), read: festival },
  // 上个月5号, 这个月3号
  {
    pattern: new RegExp(`(?<w>上上个?月|上个?月|这个?月|本月|当月|下个?月)的?(?<d>${N}{1,3})[日号]`, "g"),
    read: ({ w = "", d }, today) => {
      const shift = w.startsWith("上上") ? -2 : w.startsWith("上") ? -1 : w.startsWith("下") ? 1 : 0;
      const month = addMonths(`${today.slice(0, 8)}01` as Day, shift);
      return exact(yearOf(month), Number(month.slice(5, 7)), num(d), today);
    },
  },
  // 3月初, 三月底, 3月中旬
  {
    pattern: new RegExp(
      `(?:(?<w>今年|去年|前年)的?)?(?<m>${N}{1,3})月份?(?<part>初|上旬|中旬|中|下旬|底|末)`,
      "g",
    ),
    read: ({ w, m, part }, today) => partOfMonth(w, num(m), part, today),
  },
  // 3月2号, 八月三号, 3月2
  {
    pattern: new RegExp(`(?<m>${N}{1,3})月份?(?<d>${N}{1,3})[日号]?(?![个天])`, "g"),
    read: ({ m, d }, today) => monthDay(num(m), num(d), today),
  },
  // 3/2; 3.2 and 3-2 only where nothing suggests a quantity
  {
    pattern: /(?<![\d/.])(?<m>1[0-2]|0?[1-9])\/(?<d>3[0-3]|[12]\d|0?[1-9])(?![\d/.])/g,
    read: ({ m, d }, today) => monthDay(num(m), num(d), today),
  },
  {
    pattern:
      /(?<![\d./-])(?<m>1[0-2]|0?[1-9])[.-](?<d>3[0-3]|[12]\d|0?[1-9])(?=[日号签收罚拿领送当那,。]|$|\s)(?![\d./-])/g,
    read: ({ m, d }, today) => monthDay(num(m), num(d), today),
  },
  // 大前天, 昨天
  {
    pattern:
      /(?<w>大前天|大后天|前天|昨天|昨日|昨晚|今天|今日|今早|今晨|今晚|刚才|刚刚|前日|明天|明日|后天)/g,
    read: ({ w }, today) => plainDay(addDays(today, PAST_DAYS[w ?? ""] ?? 0), today),
  },
  // 上周五, 上上周三, 这周一, 下周二
  {
    pattern: new RegExp(`(?<w>上上个?|上个?|这个?|本|下下个?|下个?)${WEEK}(?<d>[一二三四五六日天1-7])`, "g"),
    read: ({ w = "", d = "" }, today) => {
      const weeks = w.startsWith("上上")
        ? -2
        : w.startsWith("上")
          ? -1
          : w.startsWith("下下")
            ? 2
            : w.startsWith("下")
              ? 1
              : 0;
      const monday = addDays(today, -((weekdayOf(today) + 6) % 7));
      const day = addDays(monday, weeks * 7 + weekIndex(d));
      return plainDay(day, today, `“${w}周${d}”按${sayDay(day)}理解`);
    },
  },
  // 周五 alone: the most recent one
  {
    pattern: new RegExp(`${WEEK}(?<d>[一二三四五六日天])`, "g"),
    read: ({ d = "" }, today) => {
      const back = (((weekdayOf(today) + 6) % 7) - weekIndex(d) + 7) % 7;
      const day = addDays(today, -back);
      return { kind: "day", day, assumed: `按最近的${sayDay(day)}理解` };
    },
  },
  // 快一个月了, 一个多月, 差不多半年
  {
    pattern: new RegExp(
      `(?<fuzzy>快|差不多|大概|大约|将近|近|约|有)?(?<n>${N}{1,3}|半|几|好几)个?(?<more>来|多)?个?(?<half>半)?(?<u>天|日|周|星期|礼拜|月|年)(?<over>多)?(?<tail>以?前|之前|了|吧)?`,
      "g",
    ),
    read: ago,
  },
  { pattern: /(?:前几天|前两天|前些天|前阵子|最近|几天前|前不久|前段时间|这几天|这两天)/g, read: recent },
  {
    pattern: /(?<w>今年|去年|前年)的?(?<part>年?初|年?中|年?底|年?末|上半年|下半年|春天|夏天|秋天|冬天)/g,
    read: partOfYear,
  },
  { pattern: /(?<part>年初|年底|年末)/g, read: partOfYear },
  {
    pattern: new RegExp(`(?:(?<w>今年|去年|前年)的?)?(?<m>${N}{1,3})月份?(?!${N})`, "g"),
    read: ({ w, m }, today) => partOfMonth(w, num(m), undefined, today),
  },
  {
    pattern: /(?<w>上个?月|这个?月|本月)(?<part>初|中旬?|底|末)?/g,
    read: ({ w = "", part }, today) => {
      const month = w.startsWith("上") ? addMonths(`${today.slice(0, 8)}01` as Day, -1) : today;
      return rangeInMonth(yearOf(month), Number(month.slice(5, 7)), part, today);
    },
  },
  { pattern: /(?<w>上上个?|上个?|这个?|本)(?:周|星期|礼拜)(?:末)?/g, read: lastWeek },
  {
    pattern: new RegExp(
      `(?:(?<w>今年|去年|前年)的?)?(?<f>${FESTIVALS})(?<near>前后?|后|期间|左右|那几天|放假)?`,
      "g",
    ),
    read: festival,
  },
  { pattern: /(?<w>去年|前年)/g, read: partOfYear },
  // 5号 alone: the most recent one
  {
    pattern: new RegExp(
      `(?<![${NUMBER}第.])(?<d>${N}{1,3})[号日](?!楼|院|令|文|店|线|车|公路|铺|摊|内|前)`,
      "g",
    ),
    read: ({ d }, today) => dayOfMonth(num(d), today),
  },
];

const weekIndex = (d: string) =>
  "一二三四五六日".indexOf(d) >= 0 ? "一二三四五六日".indexOf(d) : d === "天" ? 6 : Number(d) - 1;

/** 26 → 2026; 98 → 1998. */
function fullYear(year: number, today: Day): number {
  if (year >= 100) return year;
  return 2000 + year <= yearOf(today) + 1 ? 2000 + year : 1900 + year;
}

function exact(year: number, month: number, dayOfMonth: number, today: Day): DayReading {
  const day = makeDay(year, month, dayOfMonth);
  if (!day) return impossible(month, dayOfMonth, year);
  return plainDay(day, today);
}

function plainDay(day: Day, today: Day, assumed?: string): DayReading {
  if (day > today) return { kind: "future", day, why: `${sayDate(day)}还没有到,请核对日期。` };
  return { kind: "day", day, ...(assumed ? { assumed } : {}) };
}

function impossible(month: number, dayOfMonth: number, year?: number): DayReading {
  const why = !(month >= 1 && month <= 12)
    ? `没有${month}月,请核对日期。`
    : `${year ? `${year}年` : ""}${month}月没有${dayOfMonth}日,请核对日期。`;
  return { kind: "impossible", why };
}

/** The most recent such day; asked about when this year's is due within a month. */
function monthDay(month: number, dayOfMonth: number, today: Day): DayReading {
  const year = yearOf(today);
  const here = makeDay(year, month, dayOfMonth);
  const before = makeDay(year - 1, month, dayOfMonth);
  if (here && here <= today) return { kind: "day", day: here, assumed: `按${sayDate(here)}理解` };
  if (!here && !before)
    return impossible(month, dayOfMonth, month === 2 && dayOfMonth === 29 ? year : undefined);
  if (here && here <= addDays(today, 31)) {
    return {
      kind: "ambiguous",
      options: before ? [before] : [],
      ask: `今年的${month}月${dayOfMonth}日还没有到。您是说${before ? sayDate(before) : "哪一天"}吗?`,
    };
  }
  if (!before) return impossible(month, dayOfMonth, year - 1);
  return { kind: "day", day: before, assumed: `今年的还没到,按${sayDate(before)}理解` };
}

function dayOfMonth(day: number, today: Day): DayReading | undefined {
  if (!(day >= 1 && day <= 31)) return undefined;
  for (let back = 0; back <= 2; back += 1) {
    const month = addMonths(`${today.slice(0, 8)}01` as Day, -back);
    const found = makeDay(yearOf(month), Number(month.slice(5, 7)), day);
    if (found && found <= today)
      return { kind: "day", day: found, assumed: `没说几月,按最近的${sayDate(found)}理解` };
  }
  return undefined;
}

const LUNAR_MONTHS: Readonly<Record<string, number>> = { 正: 1, 冬: 11, 腊: 12 };

function lunarDayNumber(text: string): number {
  return num(text.replace(/^初/, ""));
}

/** The lunar day in the named year, else the most recent one. */
function lunarDay(
  word: string | undefined,
  month: number,
  day: number,
  leap: boolean,
  today: Day,
): Day | undefined {
  const year = toLunar(today).year + (word ? (YEAR_WORDS[word] ?? 0) : 0);
  const here = fromLunar(year, month, day, leap);
  if (word) return here;
  if (here && here <= today) return here;
  return fromLunar(year - 1, month, day, leap) ?? here;
}

function lunar(word: string | undefined, month: string, day: string, leap: boolean, today: Day): DayReading {
  const found = lunarDay(word, LUNAR_MONTHS[month] ?? num(month), lunarDayNumber(day), leap, today);
  if (!found) return { kind: "impossible", why: `农历${month}月没有${day}这一天,请核对日期。` };
  return plainDay(found, today, `农历${month}月${day}是${sayDay(found)}`);
}

function lunarOrSolar(month: number, day: string, today: Day): DayReading {
  const byMoon = lunarDay(undefined, month, lunarDayNumber(day), false, today);
  const bySun = monthDay(month, lunarDayNumber(day), today);
  const options = [byMoon, bySun.kind === "day" ? bySun.day : undefined].filter((one) => one !== undefined);
  if (options.length === 0) return impossible(month, lunarDayNumber(day));
  return {
    kind: "ambiguous",
    options,
    ask: `“${month}月${day}”是农历还是公历?农历是${byMoon ? sayDate(byMoon) : "没有这一天"}${bySun.kind === "day" ? `,公历是${sayDate(bySun.day)}` : ""}。`,
  };
}

function festivalDay(name: string, year: number): Day | undefined {
  if (/^元旦/.test(name)) return makeDay(year, 1, 1);
  if (/^(春节|大年初一)/.test(name)) return fromLunar(year, 1, 1);
  if (/(除夕|年三十)/.test(name)) {
    const spring = fromLunar(year, 1, 1);
    return spring && addDays(spring, -1);
  }
  if (/^元宵/.test(name)) return fromLunar(year, 1, 15);
  if (/^清明/.test(name)) return qingming(year);
  if (/^(五一|劳动节)/.test(name)) return makeDay(year, 5, 1);
  if (/^端午/.test(name)) return fromLunar(year, 5, 5);
  if (/中秋/.test(name)) return fromLunar(year, 8, 15);
  return makeDay(year, 10, 1);
}

function festival({ w, f = "", near }: Readonly<Record<string, string>>, today: Day): DayReading | undefined {
  const year = yearOf(today) + (w ? (YEAR_WORDS[w] ?? 0) : 0);
  let day = festivalDay(f, year);
  if (day && !w && day > today) day = festivalDay(f, year - 1);
  if (!day) return undefined;
  if (near) {
    return {
      kind: "approximate",
      earliest: addDays(day, near === "后" ? 0 : -7),
      latest: earlier(addDays(day, 10), today),
      ask: `${f}${near}具体是哪一天?文书或快递记录上有日期。`,
    };
  }
  return plainDay(day, today, `${f}是${sayDay(day)}`);
}

const earlier = (a: Day, b: Day): Day => (a < b ? a : b);

/** "三天前" is a day; anything rounder is a range. A length with nothing that says "ago" is not a day. */
function ago(part: Readonly<Record<string, string>>, today: Day): DayReading | undefined {
  const { fuzzy, n = "", more, half, u = "", over, tail } = part;
  if (!tail && !fuzzy) return undefined;
  if (tail === "了" && !fuzzy && /^[天日]$/.test(u) === false && !more && !over && n !== "半")
    return range(num(n), u, today);
  const vague =
    fuzzy !== undefined || more !== undefined || over !== undefined || half !== undefined || /半|几/.test(n);
  const count = n === "半" ? 0.5 : /几/.test(n) ? 5 : num(n);
  if (!Number.isFinite(count) || count === 0) return undefined;
  if (!vague && /^[天日]$/.test(u)) {
    if (count > 400) return undefined;
    const day = addDays(today, -count);
    return { kind: "day", day, assumed: `${count}天前是${sayDay(day)}` };
  }
  return range(count, u, today);
}

function range(count: number, unit: string, today: Day): DayReading | undefined {
  const perUnit = /^[天日]$/.test(unit) ? 1 : /周|星期|礼拜/.test(unit) ? 7 : unit === "月" ? 30.4 : 365;
  if (!Number.isFinite(count) || count * perUnit > 3700) return undefined;
  const middle = Math.round(count * perUnit);
  const slack = Math.max(2, Math.round(middle * 0.3));
  return {
    kind: "approximate",
    earliest: addDays(today, -(middle + slack)),
    latest: addDays(today, -Math.max(0, middle - slack)),
    ask: "差一天都可能影响期限,请告诉我具体日期;文书或快递记录上有。",
  };
}

function recent(_part: Readonly<Record<string, string>>, today: Day): DayReading {
  return {
    kind: "approximate",
    earliest: addDays(today, -15),
    latest: today,
    ask: "请告诉我具体是哪一天;文书落款或签收记录上有。",
  };
}

function lastWeek({ w = "" }: Readonly<Record<string, string>>, today: Day): DayReading {
  const monday = addDays(today, -((weekdayOf(today) + 6) % 7));
  const back = w.startsWith("上上") ? 14 : w.startsWith("上") ? 7 : 0;
  return {
    kind: "approximate",
    earliest: addDays(monday, -back),
    latest: earlier(addDays(monday, 6 - back), today),
    ask: "请问是那一周的星期几?",
  };
}

function partOfYear({ w, part = "" }: Readonly<Record<string, string>>, today: Day): DayReading | undefined {
  const year = yearOf(today) + (w ? (YEAR_WORDS[w] ?? 0) : 0);
  const at = (month: number, day: number) => makeDay(year, month, day) ?? today;
  const spans: readonly (readonly [RegExp, Day, Day])[] = [
    [/上半年/, at(1, 1), at(6, 30)],
    [/下半年/, at(7, 1), at(12, 31)],
    [/春/, at(2, 1), at(5, 31)],
    [/夏/, at(5, 1), at(8, 31)],
    [/秋/, at(8, 1), at(11, 30)],
    [/冬/, at(11, 1), at(12, 31)],
    [/初/, at(1, 1), at(2, 28)],
    [/中/, at(5, 1), at(8, 31)],
    [/底|末/, at(11, 1), at(12, 31)],
    [/^$/, at(1, 1), at(12, 31)],
  ];
  const span = spans.find(([pattern]) => pattern.test(part));
  if (!span || span[1] > today) return undefined;
  return {
    kind: "approximate",
    earliest: span[1],
    latest: earlier(span[2], today),
    ask: `${year}年的哪一天?请看文书落款或签收记录。`,
  };
}

function partOfMonth(
  word: string | undefined,
  month: number,
  part: string | undefined,
  today: Day,
): DayReading {
  if (!(month >= 1 && month <= 12)) return impossible(month, 1);
  const year = yearOf(today) + (word ? (YEAR_WORDS[word] ?? 0) : 0);
  const first = makeDay(year, month, 1) ?? today;
  return rangeInMonth(!word && first > today ? year - 1 : year, month, part, today);
}

function rangeInMonth(year: number, month: number, part: string | undefined, today: Day): DayReading {
  const first = makeDay(year, month, 1) ?? today;
  const end = addDays(addMonths(first, 1), -1);
  const early = part !== undefined && /初|上旬/.test(part);
  const middle = part !== undefined && /中/.test(part);
  const late = part !== undefined && /底|末|下旬/.test(part);
  const earliest = middle ? addDays(first, 10) : late ? addDays(first, 20) : first;
  const latest = early ? addDays(first, 9) : middle ? addDays(first, 19) : end;
  return {
    kind: "approximate",
    earliest,
    latest: earlier(latest, today),
    ask: `${year}年${month}月的哪一天?请看文书落款或签收记录。`,
  };
}
