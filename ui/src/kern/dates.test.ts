import { describe, expect, it } from "vitest";
import { overwriteGetLocale } from "../words/runtime";
import { ago, daysBetween, fieldDay, isDay, spokenDay, typedDay } from "./dates";

const now = new Date(2026, 9, 14, 11, 5);

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
  ])("%s is %s", (typed, day) => expect(typedDay(typed, now)).toBe(day));

  it.each(["", "31.2.", "29.2.2026", "13.13.", "bald", "12", "2026-13-01", "12.10.2"])(
    "%s is none",
    (typed) => expect(typedDay(typed, now)).toBeUndefined(),
  );
});

describe("days as they are read", () => {
  it("in a field and in a sentence", () => {
    overwriteGetLocale(() => "de");
    expect(fieldDay("2026-10-05")).toBe("05.10.2026");
    expect(spokenDay("2026-10-05", now)).toBe("5. Oktober");
    expect(spokenDay("2025-10-05", now)).toBe("5. Oktober 2025");
    expect(spokenDay("bald", now)).toBe("bald");
  });

  it("and how long ago they are", () => {
    overwriteGetLocale(() => "de");
    expect([0, 1, 12].map(ago)).toEqual(["heute", "gestern", "vor 12 Tagen"]);
    expect(daysBetween("2026-10-01", "2026-11-01")).toBe(31);
  });

  it("and what is one", () => {
    expect(isDay("2026-02-28")).toBe(true);
    expect(isDay("2026-02-30")).toBe(false);
    expect(isDay("28.2.")).toBe(false);
  });
});
