import { tick } from "svelte";
import { m } from "../words/messages";

/** What came of taking something back. */
export interface Undone {
  /** What it was about: the record's name or first words. */
  of?: string;
  /** Does it again after all. */
  again?: Undo | undefined;
}

/** Undoes what was said. */
export type Undo = () => Promise<Undone | void>;

interface Line {
  text: string;
  undo?: Undo | undefined;
  /** This line says that something was taken back: it can be done again. */
  again?: Line | undefined;
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
  #redos: Line[] = [];
  #busy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get canUndo(): boolean {
    return this.#undos.length > 0;
  }

  get canRedo(): boolean {
    return this.#redos.length > 0;
  }

  show(line: Line) {
    this.line = line;
    if (line.undo) this.#undos = [...this.#undos, line].slice(-MOST);
    this.#count();
  }

  /** Something new was done: what was taken back before stays taken back. */
  say(line: Line) {
    if (line.undo) this.#redos = [];
    this.show(line);
  }

  hold(held: boolean) {
    this.held = held;
    this.#count();
  }

  /** Takes the newest of what can be taken back, also where its line is gone already. */
  async undo() {
    const newest = this.#undos.at(-1);
    if (!newest?.undo) return this.show({ text: m.said_nothing_to_undo() });
    await this.#run(newest.undo, ({ of, again }) => {
      this.#undos = this.#undos.filter((each) => each !== newest);
      const redo = again && { text: newest.text, undo: again };
      if (redo) this.#redos = [...this.#redos, redo];
      const what = newest.text;
      this.show({ text: of ? m.said_undone_of({ what, of }) : m.said_undone({ what }), again: redo });
    });
  }

  /** Does again what was taken back last. */
  async redo() {
    const newest = this.#redos.at(-1);
    if (!newest?.undo) return this.show({ text: m.said_nothing_to_redo() });
    await this.#run(newest.undo, ({ again }) => {
      this.#redos = this.#redos.filter((each) => each !== newest);
      this.show({ text: newest.text, undo: again });
    });
  }

  async #run(act: Undo, then: (undone: Undone) => void) {
    if (this.#busy) return;
    this.#busy = true;
    try {
      then((await act()) ?? {});
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
    this.#redos = [];
  }

  #count() {
    clearTimeout(this.#timer);
    if (this.line && !this.held) this.#timer = setTimeout(() => this.close(), STAYS_MS);
  }
}

export const said = new Said();

/** Says what was done; with `undo` the person can take it back, by the button or by Strg+Z. */
export function say(text: string, undo?: Undo) {
  said.say({ text, undo });
}
