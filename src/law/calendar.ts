/** Working days and rest days, from the State Council's yearly notices. */
import type { Day } from "./day.ts";
import type { Mark } from "./legal-ref.ts";

/** The State Council General Office notice a year's data comes from. */
export interface HolidayNotice {
  readonly title: string;
  readonly docNo?: string;
  readonly date?: Day;
  readonly mark: Mark;
  readonly caution?: string;
}

/** One published year: which days rest, and which weekend days work instead (调休上班). */
export interface CalendarYear {
  readonly year: number;
  readonly notices: readonly HolidayNotice[];
  readonly rest: readonly { readonly name: string; readonly from: Day; readonly to: Day }[];
  readonly work: readonly Day[];
}

export interface Calendar {
  /** Published years, ascending. Any other year is unknown. */
  readonly years: readonly CalendarYear[];
}
