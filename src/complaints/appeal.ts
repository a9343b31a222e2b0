/** A complaint about a decision never goes without its appeal limit: the day where one is known, else the period. */
import { citationOfLaw } from "../answering/citing.ts";
import type { Calendar } from "../law/calendar.ts";
import { cite } from "../law/cite.ts";
import { type Day, sayDate } from "../law/day.ts";
import { computeDeadline, findCountedRule } from "../law/deadline.ts";
import type { Block, Citation } from "../reply.ts";

export const appealBasis = [cite("复议法", "20.1"), cite("复议法", "23.1"), cite("行诉法", "46")] as const;

export const appealCitations = (): readonly Citation[] => appealBasis.map(citationOfLaw);

const period =
  "如果您不服的是一个处罚或处理决定:一般自知道该决定之日起 60 日内申请行政复议,也可在 6 个月内直接起诉。对当场作出的处罚决定不服等情形,要先申请复议才能起诉。投诉不会让这些期限停下来。";

/** @param first index of the appeal's citations in the reply. */
export function appealBlocks(day: Day | undefined, calendar: Calendar, first = 0): readonly Block[] {
  const cites = appealBasis.map((_, index) => first + index);
  const notice: Block = { kind: "notice", level: "warn", text: period, cites };
  if (day === undefined) return [notice];
  const deadline = computeDeadline(findCountedRule("reconsiderationApply"), day, calendar);
  return [
    notice,
    {
      kind: "deadline",
      title: `如果您是 ${sayDate(day)} 知道决定的,申请行政复议最晚到`,
      deadline,
      cites,
    },
  ];
}

/** Beside a form's question: short enough to leave the question in sight. Cites from 0. @param again the period was told. */
export function appealNotice(day: Day | undefined, calendar: Calendar, again = false): Block {
  const lastDay = day === undefined ? "" : `${sayAppeal(day, calendar).replace(/;.*$/, "")}。`;
  const text = again && lastDay !== "" ? `申请复议的期限:${lastDay}` : `${period}${lastDay}`;
  return { kind: "notice", level: "warn", text, cites: appealBasis.map((_, index) => index) };
}

/** The same in one line. */
export function sayAppeal(day: Day | undefined, calendar: Calendar): string {
  if (day === undefined) return "对决定不服的:自知道决定之日起 60 日内申请,投诉不会让期限停下来";
  const { lastDay } = computeDeadline(findCountedRule("reconsiderationApply"), day, calendar);
  return `如果您是 ${sayDate(day)} 知道决定的,最晚到 ${sayDate(lastDay)};投诉不会让期限停下来`;
}
