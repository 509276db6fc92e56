import { expect, it } from "vitest";
import { overwriteGetLocale } from "../words/runtime";
import { fileSize } from "./number";

it("says how large a file is as people do", () => {
  overwriteGetLocale(() => "de");
  expect([1, 999, 1_234, 120_000, 2_500_000].map(fileSize)).toEqual([
    "1 KB",
    "999 KB",
    "1,2 MB",
    "120 MB",
    "2,5 GB",
  ]);
});
