import { describe, expect, it } from "vitest";
import type { TalkRow } from "../../api/bindings";
import { withDays } from "./rows";

function talk(id: string, occurred_at: string): TalkRow {
  return { id, occurred_at, text: "", place: null, districts: [], topics: [], mark: null };
}

const talks = [
  talk("c", "2026-10-02T09:00:00+02:00"),
  talk("b", "2026-10-01T23:59:00+02:00"),
  talk("a", "2026-10-01T00:00:00+02:00"),
];

describe("conversations under their days", () => {
  it("each day has one heading and its count", () => {
    const rows = withDays(talks, true);
    expect(rows.map((row) => (row.kind === "day" ? `${row.day}: ${row.count}` : row.key))).toEqual([
      "2026-10-02: 1",
      "c",
      "2026-10-01: 2",
      "b",
      "a",
    ]);
  });

  it("a day that may go on has no count", () => {
    const last = withDays(talks, false).findLast((row) => row.kind === "day");
    expect(last?.kind === "day" && last.count).toBeUndefined();
  });

  it("only conversations can be stopped at", () => {
    expect(withDays(talks, true).filter((row) => row.stop)).toHaveLength(3);
  });
});
