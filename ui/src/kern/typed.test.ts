import { describe, expect, it } from "vitest";
import { typedDay, typedMoment } from "./typed";

/** A Wednesday. */
const now = new Date(2026, 9, 14, 15, 12);

describe("a typed day", () => {
  it.each([
    ["12.10.", "2026-10-12"],
    ["12.10", "2026-10-12"],
    ["1.2.", "2027-02-01"],
    ["30.6.", "2026-06-30"],
    ["12.10.25", "2025-10-12"],
    ["12.10.2024", "2024-10-12"],
    [" 12 . 10 . 2024 ", "2024-10-12"],
    ["12/10/2026", "2026-10-12"],
    ["2026-10-12", "2026-10-12"],
    ["heute", "2026-10-14"],
    ["Gestern", "2026-10-13"],
    ["morgen", "2026-10-15"],
    ["29.2.2028", "2028-02-29"],
    ["Mo", "2026-10-12"],
    ["Mi.", "2026-10-14"],
    ["Donnerstag", "2026-10-08"],
    ["Sun", "2026-10-11"],
  ])("%s is %s", (typed, day) => expect(typedDay(typed, now)).toBe(day));

  it.each(["", "31.2.", "29.2.2026", "13.13.", "bald", "12", "2026-13-01", "12.10.2", "m", "mont"])(
    "%s is none",
    (typed) => expect(typedDay(typed, now)).toBeUndefined(),
  );
});

describe("a day that is to come", () => {
  it.each([
    ["morgen", "2026-10-15"],
    ["3.1.", "2027-01-03"],
    ["12.12", "2026-12-12"],
    ["1.10.", "2027-10-01"],
    ["14.10.", "2026-10-14"],
    ["Fr", "2026-10-16"],
    ["Mittwoch", "2026-10-21"],
    ["1.10.2026", "2026-10-01"],
    ["nächsten Montag", "2026-10-19"],
    ["am Freitag", "2026-10-16"],
    ["in 2 Wochen", "2026-10-28"],
    ["3 Tage", "2026-10-17"],
    ["nächste Woche", "2026-10-21"],
    ["in einem Monat", "2026-11-14"],
  ])("%s is %s", (typed, day) => expect(typedDay(typed, now, "coming")).toBe(day));
});

describe("a moment as people write it", () => {
  it.each([
    ["jetzt", "2026-10-14T15:12"],
    ["14:30", "2026-10-14T14:30"],
    ["9 Uhr", "2026-10-14T09:00"],
    ["9.15 Uhr", "2026-10-14T09:15"],
    ["heute, 14:30", "2026-10-14T14:30"],
    ["gestern 9.15", "2026-10-13T09:15"],
    ["gestern", "2026-10-13T15:12"],
    ["12.10. 9:30", "2026-10-12T09:30"],
    ["12.10.2025 09:30 Uhr", "2025-10-12T09:30"],
    ["Mo 14:30", "2026-10-12T14:30"],
    ["mittwoch 9 uhr", "2026-10-14T09:00"],
    ["Fr., 10:15", "2026-10-09T10:15"],
    ["vor 20 Minuten", "2026-10-14T14:52"],
    ["vor einer Stunde", "2026-10-14T14:12"],
  ])("%s", (typed, wall) => expect(typedMoment(typed, now)).toBe(wall));

  it("what is no moment is none", () => {
    for (const typed of ["", "neulich", "25:00", "31.2. 10:00", "14:75"])
      expect(typedMoment(typed, now)).toBeUndefined();
  });
});
