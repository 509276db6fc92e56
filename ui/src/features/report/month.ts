import { getLocale } from "../../words/runtime";

/** Months as `2026-10`. */
function parts(month: string): [number, number] {
  return [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
}

/** `Oktober 2026` */
export function sayMonth(month: string): string {
  const [year, number] = parts(month);
  const locale = getLocale() === "de" ? "de-DE" : "en-GB";
  return new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" }).format(
    new Date(Date.UTC(year, number - 1, 1)),
  );
}

/** The month so many months on, or back. */
export function step(month: string, by: number): string {
  const [year, number] = parts(month);
  const at = year * 12 + (number - 1) + by;
  return `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}`;
}

export function isMonth(text: string | undefined): text is string {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text ?? "");
}

/** Every month between the two, the latest first; years of them and no more, however wrong a date is. */
export function monthsBetween(first: string, last: string): string[] {
  const found: string[] = [];
  for (let month = last; month >= first && found.length < 240; month = step(month, -1)) found.push(month);
  return found;
}

/** Where a cell stands between nothing (0) and the most (5). */
export function heat(count: number, width: number): 0 | 1 | 2 | 3 | 4 | 5 {
  if (count <= 0) return 0;
  return Math.min(5, Math.ceil(count / width)) as 1 | 2 | 3 | 4 | 5;
}

/** How many counts one shade covers; the fifth takes what is beyond. */
export function shadeWidth(most: number): number {
  return Math.max(1, Math.round(most / 5));
}

/** What a shade stands for: `3`, `5–8`, and from the last on `17+`. */
export function shadeName(shade: number, width: number): string {
  const from = (shade - 1) * width + 1;
  if (shade === 5) return `${from}+`;
  return width === 1 ? String(from) : `${from}–${shade * width}`;
}
