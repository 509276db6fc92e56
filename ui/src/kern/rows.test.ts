import { describe, expect, it } from "vitest";
import { Heights } from "./rows";

describe("rows of a long list", () => {
  it("an empty list draws nothing", () => {
    expect(new Heights([]).seen(0, 600, 5)).toEqual([0, 0]);
  });

  it("finds the row under any point, also past both ends", () => {
    const rows = new Heights([40, 64, 64]);
    expect([-5, 0, 39, 40, 103, 104, 167, 9999].map((y) => rows.at(y))).toEqual([0, 0, 0, 1, 1, 2, 2, 2]);
  });

  it("draws what is seen and a few rows more, however long the list is", () => {
    const rows = new Heights(Array.from({ length: 100_000 }, () => 64));
    const [first, last] = rows.seen(64 * 50_000, 640, 4);
    expect(first).toBe(49_996);
    expect(last - first).toBeLessThan(24);
  });
});
