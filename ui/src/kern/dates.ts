import { m } from "../words/messages";
import { getLocale } from "../words/runtime";
import { ZONE } from "./clock";

/** Days are written `2026-10-05`; here is how people read them, in `typed.ts` how they type them. */
export function isoDay(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function isDay(text: string): boolean {
  const [year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).slice(1).map(Number);
  return year !== undefined && month !== undefined && day !== undefined && madeDay(year, month, day) === text;
}

/** A day of these numbers, or nothing where there is no such day. */
export function madeDay(year: number, month: number, day: number): string | undefined {
  const date = new Date(year, month - 1, day);
  date.setFullYear(year);
  return date.getMonth() === month - 1 && date.getDate() === day ? isoDay(date) : undefined;
}

/** Days between two days; negative where the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment in words. Making a format takes a hundred times as long as using it. */
function said(moment: Date, options: Intl.DateTimeFormatOptions): string {
  const locale = getLocale() === "de" ? "de-DE" : "en-GB";
  const key = locale + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(locale, options)));
  return format.format(moment);
}

/** A day in words, the same in every time zone. */
export function saidDay(day: string, options: Intl.DateTimeFormatOptions): string {
  return said(new Date(`${day}T00:00:00Z`), { ...options, timeZone: "UTC" });
}

/** As it stands in a field: `12.10.2026`. */
export function fieldDay(day: string): string {
  return saidDay(day, { day: "2-digit", month: "2-digit", year: "numeric" });
}

/** As people say it: `12. Oktober`, with the year only where it is another. */
export function spokenDay(day: string, now: Date): string {
  if (!isDay(day)) return day;
  const year = day.slice(0, 4) === String(now.getFullYear()) ? {} : ({ year: "numeric" } as const);
  return saidDay(day, { day: "numeric", month: "long", ...year });
}

/** `13. Oktober 2026` */
export function fullDay(day: string): string {
  return saidDay(day, { day: "numeric", month: "long", year: "numeric" });
}

/** An instant by the clocks of the city: `13. Oktober, 15:10`. */
export function spokenMoment(at: string): string {
  return said(new Date(at), {
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: ZONE,
  });
}

/** How long ago: `heute`, `gestern`, `vor 12 Tagen`. */
export function ago(days: number): string {
  if (days <= 0) return m.days_today();
  if (days === 1) return m.days_yesterday();
  return m.days_ago({ count: days });
}
