import { m } from "../words/messages";
import { getLocale } from "../words/runtime";

/** Days are written `2026-10-05`; what people type and read is turned into that and back here. */
export function isoDay(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function isDay(text: string): boolean {
  const [year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).slice(1).map(Number);
  return year !== undefined && month !== undefined && day !== undefined && made(year, month, day) === text;
}

/** A day of these numbers, or nothing where there is no such day. */
function made(year: number, month: number, day: number): string | undefined {
  const date = new Date(year, month - 1, day);
  date.setFullYear(year);
  return date.getMonth() === month - 1 && date.getDate() === day ? isoDay(date) : undefined;
}

function daysFrom(now: Date, by: number): string {
  const date = new Date(now);
  date.setDate(date.getDate() + by);
  return isoDay(date);
}

/** Days between two days; negative where the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

const WORDS: Record<string, number> = {
  heute: 0,
  today: 0,
  gestern: -1,
  yesterday: -1,
  morgen: 1,
  tomorrow: 1,
  vorgestern: -2,
  übermorgen: 2,
};

/**
 * The day somebody typed: `12.10.`, `12.10.26`, `12.10.2026`, `12/10`, `2026-10-12`, `heute`. Without a year it is the
 * one that lies nearest to today.
 */
export function typedDay(text: string, now: Date): string | undefined {
  const typed = text.trim().toLowerCase();
  const word = WORDS[typed];
  if (word !== undefined) return daysFrom(now, word);
  if (isDay(typed)) return typed;
  const parts = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2})?)?$/.exec(typed.replaceAll(" ", ""));
  if (!parts) return undefined;
  const [day, month] = [Number(parts[1]), Number(parts[2])];
  const year = parts[3];
  if (year) return made(year.length === 2 ? 2000 + Number(year) : Number(year), month, day);
  const today = isoDay(now);
  const far = (found: string) => Math.abs(daysBetween(today, found));
  return [-1, 0, 1]
    .flatMap((by) => made(now.getFullYear() + by, month, day) ?? [])
    .sort((a, b) => far(a) - far(b))[0];
}

function format(day: string, options: Intl.DateTimeFormatOptions): string {
  const locale = getLocale() === "de" ? "de-DE" : "en-GB";
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** As it stands in a field: `12.10.2026`. */
export function fieldDay(day: string): string {
  return format(day, { day: "2-digit", month: "2-digit", year: "numeric" });
}

/** As people say it: `12. Oktober`, with the year only where it is another. */
export function spokenDay(day: string, now: Date): string {
  if (!isDay(day)) return day;
  const year = day.slice(0, 4) === String(now.getFullYear()) ? {} : ({ year: "numeric" } as const);
  return format(day, { day: "numeric", month: "long", ...year });
}

/** How long ago: `heute`, `gestern`, `vor 12 Tagen`. */
export function ago(days: number): string {
  if (days <= 0) return m.days_today();
  if (days === 1) return m.days_yesterday();
  return m.days_ago({ count: days });
}
