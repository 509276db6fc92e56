import { commands } from "../api/bindings";
import type { Command } from "../kern/keys.svelte";
import { m } from "../words/messages";

/** Everything larger or smaller, before the notebook is open as well. */
export function sizes(): Command[] {
  return [
    {
      id: "larger",
      label: m.size_larger,
      combo: "Ctrl++",
      group: "app",
      run: () => void commands.resize("larger"),
    },
    {
      id: "smaller",
      label: m.size_smaller,
      combo: "Ctrl+-",
      group: "app",
      run: () => void commands.resize("smaller"),
    },
    {
      id: "usual",
      label: m.size_usual,
      combo: "Ctrl+0",
      group: "app",
      run: () => void commands.resize("usual"),
    },
  ];
}
