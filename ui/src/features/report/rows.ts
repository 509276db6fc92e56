import type { ReportLine } from "../../api/bindings";

/** What a report writes before the name of an entry that belongs under the one above it. */
const BELOW = "– ";

/** Rows with their titles; those under another are set in by the window, not by a sign. */
export function named(rows: ReportLine[]): { row: ReportLine; title: string; below: boolean }[] {
  return rows.map((row) => {
    const below = row.head.title.startsWith(BELOW);
    return { row, below, title: below ? row.head.title.slice(BELOW.length) : row.head.title };
  });
}
