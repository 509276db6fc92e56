import { describe, expect, it } from "vitest";
import { readNotices } from "./notices";

const list = `# What ships

## In the window

| name | version | licence |
| --- | --- | --- |
| svelte | 5.57.3 | MIT |
| @kern-ux/native | 2.12.5 | Apache-2.0 OR MIT |

## Empty
`;

describe("the notices of what others wrote", () => {
  it("are read from the list that ships", () => {
    const { count, parts } = readNotices(list);
    expect(count).toBe(2);
    expect(parts.map(({ title }) => title)).toEqual(["In the window"]);
    expect(parts[0]?.rows[1]).toEqual({
      name: "@kern-ux/native",
      version: "2.12.5",
      licence: "Apache-2.0 OR MIT",
    });
  });

  it("are none where there are none", () => {
    expect(readNotices("")).toEqual({ count: 0, parts: [] });
  });
});
