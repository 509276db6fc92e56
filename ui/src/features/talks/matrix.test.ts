import { describe, expect, it } from "vitest";
import { countOf, total, withCount } from "./matrix";

describe("people in one matrix", () => {
  it("a cell is filled, changed and emptied", () => {
    let people = withCount([], "27-64", "w", 2);
    people = withCount(people, "6-13", null, 1);
    expect(total(people)).toBe(3);
    people = withCount(people, "27-64", "w", 1);
    expect(people.map(({ age_band, count }) => `${age_band} ${count}`)).toEqual(["27-64 1", "6-13 1"]);
    expect(withCount(people, "27-64", "w", 0)).toHaveLength(1);
  });

  it("a gender that was not said is one cell, however it was written", () => {
    const people = [
      { age_band: "65+", gender: "none", count: 1 },
      { age_band: "65+", gender: null, count: 2 },
    ];
    expect(countOf(people, "65+", null)).toBe(3);
    expect(total(withCount(people, "65+", null, 5))).toBe(5);
  });
});
