import { isoDay, saidDay } from "../../kern/dates";
import { m } from "../../words/messages";

/**
 * A conversation's time as the clock on the wall showed it where it took place: the offset is kept for sorting, and
 * never moves the hour that people remember.
 */
export function wall(occurredAt: string): Date {
  return new Date(`${occurredAt.slice(0, 19)}Z`);
}

/** The local day, `2026-10-05`. */
export function dayOf(occurredAt: string): string {
  return occurredAt.slice(0, 10);
}

/** `09:15` */
export function clock(occurredAt: string): string {
  return occurredAt.slice(11, 16);
}

/** A day as people say it: today, yesterday with its date, else weekday and date; the year only where it is another. */
export function sayDay(day: string, now: Date): string {
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (day === isoDay(now)) return m.day_today();
  if (day === isoDay(yesterday))
    return m.day_yesterday({ day: saidDay(day, { day: "numeric", month: "long" }) });
  const year = day.slice(0, 4) === String(now.getFullYear()) ? {} : ({ year: "numeric" } as const);
  return saidDay(day, { weekday: "long", day: "numeric", month: "long", ...year });
}

/** `Oktober 2026` */
export function sayMonth(month: string): string {
  return saidDay(`${month}-01`, { month: "long", year: "numeric" });
}

/** The last day of a month. */
export function lastDay(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return `${month}-${String(new Date(year, number, 0).getDate()).padStart(2, "0")}`;
}

/** Some days one after the other; an end that is open is null. */
export interface Span {
  id: string;
  from: string;
  to: string | null;
}

/** A whole month, by its own name. */
export function monthSpan(month: string): Span {
  return { id: month, from: `${month}-01`, to: lastDay(month) };
}

/** The spans that people ask for most, as seen from today. */
export function quickSpans(now: Date): Span[] {
  const days = (back: number) => {
    const day = new Date(now);
    day.setDate(now.getDate() - back);
    return isoDay(day);
  };
  const before = new Date(now);
  before.setDate(0);
  return [
    // A week begins on Monday.
    { id: "week", from: days((now.getDay() + 6) % 7), to: null },
    { id: "days", from: days(6), to: null },
    { ...monthSpan(isoDay(now).slice(0, 7)), id: "month" },
    { ...monthSpan(isoDay(before).slice(0, 7)), id: "before" },
  ];
}

/** `Dienstag, 13. Oktober 2026` */
export function sayLongDay(day: string): string {
  return saidDay(day.slice(0, 10), {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
}

/** This moment for a `datetime-local` field. */
export function wallNow(now: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${isoDay(now)}T${two(now.getHours())}:${two(now.getMinutes())}`;
}
