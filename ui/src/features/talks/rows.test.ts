import { describe, expect, it } from "vitest";
import { Days } from "./rows";

const days = new Days([
  { day: "2026-10-14", count: 2 },
  { day: "2026-10-12", count: 1 },
]);

describe("conversations under their days", () => {
  it("each day has a heading, and its conversations follow", () => {
    expect([0, 1, 2, 3, 4, 5].map((index) => days.row(index)?.kind)).toEqual([
      "day",
      "talk",
      "talk",
      "day",
      "talk",
      undefined,
    ]);
    expect(days.count).toBe(3);
  });

  it("every height belongs to one row, also past both ends", () => {
    expect([-5, 0, 39, 40, 103, 104, 167, 168, 207, 208, 9999].map((y) => days.at(y))).toEqual([
      0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4,
    ]);
    for (let index = 0; index < days.size; index++) expect(days.at(days.top(index))).toBe(index);
    expect(days.top(days.size)).toBe(days.total);
  });

  it("a conversation is asked for by its day", () => {
    expect(days.stands(1)).toEqual({ day: "2026-10-14", skip: 1 });
    expect(days.stands(2)).toEqual({ day: "2026-10-12", skip: 0 });
    expect(days.indexOf(2)).toBe(4);
    expect(days.ofDay("2026-10-12")).toEqual([2, 3]);
  });

  it("an empty list has no rows", () => {
    const none = new Days([]);
    expect([none.size, none.total, none.row(0), none.at(50)]).toEqual([0, 0, undefined, 0]);
  });
});
