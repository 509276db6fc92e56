import { describe, expect, it } from "vitest";
import { askedAt, without } from "./signs";

describe("signs in the running text", () => {
  it("are read behind the caret", () => {
    expect(askedAt("allein #ein", 11)).toEqual({ sign: "#", word: "ein", from: 7, to: 11 });
    expect(askedAt("!12.12.", 7)?.word).toBe("12.12.");
    expect(askedAt("mit @", 5)).toMatchObject({ sign: "@", word: "" });
    expect(askedAt("Kommt !in 2 Wochen", 18)).toEqual({ sign: "!", word: "in 2 Wochen", from: 6, to: 18 });
    expect(askedAt("! morgen", 8)).toEqual({ sign: "!", word: "morgen", from: 0, to: 8 });
  });

  it("are none inside a word or before the caret's word", () => {
    expect(askedAt("a#b", 3)).toBeUndefined();
    expect(askedAt("Nicht so! Sagt er", 17)).toBeUndefined();
    expect(askedAt("mail@stadt", 10)).toBeUndefined();
  });

  it("go once they were understood", () => {
    const text = "allein #ein und weiter";
    const asked = askedAt(text, 11);
    expect(asked && without(text, asked)).toEqual({ text: "allein und weiter", caret: 7 });
  });
});
