import { describe, expect, it } from "vitest";
import { overwriteGetLocale } from "../../words/runtime";
import { clock, dayOf, quickSpans, sayDay, sayLongDay, wallNow } from "./days";

const now = new Date(2026, 9, 14, 11, 5);

describe("days as people say them", () => {
  it("today and yesterday by name", () => {
    overwriteGetLocale(() => "de");
    expect(sayDay("2026-10-14", now)).toBe("Heute");
    expect(sayDay("2026-10-13", now)).toBe("Gestern, 13. Oktober");
  });

  it("other days with their weekday, the year only where it is another", () => {
    overwriteGetLocale(() => "de");
    expect(sayDay("2026-10-12", now)).toBe("Montag, 12. Oktober");
    expect(sayDay("2025-12-24", now)).toBe("Mittwoch, 24. Dezember 2025");
  });

  it("in English too", () => {
    overwriteGetLocale(() => "en");
    expect(sayDay("2026-10-14", now)).toBe("Today");
    expect(sayLongDay("2026-10-13")).toContain("13 October 2026");
  });

  it("the hour stays the one on the wall, whatever the offset", () => {
    expect(clock("2026-10-25T02:30:00+02:00")).toBe("02:30");
    expect(dayOf("2026-10-31T23:59:00+01:00")).toBe("2026-10-31");
  });

  it("now fills the form's field", () => {
    expect(wallNow(now)).toBe("2026-10-14T11:05");
  });

  it("a week begins on Monday, and last month may lie in last year", () => {
    expect(quickSpans(now).map(({ from, to }) => [from, to])).toEqual([
      ["2026-10-12", null],
      ["2026-10-08", null],
      ["2026-10-01", "2026-10-31"],
      ["2026-09-01", "2026-09-30"],
    ]);
    const sunday = quickSpans(new Date(2026, 0, 4));
    expect(sunday.map(({ from }) => from)).toEqual(["2025-12-29", "2025-12-29", "2026-01-01", "2025-12-01"]);
  });
});
