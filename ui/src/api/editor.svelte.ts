import type { Trouble, Written } from "./bindings";
import { beforeLock } from "./keeping";
import { sentence } from "./trouble";

/** How the program answers. */
type Answer<T> = { status: "ok"; data: T } | { status: "error"; error: Trouble };

/** What an editor asks of the program, for records of one kind. */
export interface Calls<F> {
  open: (id: string) => Promise<Answer<{ form: F; typed: boolean }>>;
  keep: (id: string, form: F | null) => Promise<Answer<null>>;
  save: (id: string, form: F) => Promise<Answer<Written>>;
  /** It is done only when somebody says so; left, or left alone, it stays a draft. */
  asked?: boolean;
}

/** Half of what the notebook promises: what is typed is kept within a second. */
const KEEP_MS = 500;
/** So long without a key, and what was typed becomes a change. */
const IDLE_MS = 5 * 60_000;

/** A record being typed: kept on this device with every pause, one change when it is finished. */
export class Editor<F extends object> {
  form = $state<F>();
  /** Somebody began it earlier and did not finish. */
  typed = $state(false);
  busy = $state(false);
  trouble = $state.raw<Trouble>();
  /** What is edited; a new record has an id of its own once it is saved. */
  id = $state("");
  /** It was saved by itself while nobody typed. */
  onsaved: ((written: Written) => void) | undefined;
  readonly #calls: Calls<F>;
  /** As it stands in the notebook. */
  #was = "";
  #closed = false;
  /** Ends the promise that what is typed is kept before the notebook locks. */
  #over: (() => void) | undefined;
  #kept: ReturnType<typeof setTimeout> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(id: string, calls: Calls<F>) {
    this.id = id;
    this.#calls = calls;
  }

  async begin() {
    const answer = await this.#calls.open(this.id);
    if (answer.status === "error") {
      this.trouble = answer.error;
      return;
    }
    this.form = answer.data.form;
    this.typed = answer.data.typed;
    this.#was = answer.data.typed ? "" : JSON.stringify(answer.data.form);
    this.#over ??= beforeLock(async () => {
      if (this.changed) await this.#keep();
    });
  }

  /** What is wrong with no field of its own, in words. */
  get general(): string | undefined {
    return this.trouble && !this.trouble.faults.length ? sentence(this.trouble.code) : undefined;
  }

  get changed(): boolean {
    return this.form !== undefined && JSON.stringify(this.form) !== this.#was;
  }

  /**
   * Somebody typed or chose something. A field that is only left keeps what is said of it: words that vanish between
   * pressing and letting go of the mouse would move the button away from under it.
   */
  touched(typed = true) {
    if (typed) this.trouble = undefined;
    clearTimeout(this.#kept);
    clearTimeout(this.#idle);
    this.#kept = setTimeout(() => void this.#keep(), KEEP_MS);
    this.#idle = setTimeout(() => void this.#rest(), IDLE_MS);
  }

  async #keep() {
    if (this.#closed || !this.form) return;
    const answer = await this.#calls.keep(this.id, $state.snapshot(this.form) as F);
    // Words that are not on the disk are not safe: the person must know.
    if (answer.status === "error") this.trouble = answer.error;
  }

  /** Nobody types any more: what is whole becomes a change, the editor stays open. */
  async #rest() {
    if (!this.changed || this.#calls.asked) return;
    const written = await this.#save();
    if (!written) return void (this.trouble = undefined);
    this.id = written.id;
    this.onsaved?.(written);
    await this.begin();
  }

  async #save(): Promise<Written | undefined> {
    if (!this.form || this.busy) return undefined;
    clearTimeout(this.#kept);
    clearTimeout(this.#idle);
    this.busy = true;
    const answer = await this.#calls.save(this.id, $state.snapshot(this.form) as F);
    this.busy = false;
    if (answer.status === "ok") return answer.data;
    this.trouble = answer.error;
    return undefined;
  }

  /** One change of what was typed; nothing where something is not right yet. */
  async finish(): Promise<Written | undefined> {
    const written = await this.#save();
    if (written) this.#close();
    else await this.#keep();
    return written;
  }

  /** The editor is left: what is whole becomes a change, what is not stays a draft. */
  async leave(): Promise<{ written?: Written; draft: boolean }> {
    clearTimeout(this.#kept);
    clearTimeout(this.#idle);
    if (this.#closed || !this.changed) {
      this.#close();
      return { draft: false };
    }
    const written = this.#calls.asked ? undefined : await this.#save();
    if (!written) {
      await this.#keep();
      this.#close();
      return { draft: true };
    }
    this.#close();
    return { written, draft: false };
  }

  #close() {
    this.#closed = true;
    this.#over?.();
  }

  /** What was typed goes. */
  async discard() {
    this.#close();
    clearTimeout(this.#kept);
    clearTimeout(this.#idle);
    await this.#calls.keep(this.id, null);
  }
}
