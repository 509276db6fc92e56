import { expect, it } from "vitest";
import { typedMoment } from "../../kern/typed";
import { overwriteGetLocale } from "../../words/runtime";
import { sayWhen } from "./when";

overwriteGetLocale(() => "de");
const now = new Date(2026, 9, 14, 15, 12);

it("what stands in the field of a moment is read back", () => {
  for (const wall of ["2026-10-14T09:05", "2026-10-13T09:05", "2024-02-29T23:59"])
    expect(typedMoment(sayWhen(wall, now), now)).toBe(wall);
});
