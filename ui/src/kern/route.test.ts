import { describe, expect, it } from "vitest";
import { href, read } from "./route.svelte";

describe("an address in the window", () => {
  it("names a view and a record in it", () => {
    expect(read("#/requests/0197a2b4")).toEqual({ view: "requests", id: "0197a2b4" });
    expect(read("#/report")).toEqual({ view: "report" });
  });

  it("is the first view where it names none", () => {
    for (const strange of ["", "#", "#main", "#/somewhere/else"])
      expect(read(strange)).toEqual({ view: "talks" });
  });

  it("is read as it was written", () => {
    const { view, id } = read(href("contacts", "a b/ü"));
    expect([view, id]).toEqual(["contacts", "a b/ü"]);
    expect(read("#/talks/%E0%A4%A").id).toBe("%E0%A4%A");
  });
});
