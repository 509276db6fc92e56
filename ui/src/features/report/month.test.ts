import { describe, expect, it } from "vitest";
import { overwriteGetLocale } from "../../words/runtime";
import { heat, isMonth, monthsBetween, sayMonth, shadeName, shadeWidth, step } from "./month";

describe("months", () => {
  it("are said in the window's language", () => {
    overwriteGetLocale(() => "de");
    expect(sayMonth("2026-03")).toBe("März 2026");
    overwriteGetLocale(() => "en");
    expect(sayMonth("2026-03")).toBe("March 2026");
  });

  it("step over the turn of the year", () => {
    expect(step("2026-12", 1)).toBe("2027-01");
    expect(step("2026-01", -1)).toBe("2025-12");
    expect(step("2026-10", -10)).toBe("2025-12");
  });

  it("are listed from the latest to the first", () => {
    expect(monthsBetween("2026-11", "2027-01")).toEqual(["2027-01", "2026-12", "2026-11"]);
    expect(monthsBetween("2026-10", "2026-10")).toEqual(["2026-10"]);
    expect(monthsBetween("0001-01", "2026-10")).toHaveLength(240);
  });

  it("are told from anything else", () => {
    expect(isMonth("2026-10")).toBe(true);
    expect(isMonth("2026-13")).toBe(false);
    expect(isMonth("new")).toBe(false);
    expect(isMonth(undefined)).toBe(false);
  });
});

describe("shades of a table", () => {
  it("are the counts themselves where they are few", () => {
    const width = shadeWidth(5);
    expect([0, 1, 3, 5, 6].map((count) => heat(count, width))).toEqual([0, 1, 3, 5, 5]);
    expect([1, 5].map((shade) => shadeName(shade, width))).toEqual(["1", "5+"]);
  });

  it("stay the counts themselves a little beyond", () => {
    const width = shadeWidth(7);
    expect([1, 4, 5, 7].map((count) => heat(count, width))).toEqual([1, 4, 5, 5]);
  });

  it("cover a range where they are many", () => {
    const width = shadeWidth(43);
    expect(width).toBe(9);
    expect([1, 9, 10, 43].map((count) => heat(count, width))).toEqual([1, 1, 2, 5]);
    expect([1, 2, 5].map((shade) => shadeName(shade, width))).toEqual(["1–9", "10–18", "37+"]);
  });

  it("there is none without a count", () => {
    expect(heat(0, shadeWidth(0))).toBe(0);
  });
});
