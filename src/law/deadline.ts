/** From a rule and a triggering day to a last day, with its count. */
import { AppError } from "../error.ts";
import type { Calendar } from "./calendar.ts";
import { cite } from "./cite.ts";
import { addDays, type Day, daysBetween, makeDay, sayDay, yearOf } from "./day.ts";
import { type EventKind, eventKinds } from "./event.ts";
import type { SaidRef } from "./legal-ref.ts";
import { addMonths, type Counted, countPeriod, type Suspension } from "./period.ts";
import type { CountedRule, DeadlineRule, FixedDateRule, Period } from "./rule.ts";
import { enforcementRules } from "./rules/enforcement.ts";
import { organRules } from "./rules/organ.ts";
import { partyRules } from "./rules/party.ts";
import { reviewRules } from "./rules/review.ts";

/** A computed last day with its count. */
export interface Deadline {
  /** Rule id, `reconsiderationApply`. */
  readonly rule: string;
  /** 申请行政复议. */
  readonly label: string;
  /** The triggering day; it is not counted. */
  readonly from: Day;
  /** The last day by bare counting, before any move past a holiday. */
  readonly rawLastDay: Day;
  /** The last day in law, moved past statutory holidays where the rule allows. */
  readonly lastDay: Day;
  /** The last working day on or before `rawLastDay`: act by this day and no reading of the law can hurt. */
  readonly safeDay: Day;
  /** The count runs past the published holiday calendar; `lastDay` is a projection. */
  readonly projected: boolean;
  /** Each step of the count in words a citizen understands. */
  readonly count: readonly string[];
  readonly basis: readonly SaidRef[];
  /** Present when a basis was inferred or not read in full. */
  readonly caution?: string;
}

export interface DeadlineOptions {
  /** Obstacles such as 不可抗力; ignored where the rule gives them no effect. */
  readonly suspensions?: readonly Suspension[];
  /** Add the rule's extension once, when it has been granted. */
  readonly extended?: boolean;
}

const rules: readonly DeadlineRule[] = [...partyRules, ...enforcementRules, ...reviewRules, ...organRules];
const byId = new Map(rules.map((rule) => [rule.id, rule]));

/** All rules, the party's first. */
export function listRules(): readonly DeadlineRule[] {
  return rules;
}

/** @throws AppError `unknown_rule`, listing the known ids. */
export function findRule(id: string): DeadlineRule {
  const rule = byId.get(id);
  if (rule) return rule;
  throw new AppError("unknown_rule", {
    say: `没有期限规则“${id}”。可用的有:${rules.map((known) => known.id).join("、")}。`,
    detail: { id },
  });
}

/** @throws AppError `unknown_rule`; `bad_input` when the law sets no number of days (says what to do instead). */
export function findCountedRule(id: string): CountedRule | FixedDateRule {
  const rule = findRule(id);
  if (rule.kind !== "noFixedPeriod") return rule;
  throw new AppError("bad_input", {
    say: `“${rule.label}”法律没有规定天数。${rule.whatToDo}`,
    detail: { id },
  });
}

/**
 * The last day under `rule` when its event happened on `from`.
 *
 * `lastDay` moves past rest days only where the rule rolls; an organ's own limit never does. `safeDay` is the last
 * working day on or before the unmoved end. Beyond the published calendar the result is `projected`.
 *
 * @throws AppError `bad_input` for an extension the rule does not have, or an obstacle that ends before it begins.
 */
export function computeDeadline(
  rule: CountedRule | FixedDateRule,
  from: Day,
  calendar: Calendar,
  options: DeadlineOptions = {},
): Deadline {
  const counted =
    rule.kind === "fixedDate"
      ? countToFixedDate(rule, from, calendar)
      : countPeriod(periodOf(rule, options), from, calendar, effectiveSuspensions(rule, from, options));
  return {
    rule: rule.id,
    label: rule.label,
    from,
    ...counted,
    count: rule.kind === "counted" ? [...counted.count, ...closingLines(rule, counted)] : counted.count,
    basis: rule.basis,
    ...(rule.caution ? { caution: rule.caution } : {}),
  };
}

/** The day a rule runs from, reached from an event that was told. */
export interface Start {
  readonly event: EventKind;
  /** The day told. */
  readonly told: Day;
  readonly day: Day;
  /** `false`: the day may be later, and nothing counted from it shows that a limit is over. */
  readonly exact: boolean;
  /** How the day was reached, in words; empty when it is the day told. */
  readonly count: readonly string[];
  readonly basis: readonly SaidRef[];
}

/**
 * The day `rule` runs from when `event` happened on `told`: that very day for an event among its `starts`, the end of
 * a stated derivation, or undefined when the day of this event says nothing about this rule.
 */
export function startFrom(
  rule: DeadlineRule,
  event: EventKind,
  told: Day,
  calendar: Calendar,
): Start | undefined {
  if (rule.starts.includes(event)) return { event, told, day: told, exact: true, count: [], basis: [] };
  const found = rule.derived?.find((one) => one.from === event);
  if (!found) return undefined;
  const { start, unless, exact } = found;
  const by = found.by === undefined ? undefined : findCountedRule(found.by);
  const counted = by && computeDeadline(by, told, calendar);
  const day = counted?.lastDay ?? told;
  const how = counted
    ? `先算${counted.label}:${counted.count[0] ?? ""}`
    : `您说的是${eventKinds[event]}那天。`;
  return {
    event,
    told,
    day,
    exact,
    count: [how, `${sayDay(day)}是${start}。${unless ? `${unless}。` : ""}`],
    basis: by?.basis ?? [],
  };
}

