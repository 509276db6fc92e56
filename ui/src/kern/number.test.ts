import { expect, it } from "vitest";
import { overwriteGetLocale } from "../words/runtime";
import { fileSize } from "./number";

it("says how large a file is as people do", () => {
  overwriteGetLocale(() => "de");
  expect([1, 999, 1_234, 120_000, 2_500_000].map((size) => fileSize(size).replace("\u00a0", " "))).toEqual([
    "1 kB",
    "999 kB",
    "1,2 MB",
    "120 MB",
    "2,5 GB",
  ]);
});
