import { describe, expect, it } from "vitest";
import { placed } from "./far";

describe("a list longer than a web view can draw", () => {
  const [total, height] = [64_000_000, 640];

  it("is reached from its beginning to its end", () => {
    expect(placed(total, height, 0).from).toBe(0);
    const end = placed(total, height, 16_000_000 - height);
    expect(Math.round(end.from + height)).toBe(total);
  });

  it("shows the seen part where the box is", () => {
    const place = placed(total, height, 5_000_000);
    expect(place.drawn(place.from)).toBe(5_000_000);
    expect(Math.round(place.to(place.from))).toBe(5_000_000);
  });

  it("a shorter one lies as it is", () => {
    expect(placed(6_400_000, height, 77)).toMatchObject({ from: 77, length: 6_400_000 });
  });
});
