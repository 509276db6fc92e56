import { tick } from "svelte";
import { m } from "../words/messages";

/** Undoes what was said, and may tell in words what it put back. */
export type Undo = () => Promise<string | void>;

interface Line {
  text: string;
  undo?: Undo | undefined;
}

/** Longer than anybody needs to reach "Rückgängig". */
const STAYS_MS = 25_000;
/** What Strg+Z reaches back to. */
const MOST = 50;

/** The line that says what was just done, and takes it back if wished. */
class Said {
  line = $state.raw<Line>();
  /** Somebody is at the line: it stays. */
  held = $state(false);
  #undos: Line[] = [];
  #busy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get canUndo(): boolean {
    return this.#undos.length > 0;
  }

  show(line: Line) {
    this.line = line;
    if (line.undo) this.#undos = [...this.#undos, line].slice(-MOST);
    this.#count();
  }

  hold(held: boolean) {
    this.held = held;
    this.#count();
  }

  /** Takes the newest of what can be taken back, also where its line is gone already. */
  async undo() {
    if (this.#busy) return;
    const newest = this.#undos.at(-1);
    if (!newest?.undo) return this.show({ text: m.said_nothing_to_undo() });
    this.#busy = true;
    try {
      const told = await newest.undo();
      this.#undos = this.#undos.filter((each) => each !== newest);
      this.show({ text: told ?? m.said_undone({ what: newest.text }) });
    } catch {
      this.show({ text: m.said_undo_failed() });
    } finally {
      this.#busy = false;
    }
    await tick();
  }

  close() {
    clearTimeout(this.#timer);
    this.line = undefined;
    this.held = false;
  }

  /** Nothing of what was said stays, as when the notebook is locked. */
  forget() {
    this.close();
    this.#undos = [];
  }

  #count() {
    clearTimeout(this.#timer);
    if (this.line && !this.held) this.#timer = setTimeout(() => this.close(), STAYS_MS);
  }
}

export const said = new Said();

/** Says what was done; with `undo` the person can take it back, by the button or by Strg+Z. */
export function say(text: string, undo?: Undo) {
  said.show({ text, undo });
}
