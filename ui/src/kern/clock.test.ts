import { describe, expect, it } from "vitest";
import { cityTime } from "./clock";
import { isoDay, spokenMoment } from "./dates";
import { typedMoment } from "./typed";

describe("the city's clocks", () => {
  it("begin the day where the city is, not where the machine believes to be", () => {
    expect(isoDay(cityTime(new Date("2026-11-23T22:59:59Z")))).toBe("2026-11-23");
    expect(isoDay(cityTime(new Date("2026-11-23T23:00:00Z")))).toBe("2026-11-24");
    expect(isoDay(cityTime(new Date("2026-07-31T22:00:00Z")))).toBe("2026-08-01");
  });

  it("show their hour also across the change of clocks", () => {
    expect(typedMoment("jetzt", cityTime(new Date("2026-10-25T00:30:00Z")))).toBe("2026-10-25T02:30");
    expect(typedMoment("jetzt", cityTime(new Date("2026-10-25T01:30:00Z")))).toBe("2026-10-25T02:30");
    expect(typedMoment("jetzt", cityTime(new Date("2026-12-31T23:05:00Z")))).toBe("2027-01-01T00:05");
  });

  it("say a moment as the city lived it", () => {
    expect(spokenMoment("2026-11-23T23:52:00Z")).toContain("24. November");
    expect(spokenMoment("2026-11-23T23:52:00Z")).toContain("00:52");
  });
});
