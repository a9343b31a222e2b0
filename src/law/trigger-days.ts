/** Finds the days in a sentence: exact, relative, lunar, vague. Part of `trigger.ts`. */
import { addDays, type Day, sayDay, weekdayOf, yearOf } from "./day.ts";
import { NUMBER } from "./numerals.ts";
import { addMonths } from "./period.ts";
import {
  type DayReading,
  dayOfMonth,
  exact,
  fullYear,
  lunar,
  lunarOrSolar,
  monthDay,
  num,
  plainDay,
  weekIndex,
  YEAR_WORDS,
} from "./trigger-readings.ts";
import { ago, festival, lastWeek, partOfMonth, partOfYear, rangeInMonth, recent } from "./trigger-vague.ts";

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
      /(?<![\d./-])(?<m>1[0-2]|0?[1-9])[.-](?<d>3[0-3]|[12]\d|0?[1-9])(?=[日号签收罚拿领送当那听告立查扣封保交申举作公开催判通知,。]|$|\s)(?![\d./-])/g,
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
