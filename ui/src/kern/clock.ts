/** Where the city lies: its days and hours count, wherever a machine believes to be (`domain::calendar::ZONE`). */
export const ZONE = "Europe/Berlin";

const parts = new Intl.DateTimeFormat("en", {
  timeZone: ZONE,
  hourCycle: "h23",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
  second: "numeric",
});

/** What the city's clocks show at a moment: year, day and hour of this date are theirs, its instant means nothing. */
export function cityTime(moment: Date): Date {
  const shown = Object.fromEntries(
    parts.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return new Date(year, month - 1, day, hour, minute, second);
}

/** What the city's clocks show now. */
export function cityNow(): Date {
  return cityTime(new Date());
}
