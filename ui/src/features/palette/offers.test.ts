import { describe, expect, it } from "vitest";
import type { Found } from "../../api/bindings";
import type { Command } from "../../kern/keys.svelte";
import { fits, sections } from "./offers";

const command = (id: string, label: string): Command => ({
  id,
  label: () => label,
  group: "app",
  run: () => {},
});
const found = (kind: Found["kind"], id: string): Found => ({
  kind,
  id,
  title: id,
  line: null,
  at: null,
  districts: [],
});
const commands = [command("new-talk", "Neue Gesprächsnotiz"), command("lock", "Sperren")];

describe("what the palette offers", () => {
  it("is every command where nothing was typed", () => {
    expect(sections("  ", commands, []).flatMap(({ offers }) => offers)).toHaveLength(2);
  });

  it("begins with what makes something new, whoever registered first", () => {
    const later: Command = { ...command("new-request", "Neues Anliegen"), group: "make" };
    const [first] = sections("", [...commands, later], []).flatMap(({ offers }) => offers);
    expect(first?.key).toBe("command-new-request");
  });

  it("is a command by the beginnings of its words, whatever the accents", () => {
    expect(fits("Neue Gesprächsnotiz", "gespra neu")).toBe(true);
    expect(fits("Neue Gesprächsnotiz", "notiz")).toBe(false);
  });

  it("is people first, then requests, then conversations", () => {
    const all = [found("note", "a"), found("contact", "b"), found("request", "c")];
    expect(sections("platz", commands, all).map(({ kind }) => kind)).toEqual(["contact", "request", "note"]);
  });
});
