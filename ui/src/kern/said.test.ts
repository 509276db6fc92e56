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

  it("names what was taken back, and does it again if wished", async () => {
    const done: string[] = [];
    const trash = async () => {
      done.push("weg");
      return { of: "Älterer Herr", again: back };
    };
    const back = async () => {
      done.push("da");
      return { of: "Älterer Herr", again: trash };
    };
    say("Gelöscht.", back);
    await said.undo();
    expect(said.line?.text).toBe("Zurückgenommen: Gelöscht. „Älterer Herr“");
    await said.redo();
    expect(said.line?.text).toBe("Gelöscht.");
    await said.undo();
    expect(done).toEqual(["da", "weg", "da"]);
  });

  it("does nothing again once something new was done", async () => {
    say("Eins.", async () => ({ again: async () => {} }));
    await said.undo();
    say("Zwei.", async () => {});
    await said.redo();
    expect(said.line?.text).toBe("Es gibt gerade nichts zu wiederholen.");
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