/** `computeDeadline` from a start, with the way to it shown in the count. */
export function deadlineFrom(
  rule: CountedRule | FixedDateRule,
  start: Start,
  calendar: Calendar,
  options: DeadlineOptions = {},
): Deadline {
  const limit = computeDeadline(rule, start.day, calendar, options);
  if (start.count.length === 0) return limit;
  return { ...limit, count: [...start.count, ...limit.count], basis: [...start.basis, ...limit.basis] };
}

function periodOf(rule: CountedRule, { extended }: DeadlineOptions): Period {
  if (!extended) return rule.period;
  const { extension, period } = rule;
  if (!extension?.amount || (extension.unit && extension.unit !== period.unit)) {
    throw new AppError("bad_input", { say: `“${rule.label}”没有可以相加的延长期限。` });
  }
  return { ...period, amount: period.amount + extension.amount };
}

/** 国赔法第三十九条第二款 stops the clock only within the last six months; other laws throughout. */
function effectiveSuspensions(rule: CountedRule, from: Day, options: DeadlineOptions): readonly Suspension[] {
  const given = options.suspensions ?? [];
  if (!rule.tolling) return [];
  if (rule.tolling !== "suspendedInLastSixMonths") return given;
  const { amount, unit } = rule.period;
  const opens = addMonths(from, amount * (unit === "year" ? 12 : 1) - 6);
  return given
    .filter((obstacle) => obstacle.removedOn > opens)
    .map((obstacle) => (obstacle.from > opens ? obstacle : { ...obstacle, from: addDays(opens, 1) }));
}

function countToFixedDate(rule: FixedDateRule, from: Day, calendar: Calendar): Counted {
  const year = yearOf(from) + 1;
  const day = makeDay(year, rule.month, rule.dayOfMonth) ?? from;
  const counted = countPeriod(
    { amount: daysBetween(from, day), unit: "calendarDay", direction: "forward", onRestDay: "hard" },
    from,
    calendar,
  );
  return {
    ...counted,
    count: [`${yearOf(from)}年度的,应在${sayDay(day)}前完成。`, ...counted.count.slice(2)],
  };
}

function closingLines(rule: CountedRule, { rawLastDay, lastDay, safeDay, projected }: Counted): string[] {
  const lines: string[] = [];
  if (rule.postingCounts) lines.push("邮寄的,最后一天24时前交邮就不算过期,请留好邮寄凭证。");
  if (lastDay !== rawLastDay && !projected && rule.actor === "party") {
    lines.push(`稳妥起见,请在${sayDay(safeDay)}前办好。`);
  }
  return lines;
}

/** Additional fine (加处罚款) owed on a day. Amounts in yuan, to the fen. */
export interface LateFine {
  readonly daysLate: number;
  readonly perDayYuan: number;
  readonly additionalYuan: number;
  readonly totalYuan: number;
  /** The cap (the fine itself) has been reached. */
  readonly capped: boolean;
  /** The first day on which the cap is reached. */
  readonly cappedOn: Day;
  readonly count: readonly string[];
  readonly basis: readonly SaidRef[];
}

const LATE_FINE_BASIS = [cite("处罚法", "72.1(1)"), cite("强制法", "45.2"), cite("处罚法", "73.3")] as const;

/**
 * What is added to a fine due on `dueDay` and paid on `paidDay`: 3% of the fine for each day late, never more than
 * the fine (reached on the 34th day). The day after `dueDay` is the first day late.
 * Days under 复议 or 诉讼 are not counted; give the days they took as `stayedDays`.
 *
 * Source: 处罚法第七十二条第一款第(一)项、第七十三条第三款; 强制法第四十五条第二款.
 */
export function lateFine(amountYuan: number, dueDay: Day, paidDay: Day, stayedDays = 0): LateFine {
  const fine = Math.round(amountYuan * 100);
  if (!(fine > 0) || stayedDays < 0) {
    throw new AppError("bad_input", { say: `罚款数额应是大于0的数,收到的是“${amountYuan}”。` });
  }
  const daysLate = Math.max(0, daysBetween(dueDay, paidDay) - stayedDays);
  const additional = Math.min(fine, Math.round((fine * 3 * daysLate) / 100));
  const capped = daysLate >= 34;
  const yuan = (fen: number) => fen / 100;
  const perDayYuan = yuan(Math.round((fine * 3) / 100));
  const count =
    daysLate === 0
      ? [`最后缴款日是${sayDay(dueDay)},没有逾期,不加处罚款。`]
      : [
          `最后缴款日是${sayDay(dueDay)},次日起算逾期,共${daysLate}天。`,
          ...(stayedDays > 0 ? [`复议、诉讼期间的${stayedDays}天不算。`] : []),
          `每天加处罚款的3%,即${perDayYuan}元。`,
          capped
            ? `已到上限:加处罚款最多${yuan(fine)}元,不超过罚款本数。`
            : `加处${yuan(additional)}元;到第34天封顶,最多${yuan(fine)}元。`,
        ];
  return {
    daysLate,
    perDayYuan,
    additionalYuan: yuan(additional),
    totalYuan: yuan(fine + additional),
    capped,
    cappedOn: addDays(dueDay, 34 + stayedDays),
    count,
    basis: LATE_FINE_BASIS,
  };
}
