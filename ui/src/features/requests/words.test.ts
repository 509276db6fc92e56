import { describe, expect, it } from "vitest";
import { isFinal, needsReason, titleOf } from "./words";

describe("a request's heading", () => {
  it("is its first sentence", () => {
    expect(titleOf("Die Bank am Spielplatz ist kaputt. Seit Wochen.")).toBe(
      "Die Bank am Spielplatz ist kaputt.",
    );
    expect(titleOf("Bank kaputt\nSeit Wochen")).toBe("Bank kaputt");
  });

  it("does not end at an abbreviation", () => {
    const lantern = "Straßenlaterne vor dem Haus Nr. 14 ist seit zwei Wochen kaputt.";
    expect(titleOf(`${lantern} Es ist dunkel.`)).toBe(lantern);
    expect(titleOf("Die Str. am Teich ist gesperrt. Warum?")).toBe("Die Str. am Teich ist gesperrt.");
  });

  it("is no longer than a heading may be", () => {
    expect(titleOf("Wort ".repeat(60)).length).toBeLessThanOrEqual(100);
    expect(titleOf("")).toBe("");
  });
});

describe("statuses", () => {
  it("ask for a reason where somebody is turned down or an end is opened again", () => {
    expect(needsReason("examined", "not_feasible")).toBe(true);
    expect(needsReason("done", "in_progress")).toBe(true);
    expect(needsReason("recorded", "examined")).toBe(false);
    expect(needsReason("in_progress", "done")).toBe(false);
  });

  it("know their ends", () => {
    expect(["done", "withdrawn", "forwarded"].map(isFinal)).toEqual([true, true, false]);
  });
});
