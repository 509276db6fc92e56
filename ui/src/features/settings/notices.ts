/** What others wrote and ships with the program, as `docs/third-party.md` lists it. */
export interface Notices {
  count: number;
  parts: { title: string; rows: { name: string; version: string; licence: string }[] }[];
}

export function readNotices(text: string): Notices {
  const parts: Notices["parts"] = [];
  for (const line of text.split("\n")) {
    const heading = /^## (.+)$/.exec(line)?.[1];
    if (heading) parts.push({ title: heading, rows: [] });
    const cells = line.startsWith("|") ? line.split("|").map((cell) => cell.trim()) : [];
    const [, name, version, licence] = cells;
    if (!name || !version || !licence || name === "name" || /^-+$/.test(name)) continue;
    parts.at(-1)?.rows.push({ name, version, licence });
  }
  const full = parts.filter(({ rows }) => rows.length > 0);
  return { count: full.reduce((sum, { rows }) => sum + rows.length, 0), parts: full };
}
