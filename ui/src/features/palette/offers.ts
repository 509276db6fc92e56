import type { Found, FoundKind } from "../../api/bindings";
import { GROUPS, type Command } from "../../kern/keys.svelte";
import { plain } from "../../kern/matching";

/** One line of the palette: a command to run or a record to open. */
export type Offer = { key: string; command: Command } | { key: string; found: Found };

export interface Section {
  kind: FoundKind | "command";
  offers: Offer[];
}

/** So many commands stand above what was found; more would push it off the screen. */
const MOST_COMMANDS = 4;

/** Whether each word of the query begins a word of the label. */
export function fits(label: string, query: string): boolean {
  const words = plain(label).split(/\s+/);
  return plain(query)
    .split(/\s+/)
    .filter(Boolean)
    .every((wished) => words.some((word) => word.startsWith(wished)));
}

/** What the palette lists: without a query every command in the order of F1, else commands that fit and records that hold it. */
export function sections(query: string, commands: Command[], found: Found[]): Section[] {
  const asked = query.trim();
  const fitting = commands.filter((command) => fits(command.label(), asked));
  const order = ({ group }: Command) => GROUPS.indexOf(group);
  const all = commands.toSorted((one, other) => order(one) - order(other));
  const shown = asked ? fitting.slice(0, MOST_COMMANDS) : all;
  const kinds: FoundKind[] = ["contact", "request", "note"];
  return [
    { kind: "command" as const, offers: shown.map((command) => ({ key: `command-${command.id}`, command })) },
    ...kinds.map((kind) => ({
      kind,
      offers: found
        .filter((each) => each.kind === kind)
        .map((each) => ({ key: `record-${each.id}`, found: each })),
    })),
  ].filter(({ offers }) => offers.length > 0);
}
