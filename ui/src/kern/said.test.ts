import { beforeEach, describe, expect, it, vi } from "vitest";
import { overwriteGetLocale } from "../words/runtime";
import { said, say } from "./said.svelte";

describe("the line that says what was done", () => {
  beforeEach(() => {
    overwriteGetLocale(() => "de");
    said.forget();
    vi.useFakeTimers();
  });

  it("takes back the newest first, and then the one before it", async () => {
    const done: string[] = [];
    say("Eins gelöscht.", async () => void done.push("eins"));
    say("Zwei gelöscht.", async () => void done.push("zwei"));
    await said.undo();
    expect(said.line?.text).toBe("Zurückgenommen: Zwei gelöscht.");
    await said.undo();
    await said.undo();
    expect(done).toEqual(["zwei", "eins"]);
    expect(said.line?.text).toBe("Es gibt gerade nichts zurückzunehmen.");
  });

  it("tells what an undo says of itself", async () => {
    say("Gelöscht.", async () => "Das Gespräch ist wieder da.");
    await said.undo();
    expect(said.line?.text).toBe("Das Gespräch ist wieder da.");
  });

  it("goes after a while, but what it said can still be taken back", async () => {
    say("Gelöscht.", async () => {});
    vi.advanceTimersByTime(20_000);
    expect(said.line).toBeDefined();
    vi.advanceTimersByTime(10_000);
    expect(said.line).toBeUndefined();
    expect(said.canUndo).toBe(true);
  });

  it("stays while somebody is at it", () => {
    say("Gelöscht.");
    said.hold(true);
    vi.advanceTimersByTime(600_000);
    expect(said.line?.text).toBe("Gelöscht.");
  });

  it("says so where an undo fails, and keeps it for another try", async () => {
    say("Gelöscht.", () => Promise.reject(new Error("disk")));
    await said.undo();
    expect(said.line?.text).toContain("ließ sich nicht zurücknehmen");
    expect(said.canUndo).toBe(true);
  });
});
