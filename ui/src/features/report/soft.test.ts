import { expect, it } from "vitest";
import { ranged, softened } from "./soft";

it("long place names may break before their ending, short ones stay whole", () => {
  expect(softened("Krämpfervorstadt")).toBe("Krämpfer\u00ADvorstadt");
  expect(softened("Moskauer Platz")).toBe("Moskauer Platz");
  expect(softened("Rieth")).toBe("Rieth");
  expect(softened("Wiesenhügel")).toBe("Wiesen\u00ADhügel");
  expect(softened("Hochhausviertelanlage")).toBe("Hochhausviertelanlage");
});

it("a span of ages has its dash and stays in one piece", () => {
  expect(ranged("14-17").replaceAll("\u2060", "")).toBe("14–17");
  expect(ranged("65+")).toBe("65+");
  expect(ranged("Müll-Ecke")).toBe("Müll-Ecke");
});
