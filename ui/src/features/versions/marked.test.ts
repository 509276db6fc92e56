import { describe, expect, it } from "vitest";
import { marked, together } from "./marked";

const own = (text: string, other: string) =>
  marked(text, other)
    .filter((piece) => piece.own)
    .map((piece) => piece.text.trim());

describe("what one version has and the other has not", () => {
  it("is marked word by word", () => {
    const a = "Schulweg führt über die Hauptstraße. Zwei Mütter begleiten.";
    const b = "Schulweg führt über die Straße der Nationen. Im Beirat gewesen.";
    expect(own(a, b)).toEqual(["Hauptstraße. Zwei Mütter begleiten."]);
    expect(own("eins zwei drei", "eins drei")).toEqual(["zwei"]);
    expect(own("gleich", "gleich")).toEqual([]);
  });

  it("nothing of either is lost by putting them together", () => {
    expect(
      marked("a  b\nc", "b")
        .map(({ text }) => text)
        .join(""),
    ).toBe("a  b\nc");
    expect(together("Der Aufzug steht.", "Der Aufzug steht. Seit Montag.")).toBe(
      "Der Aufzug steht. Seit Montag.",
    );
    expect(together("A", "B")).toBe("A\n\nB");
  });
});
