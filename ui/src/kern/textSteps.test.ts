import { describe, expect, it } from "vitest";
import { stepAsked } from "./textSteps";

const pressed = (key: string, with_: { ctrlKey?: boolean; shiftKey?: boolean } = {}) => ({
  key,
  code: "",
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...with_,
});

describe("keys that go a step in a text", () => {
  it("are those of every program", () => {
    expect(stepAsked(pressed("z", { ctrlKey: true }))).toBe("undo");
    expect(stepAsked(pressed("Z", { ctrlKey: true, shiftKey: true }))).toBe("redo");
    expect(stepAsked(pressed("y", { ctrlKey: true }))).toBe("redo");
    expect(stepAsked(pressed("z"))).toBeUndefined();
  });
});
