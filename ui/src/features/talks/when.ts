import { isoDay, sayDay } from "./days";

const WORDS: Record<string, number> = {
  heute: 0,
  today: 0,
  gestern: -1,
  yesterday: -1,
  vorgestern: -2,
  morgen: 1,
  tomorrow: 1,
  übermorgen: 2,
};

/** The day of these numbers, or nothing where there is none. */
function made(year: number, month: number, day: number): string | undefined {
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? isoDay(date) : undefined;
}

function daysFrom(now: Date, by: number): Date {
  const date = new Date(now);
  date.setDate(date.getDate() + by);
  return date;
}

/** The day somebody typed: `12.10.`, `12.10.26`, `gestern`, `morgen`. Without a year it is the one nearest to today. */
export function readDay(text: string, now: Date): string | undefined {
  const typed = text.trim().toLowerCase();
  const word = WORDS[typed];
  if (word !== undefined) return isoDay(daysFrom(now, word));
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed);
  if (iso) return made(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const parts = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2})?)?$/.exec(typed.replaceAll(" ", ""));
  if (!parts) return undefined;
  const [day, month] = [Number(parts[1]), Number(parts[2])];
  const year = parts[3];
  if (year) return made(year.length === 2 ? 2000 + Number(year) : Number(year), month, day);
  const far = (found: string) => Math.abs(Date.parse(found) - now.getTime());
  return [-1, 0, 1]
    .flatMap((by) => made(now.getFullYear() + by, month, day) ?? [])
    .sort((a, b) => far(a) - far(b))[0];
}

const two = (number: number) => String(number).padStart(2, "0");

function at(day: string, hour: number, minute: number): string | undefined {
  return hour < 24 && minute < 60 ? `${day}T${two(hour)}:${two(minute)}` : undefined;
}

/**
 * The moment somebody typed, as the clock on the wall shows it: `14:30`, `heute, 14.30 Uhr`, `gestern 9 Uhr`,
 * `12.10. 09:15`, `jetzt`, `vor 20 Minuten`. A day without a time has this moment's.
 */
export function readWhen(text: string, now: Date): string | undefined {
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
  const day = rest === "" ? isoDay(now) : readDay(rest, now);
  if (!day || typed === "") return undefined;
  if (!time) return at(day, now.getHours(), now.getMinutes());
  return at(day, Number(time[1]), Number(time[2] ?? 0));
}

/** As it stands in the field: `Heute, 14:30`. It can be read back. */
export function sayWhen(wall: string, now: Date): string {
  const [day = "", time = ""] = wall.split("T");
  if (day === isoDay(now)) return `${sayDay(day, now)}, ${time.slice(0, 5)}`;
  return `${sayDate(day)}, ${time.slice(0, 5)}`;
}

/** `12.10.2026` */
export function sayDate(day: string): string {
  const [year, month, date] = day.split("-");
  return year && month && date ? `${date}.${month}.${year}` : day;
}
