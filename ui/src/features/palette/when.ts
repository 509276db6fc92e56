import { getLocale } from "../../words/runtime";

/** `13. Oktober 2026` of a day or a moment, as its own clock showed it. */
export function sayWhen(at: string | null): string | undefined {
  const day = at?.slice(0, 10);
  if (!day) return undefined;
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const language = getLocale() === "de" ? "de-DE" : "en-GB";
  return new Date(year, month - 1, date).toLocaleDateString(language, {
    day: "numeric",
    month: "long",
    year: "numeric",
  });
}
