import { expect, test } from "vitest";
import { early, type Answer } from "./early";

const locked: Answer<string> = { status: "error", error: { code: "locked", field: null, faults: [] } };

test("the first who asks gets what was asked early, and everybody else asks anew", async () => {
  let asked = 0;
  const ask = early(async () => ({ status: "ok", data: ++asked }));
  expect(asked).toBe(1);
  expect(await ask()).toEqual({ status: "ok", data: 1 });
  expect(await ask()).toEqual({ status: "ok", data: 2 });
});

test("what was asked while the notebook was locked is asked again", async () => {
  let isOpen = false;
  const ask = early<string>(async () => (isOpen ? { status: "ok", data: "rows" } : locked));
  isOpen = true;
  expect(await ask()).toEqual({ status: "ok", data: "rows" });
});

test("what came with the page is not asked for, and only the first who asks gets it", async () => {
  let asked = 0;
  const ask = early(async () => ({ status: "ok", data: ++asked }), 0);
  expect([asked, await ask()]).toEqual([0, { status: "ok", data: 0 }]);
  expect(await ask()).toEqual({ status: "ok", data: 1 });
});
