import { expect, it } from "vitest";
import { softened } from "./soft";

it("long place names may break before their ending, short ones stay whole", () => {
  expect(softened("Krämpfervorstadt")).toBe("Krämpfer\u00ADvorstadt");
  expect(softened("Moskauer Platz")).toBe("Moskauer Platz");
  expect(softened("Rieth")).toBe("Rieth");
  expect(softened("Wiesenhügel")).toBe("Wiesen\u00ADhügel");
  expect(softened("Hochhausviertelanlage")).toBe("Hochhausviertelanlage");
});
