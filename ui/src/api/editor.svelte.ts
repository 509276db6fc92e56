import { Arriving } from "./arriving.svelte";
import type { Trouble, Written } from "./bindings";
import { beforeLock } from "./keeping";
import { stuck } from "./stuck";
import { sentence } from "./trouble";

/** How the program answers. */
type Answer<T> = { status: "ok"; data: T } | { status: "error"; error: Trouble };

/** What an editor asks of the program, for records of one kind. */
export interface Calls<F> {
  open: (id: string) => Promise<Answer<{ form: F; typed: boolean }>>;
  keep: (id: string, form: F | null) => Promise<Answer<null>>;
  save: (id: string, form: F) => Promise<Answer<Written>>;
  /** What tells its drafts from those of other editors. */
  kind: string;
  /** It is done only when somebody says so, as with a new record: left, or left alone, it stays a draft. */
  asked: boolean;
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
  /** Its photos and files on their way in. */
  readonly arriving = new Arriving();
  /** What is left and still waits for a photo: whoever opens it again finds it with it. */
  static readonly #leaving = new Map<string, Promise<unknown>>();
  readonly #calls: Calls<F>;
  /** As it stands in the notebook. */
  #was = "";
  #closed = false;
  /** Keeping and saving come one after the other: a draft that arrives after its change would stay for ever. */
  #turn: Promise<unknown> = Promise.resolve();
  /** Ends the promise that what is typed is kept before the notebook locks. */
  #over: (() => void) | undefined;
  #kept: ReturnType<typeof setTimeout> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(id: string, calls: Calls<F>) {
    this.id = id;
    this.#calls = calls;
  }

  get #draft(): string {
    return `${this.#calls.kind} ${this.id}`;
  }

  async begin() {
    await Editor.#leaving.get(this.#draft);
    const answer = await this.#calls.open(this.id);
    if (answer.status === "error") {
      this.trouble = answer.error;
      return;
    }
    const held = stuck.of<F>(this.#draft);
    this.form = held ?? answer.data.form;
    this.typed = answer.data.typed || held !== undefined;
    this.#was = this.typed ? "" : JSON.stringify(answer.data.form);
    this.#over ??= beforeLock(async () => this.#closed || this.#keepWhole());
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
    clearTimeout(this.#idle);
    // The first key begins to count, so that typing on and on is kept as well.
    this.#kept ??= setTimeout(() => void this.#keep(), KEEP_MS);
    this.#idle = setTimeout(() => void this.#rest(), IDLE_MS);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(act);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  #still() {
    clearTimeout(this.#kept);
    clearTimeout(this.#idle);
    this.#kept = undefined;
  }

  /** Whether it is on the disk now. */
  #keep(): Promise<boolean> {
    clearTimeout(this.#kept);
    this.#kept = undefined;
    return this.#inTurn(async () => {
      if (this.#closed || !this.form) return true;
      const answer = await this.#calls.keep(this.id, $state.snapshot(this.form) as F);
      // Words that are not on the disk are not safe: the person must know.
      if (answer.status === "error") this.trouble = answer.error;
      else stuck.free(this.#draft);
      return answer.status === "ok";
    });
  }

  /** What is typed first, then the photos on their way in. */
  async #keepWhole(): Promise<boolean> {
    const kept = !this.changed || (await this.#keep());
    if (!this.arriving.some) return kept;
    await this.arriving.over();
    return !this.changed || this.#keep();
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

  #save(): Promise<Written | undefined> {
    this.#still();
    return this.#inTurn(async () => {
      if (!this.form || this.#closed) return undefined;
      this.busy = true;
      const answer = await this.#calls.save(this.id, $state.snapshot(this.form) as F);
      this.busy = false;
      if (answer.status === "error") {
        this.trouble = answer.error;
        return undefined;
      }
      stuck.free(this.#draft);
      return answer.data;
    });
  }

  /** One change of what was typed; nothing where something is not right yet. */
  async finish(): Promise<Written | undefined> {
    if (this.busy || this.arriving.waits) return undefined;
    // What could not be taken in is said first: whoever says "Fertig" again knows that it is missing.
    if (!(await this.arriving.over())) return undefined;
    const written = await this.#save();
    if (written) this.#close();
    // What is wrong with it stands there, and must not give way to having been kept.
    else await this.#keep();
    return written;
  }

  /** The editor is left: what is whole becomes a change, what is not, or is only done when asked, stays a draft. */
  async leave(): Promise<{ written?: Written; draft: boolean; stuck: boolean }> {
    if (!this.arriving.some || this.#closed) return this.#leave();
    const draft = this.#draft;
    const left = this.#keepWhole().then(() => this.#leave());
    Editor.#leaving.set(draft, left);
    return left.finally(() => Editor.#leaving.delete(draft));
  }

  async #leave(): Promise<{ written?: Written; draft: boolean; stuck: boolean }> {
    this.#still();
    if (this.#closed || !this.changed) {
      this.#close();
      return { draft: false, stuck: false };
    }
    const written = this.#calls.asked ? undefined : await this.#save();
    if (written) {
      this.#close();
      return { written, draft: false, stuck: false };
    }
    const kept = await this.#keep();
    if (!kept) {
      const [id, form] = [this.id, $state.snapshot(this.form) as F];
      stuck.hold(this.#draft, form, () => this.#calls.keep(id, form));
    }
    this.#close();
    return { draft: true, stuck: !kept };
  }

  #close() {
    this.#closed = true;
    this.#over?.();
  }

  /** What was typed goes; answers how it comes back. */
  async discard(): Promise<() => Promise<void>> {
    this.#still();
    const [id, form] = [this.id, $state.snapshot(this.form) as F];
    await this.#inTurn(async () => {
      this.#close();
      stuck.free(this.#draft);
      await this.#calls.keep(id, null);
    });
    return async () => {
      const answer = await this.#calls.keep(id, form);
      if (answer.status === "error") throw new Error(sentence(answer.error.code));
    };
  }
}
