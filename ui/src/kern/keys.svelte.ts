import { matches, writes } from "./combo";

/** Where the palette and F1 list a command. */
export const GROUPS = ["make", "go", "here", "app"] as const;
export type Group = (typeof GROUPS)[number];

export interface Command {
  id: string;
  /** Its name, as the button says it. */
  label: () => string;
  /** Its keys, e.g. `Ctrl+N`; a command may have none and stand in the palette only. */
  combo?: string;
  run: () => void;
  /** `make` begins something new, `go` leads elsewhere, `here` acts in the view that is shown, `app` on the whole. */
  group: Group;
  /** Whether it can be done now; absent: always. */
  when?: () => boolean;
  /** Its keys mean something else while one types (Strg+Z). */
  notInText?: boolean;
}

const TEXT =
  "input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable]";

/** Every command there is just now: keys, palette and F1 all read this one list. */
class Keys {
  #all = $state.raw<Command[]>([]);
  /** A dialog is open: it alone hears keys. */
  #dialogs = 0;

  /** What can be done now. The newest of an id counts: a view may say more precisely what the shell offers. */
  get now(): Command[] {
    const newest = new Map(this.#all.map((command) => [command.id, command]));
    return [...newest.values()].filter((command) => command.when?.() ?? true);
  }

  /** Registers a command; answers how to remove it. */
  add(command: Command): () => void {
    this.#all = [...this.#all, command];
    return () => {
      this.#all = this.#all.filter((each) => each !== command);
    };
  }

  /** Registers several; answers how to remove them. */
  addAll(commands: Command[]): () => void {
    const removes = commands.map((command) => this.add(command));
    return () => removes.forEach((remove) => remove());
  }

  /** No command runs by key until the answer is called. */
  pause(): () => void {
    this.#dialogs += 1;
    let over = false;
    return () => {
      if (!over) this.#dialogs -= 1;
      over = true;
    };
  }

  /** The window's one listener. */
  heard(event: KeyboardEvent) {
    if (event.defaultPrevented || event.isComposing || this.#dialogs > 0) return;
    const typing = event.target instanceof Element && event.target.matches(TEXT);
    const found = this.now.findLast(
      ({ combo, notInText }) => combo && matches(combo, event) && !(typing && (notInText || writes(combo))),
    );
    if (!found) return;
    event.preventDefault();
    found.run();
  }
}

export const keys = new Keys();
