import { describe, expect, it } from "vitest";
import { readCode } from "./code";

describe("an invitation code", () => {
  it("is read as it is copied from paper or mail", () => {
    expect(readCode(" k7qm-2f9t 0xwa ").bare).toBe("K7QM2F9T0XWA");
  });

  it("knows which letters people misread", () => {
    expect(readCode("oil").bare).toBe("011");
  });

  it("says how many characters are missing", () => {
    expect(readCode("K7QM 2F9T 0XW").missing).toBe(1);
  });

  it("tells what cannot stand in a code", () => {
    expect(readCode("K7Ü").strange).toBe(true);
    expect(readCode("K7U").strange).toBe(true);
  });

  it("is shown in groups", () => {
    expect(readCode("K7QM2F9T0XWA99").grouped).toBe("K7QM 2F9T 0XWA");
  });
});
