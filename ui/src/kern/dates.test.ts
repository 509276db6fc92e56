import { describe, expect, it } from "vitest";
import { overwriteGetLocale } from "../words/runtime";
import { ago, daysBetween, fieldDay, isDay, spokenDay } from "./dates";

const now = new Date(2026, 9, 14, 11, 5);

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
