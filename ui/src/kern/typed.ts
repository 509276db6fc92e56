import { daysBetween, isDay, isoDay, madeDay } from "./dates";

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

/** By their beginnings; a day may be written out. Sunday is 0, as in `Date`. */
const WEEKDAYS: readonly (readonly string[])[] = [
  ["sonntag", "sunday"],
  ["montag", "monday"],
  ["dienstag", "tuesday"],
  ["mittwoch", "wednesday"],
  ["donnerstag", "thursday"],
  ["freitag", "friday"],
  ["samstag", "sonnabend", "saturday"],
];

/** Where a day lies that is said without its year or week: behind us, as what happened, or before us, as what is due. */
export type Toward = "past" | "coming";

function daysFrom(now: Date, by: number): Date {
  const date = new Date(now);
  date.setDate(date.getDate() + by);
  return date;
}

/**
 * `Mo`, `Mo.`, `Montag`, `am Montag`, `nächsten Montag`, `Tue`: the last one, today included, or the next one after
 * today.
 */
function weekday(typed: string, now: Date, toward: Toward): string | undefined {
  const word = typed
    .replace(/^(?:am|diesen|kommenden|nächsten|letzten|on|next|last) /, "")
    .replace(/\.$/, "");
  const isIt = (name: string) =>
    word === name || (name.startsWith(word) && (word.length === 2 || word.length === 3));
  const found = WEEKDAYS.findIndex((names) => names.some(isIt));
  if (found < 0) return undefined;
  const back = (now.getDay() - found + 7) % 7;
  return isoDay(daysFrom(now, toward === "past" ? -back : 7 - back));
}

const COUNTS: Record<string, number> = {
  einem: 1,
  einer: 1,
  ein: 1,
  eine: 1,
  nächste: 1,
  nächsten: 1,
  a: 1,
  next: 1,
};

/** `in 2 Wochen`, `3 Tage`, `nächste Woche`, `in einem Monat`: so long after today. */
function later(typed: string, now: Date): string | undefined {
  const said = /^(?:in )?(\d{1,2}|\p{L}+) (tage?n?|days?|wochen?|weeks?|monate?n?|months?)$/u.exec(typed);
  const many = Number(said?.[1]) || COUNTS[said?.[1] ?? ""];
  if (!said || !many) return undefined;
  const [, , unit = ""] = said;
  if (/^[td]/.test(unit)) return isoDay(daysFrom(now, many));
  if (unit.startsWith("w")) return isoDay(daysFrom(now, many * 7));
  // The last day of a shorter month, not one in the month after.
  const last = new Date(now.getFullYear(), now.getMonth() + many + 1, 0);
  return isoDay(new Date(last.getFullYear(), last.getMonth(), Math.min(now.getDate(), last.getDate())));
}

/**
 * The day somebody typed: `12.10.`, `12.10.26`, `12.10.2026`, `12/10`, `2026-10-12`, `heute`, `Mo`. Without a year it is
 * the one that lies nearest to today; a day that is to come is never one before it.
 */
export function typedDay(text: string, now: Date, toward: Toward = "past"): string | undefined {
  const typed = text.trim().toLowerCase();
  const word = WORDS[typed];
  if (word !== undefined) return isoDay(daysFrom(now, word));
  if (isDay(typed)) return typed;
  const parts = /^(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2})?)?$/.exec(typed.replaceAll(" ", ""));
  if (!parts) return weekday(typed, now, toward) ?? (toward === "coming" ? later(typed, now) : undefined);
  const [day, month] = [Number(parts[1]), Number(parts[2])];
  const year = parts[3];
  if (year) return madeDay(year.length === 2 ? 2000 + Number(year) : Number(year), month, day);
  const far = (found: string) => daysBetween(isoDay(now), found);
  return [-1, 0, 1]
    .flatMap((by) => madeDay(now.getFullYear() + by, month, day) ?? [])
    .filter((found) => toward === "past" || far(found) >= 0)
    .sort((a, b) => Math.abs(far(a)) - Math.abs(far(b)))[0];
}

const two = (number: number) => String(number).padStart(2, "0");

function at(day: string, hour: number, minute: number): string | undefined {
  return hour < 24 && minute < 60 ? `${day}T${two(hour)}:${two(minute)}` : undefined;
}

/**
 * The moment somebody typed, as the clock on the wall shows it: `14:30`, `heute, 14.30 Uhr`, `gestern 9 Uhr`, `Mo 14:30`,
 * `12.10. 09:15`, `jetzt`, `vor 20 Minuten`. A day without a time has this moment's.
 */
export function typedMoment(text: string, now: Date): string | undefined {
  const typed = text.trim().toLowerCase().replaceAll(",", " ").replace(/\s+/g, " ");
  const clock = (date: Date) => at(isoDay(date), date.getHours(), date.getMinutes());
  if (typed === "jetzt" || typed === "now") return clock(now);
  const ago = /^vor (\d{1,3}|einer|einem) (min|minuten?|stunden?|std|h)\.?$/.exec(typed);
  if (ago) {
    const many = Number(ago[1]) || 1;
    const minutes = ago[2]?.startsWith("m") ? many : many * 60;
    return clock(new Date(now.getTime() - minutes * 60_000));
  }
  const time =
    /(?:^|\s)(\d{1,2}):(\d{2})(?: uhr)?$/.exec(typed) ??
    /(?:^|\s)(\d{1,2})(?:\.(\d{2}))? uhr$/.exec(typed) ??
    /\s(\d{1,2})\.(\d{2})$/.exec(typed);
  const rest = typed.slice(0, time?.index ?? typed.length).trim();
  const day = rest === "" ? isoDay(now) : typedDay(rest, now);
  if (!day || typed === "") return undefined;
  if (!time) return at(day, now.getHours(), now.getMinutes());
  return at(day, Number(time[1]), Number(time[2] ?? 0));
}
