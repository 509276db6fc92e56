import { describe, expect, it } from "vitest";
import { matching } from "./matching";

const named = (...names: string[]) => names.map((name) => ({ name }));
const found = (query: string, ...names: string[]) => matching(named(...names), query).map(({ name }) => name);

describe("what is offered while one types", () => {
  it("names that begin with it come first, then words inside, then the rest", () => {
    expect(found("ein", "Vereine", "Orte für Einsame", "Einsamkeit")).toEqual([
      "Einsamkeit",
      "Orte für Einsame",
      "Vereine",
    ]);
  });

  it("umlauts, ß and case do not matter", () => {
    expect(found("mull", "Müll")).toEqual(["Müll"]);
    expect(found("FUSS", "Fuß- und Radwege")).toEqual(["Fuß- und Radwege"]);
  });

  it("without a query everything stands in its order", () => {
    expect(found(" ", "b", "a")).toEqual(["b", "a"]);
  });
});
