import { describe, expect, it } from "vitest";
import { overwriteGetLocale } from "../../words/runtime";
import { readDay, readWhen, sayWhen } from "./when";

overwriteGetLocale(() => "de");
const now = new Date(2026, 9, 14, 15, 12);

describe("a moment as people write it", () => {
  it.each([
    ["jetzt", "2026-10-14T15:12"],
    ["14:30", "2026-10-14T14:30"],
    ["9 Uhr", "2026-10-14T09:00"],
    ["9.15 Uhr", "2026-10-14T09:15"],
    ["heute, 14:30", "2026-10-14T14:30"],
    ["gestern 9.15", "2026-10-13T09:15"],
    ["gestern", "2026-10-13T15:12"],
    ["12.10. 9:30", "2026-10-12T09:30"],
    ["12.10.2025 09:30 Uhr", "2025-10-12T09:30"],
    ["vor 20 Minuten", "2026-10-14T14:52"],
    ["vor einer Stunde", "2026-10-14T14:12"],
  ])("%s", (typed, wall) => expect(readWhen(typed, now)).toBe(wall));

  it("what is no moment is none", () => {
    for (const typed of ["", "neulich", "25:00", "31.2. 10:00", "14:75"])
      expect(readWhen(typed, now)).toBeUndefined();
  });

  it("what stands in the field is read back", () => {
    for (const wall of ["2026-10-14T09:05", "2026-10-13T09:05", "2024-02-29T23:59"])
      expect(readWhen(sayWhen(wall, now), now)).toBe(wall);
  });

  it("a day to come back to", () => {
    expect(readDay("morgen", now)).toBe("2026-10-15");
    expect(readDay("3.1.", now)).toBe("2027-01-03");
    expect(readDay("12.12", now)).toBe("2026-12-12");
  });
});
