import { beforeEach, describe, expect, it, vi } from "vitest";
import type { TalkRow } from "../../api/bindings";

const program = vi.hoisted(() => ({ asked: [] as string[], rows: [] as { id: string; when: string }[] }));

vi.mock("../../api/bindings", () => {
  const answer = async <T>(what: string, data: T) => {
    program.asked.push(what);
    return { status: "ok", data };
  };
  const days = () => (program.rows.length ? [{ day: "2026-10-05", count: program.rows.length }] : []);
  return {
    commands: {
      talkDrafts: () => answer("drafts", []),
      talkList: () =>
        answer("list", {
          all: program.rows.length,
          months: ["2026-10"],
          days: days(),
          rows: program.rows,
        }),
      findTalks: (query: string) => answer(`find ${query}`, program.rows.slice(0, 1)),
      talkRows: () => answer("rows", program.rows),
    },
    ROWS: 50,
    events: { changed: { listen: async () => () => {} } },
  };
});

const { Talks } = await import("./talks.svelte");

function talk(id: string): TalkRow {
  return { id, when: "2026-10-05T09:15:00+02:00" } as TalkRow;
}

describe("the list of conversations", () => {
  beforeEach(() => Object.assign(program, { asked: [], rows: [talk("1"), talk("2")] }));

  it("asks only for what is found while somebody types", async () => {
    const talks = new Talks();
    await talks.refresh();
    program.asked = [];
    await talks.search("bank");
    expect(program.asked).toEqual(["find bank"]);
    expect([talks.count, talks.all]).toEqual([1, 2]);
    await talks.search("");
    expect(talks.count).toBe(2);
  });

  it("is there again at once where it was seen before, and then as it is now", async () => {
    const before = new Talks();
    await before.refresh();
    const again = new Talks(before);
    expect([again.loaded, again.row(0)?.id]).toEqual([true, "1"]);
    program.rows = [talk("3")];
    await again.refresh();
    expect([again.count, again.row(0)?.id]).toEqual([1, "3"]);
  });

  it("asks only where a narrowing changes something", async () => {
    const talks = new Talks();
    await talks.refresh();
    program.asked = [];
    talks.narrow({ from: null });
    expect(program.asked).toEqual([]);
    talks.narrow({ from: "2026-10-05" });
    expect(program.asked).toEqual(["drafts", "list"]);
  });

  it("begins anew after a search: what was found is not the list", async () => {
    const before = new Talks();
    await before.refresh();
    await before.search("bank");
    expect(new Talks(before).loaded).toBe(false);
  });

  it("is read again where a search overtook its reading", async () => {
    vi.useFakeTimers();
    const talks = new Talks();
    const reading = talks.refresh();
    await talks.search("bank");
    await reading;
    expect(talks.loaded).toBe(false);
    await vi.runAllTimersAsync();
    vi.useRealTimers();
    expect([talks.loaded, talks.count]).toEqual([true, 1]);
  });
});
