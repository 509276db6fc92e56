import { expect, it } from "vitest";
import { entryOf, plain, type FieldTable } from "./fields";

const table: FieldTable = { "steps/text": { title: () => "Schritt", say: plain } };

it("a field inside a part has the words of every part's field", () => {
  expect(entryOf(table, "steps/0197a2b4-0000-7000-8000-00000000000a/text")?.title()).toBe("Schritt");
  expect(entryOf(table, "steps")).toBeUndefined();
});

it("what nobody has words for is said plainly", () => {
  expect(plain({ on: "2026-10-05", whom: null, many: [1, 2] })).toBe("2026-10-05, 1, 2");
});
