import { beforeEach, describe, expect, it } from "vitest";
import { overwriteGetLocale } from "../words/runtime";
import { matches, spoken, writes, type Pressed } from "./combo";

const pressed = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key,
  code: "",
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

describe("a shortcut", () => {
  beforeEach(() => overwriteGetLocale(() => "de"));

  it("fits its keys and no others", () => {
    expect(matches("Ctrl+N", pressed("n", { ctrlKey: true }))).toBe(true);
    expect(matches("Ctrl+N", pressed("N", { ctrlKey: true, shiftKey: true }))).toBe(false);
    expect(matches("Ctrl+N", pressed("n"))).toBe(false);
    expect(matches("Ctrl+Shift+A", pressed("A", { ctrlKey: true, shiftKey: true }))).toBe(true);
    expect(matches("F1", pressed("F1"))).toBe(true);
    expect(matches("Ctrl++", pressed("+", { ctrlKey: true }))).toBe(true);
    expect(matches("Ctrl++", pressed("=", { ctrlKey: true }))).toBe(true);
    expect(matches("Ctrl+-", pressed("-", { ctrlKey: true }))).toBe(true);
    expect(spoken("Ctrl++")).toBe("Strg +");
  });

  it("goes by the place of a digit, whatever Alt writes there", () => {
    expect(matches("Alt+2", pressed("“", { code: "Digit2", altKey: true }))).toBe(true);
  });

  it("leaves single keys to whoever types", () => {
    expect([writes("Delete"), writes("Ctrl+Z"), writes("F1"), writes("Alt+1")]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it("is said in the words on the keyboard", () => {
    expect(spoken("Ctrl+Shift+A")).toBe("Strg Umschalt A");
    overwriteGetLocale(() => "en");
    expect(spoken("Ctrl+Shift+A")).toBe("Ctrl Shift A");
  });
});
