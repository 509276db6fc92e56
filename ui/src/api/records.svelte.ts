import { events, type DraftRow, type Trouble } from "./bindings";

/** How the program answers. */
type Answer<T> = { status: "ok"; data: T } | { status: "error"; error: Trouble };

/** Some records of a list, and how many there are. */
interface Page<Row> {
  rows: Row[];
  /** Of what was asked for. */
  total: number;
  /** There is any record at all. */
  any: boolean;
}

/** One piece of a list. */
const PAGE = 200;
/** A burst of changes is looked at once. */
const CALM_MS = 150;
/** Typing on within this time asks once. */
const TYPING_MS = 120;

/** A list of records of one kind, and the one that is open. */
export abstract class Records<Row extends { id: string }, P extends Page<Row>, One> {
  district = $state("");
  query = $state("");

  page = $state.raw<P>();
  drafts = $state.raw<DraftRow[]>([]);
  trouble = $state.raw<Trouble>();
  /** The row one was at. */
  current = $state<string>();

  openId = $state<string>();
  open = $state.raw<One>();
  /** The open one has left this device. */
  gone = $state(false);

  #limit = PAGE;
  #asked = 0;
  #read = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The first so many of what was chosen. */
  protected abstract list(limit: number): Promise<Answer<P>>;
  protected abstract begun(): Promise<Answer<DraftRow[]>>;
  /** One record; nothing where it is no longer here. */
  protected abstract one(id: string): Promise<Answer<One | null>>;

  get rows(): readonly Row[] {
    return this.page?.rows ?? [];
  }

  watch(): () => void {
    void this.look();
    const heard = events.changed.listen(() => this.#soon(CALM_MS));
    return () => {
      clearTimeout(this.#timer);
      void heard.then((stop) => stop());
    };
  }

  /** Somebody chose or typed something else. */
  choose(typing = false) {
    this.#limit = PAGE;
    this.current = undefined;
    this.#soon(typing ? TYPING_MS : 0);
  }

  more() {
    if (!this.page || this.page.rows.length >= this.page.total || this.#limit > this.page.rows.length) return;
    this.#limit += PAGE;
    void this.look();
  }

  #soon(wait: number) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(), wait);
  }

  async look() {
    const asked = ++this.#asked;
    const [answer, drafts] = await Promise.all([this.list(this.#limit), this.begun()]);
    if (asked !== this.#asked) return;
    if (answer.status === "error") this.trouble = answer.error;
    else {
      this.page = answer.data;
      this.trouble = undefined;
    }
    if (drafts.status === "ok") this.drafts = drafts.data;
    if (this.openId) await this.read(this.openId);
  }

  async read(id: string | undefined) {
    if (id !== this.openId) {
      this.open = undefined;
      this.gone = false;
    }
    this.openId = id;
    if (!id) return;
    this.current = id;
    const read = ++this.#read;
    const answer = await this.one(id);
    // An answer that was overtaken shows the record as it was.
    if (this.openId !== id || read !== this.#read) return;
    if (answer.status === "error") {
      this.trouble = answer.error;
      this.gone = !this.open;
      return;
    }
    this.open = answer.data ?? undefined;
    this.gone = answer.data === null;
  }
}
