/** Short forms for writing rules as data. */
import type { Period, Unit } from "../rule.ts";

const period = (amount: number, unit: Unit, onRestDay: Period["onRestDay"]): Period => ({
  amount,
  unit,
  direction: "forward",
  onRestDay,
});

/** A party's limit in calendar days: a last day that rests moves on. */
export const days = (amount: number) => period(amount, "calendarDay", "roll");
export const months = (amount: number) => period(amount, "month", "roll");
export const years = (amount: number) => period(amount, "year", "roll");

/** Limits that no holiday extends: an organ's own, or an outer bound. */
export const hardDays = (amount: number) => period(amount, "calendarDay", "hard");
export const hardMonths = (amount: number) => period(amount, "month", "hard");
export const hardYears = (amount: number) => period(amount, "year", "hard");

/** Working days always end on a working day. */
export const workingDays = (amount: number) => period(amount, "workingDay", "roll");
export const hours = (amount: number) => period(amount, "hour", "hard");

/** So many working days before the event. */
export const workingDaysBefore = (amount: number): Period => ({
  amount,
  unit: "workingDay",
  direction: "backward",
  onRestDay: "hard",
});
