import { describe, expect, it } from "vitest";
import { evenly } from "./even";

describe("rows of one height", () => {
  it("finds the row under any point, also past both ends", () => {
    const rows = evenly(3, 64);
    expect([-5, 0, 63, 64, 191, 9999].map((y) => rows.at(y))).toEqual([0, 0, 0, 1, 2, 2]);
    expect([rows.top(2), rows.total]).toEqual([128, 192]);
  });

  it("an empty list has no end to run past", () => {
    expect([evenly(0, 64).at(100), evenly(0, 64).total]).toEqual([0, 0]);
  });
});
