import { commands, events, type Talk, type TalkRow, type Trouble } from "../../api/bindings";
import { withDays } from "./rows";

/** One page of the list, and the most a search shows. */
const PAGE = 200;
/** A burst of changes is looked at once. */
const CALM_MS = 150;
/** Typing on within this time asks once. */
const TYPING_MS = 120;

/** The list of conversations, the search in it, and the one that is open. */
export class Talks {
  query = $state("");
  openId = $state<string>();
  open = $state.raw<Talk>();
  /** The open one has left this device. */
  gone = $state(false);
  loaded = $state(false);
  /** Why the list is not what it should be. */
  trouble = $state<Trouble>();

  #talks = $state.raw<TalkRow[]>([]);
  #next = $state<string | null>(null);
  #shownQuery = $state("");
  #asked = 0;
  #reading = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly count = $derived(this.#talks.length);
  readonly searching = $derived(this.#shownQuery !== "");
  /** A search shows the newest; there may be more. */
  readonly cut = $derived(this.searching && this.#talks.length >= PAGE);
  readonly rows = $derived(withDays(this.#talks, this.#next === null && !this.cut));
  readonly shownQuery = $derived(this.#shownQuery);

  /** Reads from now on, and again whenever something changed; answers how to stop. */
  watch(): () => void {
    void this.#refresh();
    const heard = events.changed.listen(() => this.#soon(CALM_MS));
    return () => {
      clearTimeout(this.#timer);
      void heard.then((stop) => stop());
    };
  }

  search(query: string) {
    this.query = query;
    this.#soon(query ? TYPING_MS : 0);
  }

  #soon(wait: number) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#refresh(), wait);
  }

  async #refresh() {
    const asked = ++this.#asked;
    const query = this.query.trim();
    if (query) {
      const answer = await commands.findTalks(query, PAGE);
      if (asked !== this.#asked) return;
      if (answer.status === "error") return this.#failed(answer.error);
      this.#talks = answer.data;
      this.#next = null;
    } else {
      // As much as was read before, so that nothing jumps under somebody who scrolled down.
      const limit = this.#shownQuery ? PAGE : Math.max(PAGE, this.#talks.length);
      const answer = await commands.talks(null, limit);
      if (asked !== this.#asked) return;
      if (answer.status === "error") return this.#failed(answer.error);
      this.#talks = answer.data.rows;
      this.#next = answer.data.next;
    }
    this.#shownQuery = query;
    this.trouble = undefined;
    this.loaded = true;
    if (this.openId) await this.show(this.openId);
  }

  /** What was read before stays where it is; the person is told why nothing new comes. */
  #failed(trouble: Trouble) {
    this.trouble = trouble;
    this.loaded = true;
  }

  /** Reads on, where there is more. */
  async more() {
    if (this.#reading || this.#next === null) return;
    this.#reading = true;
    const asked = this.#asked;
    const answer = await commands.talks(this.#next, PAGE);
    this.#reading = false;
    if (asked !== this.#asked || answer.status === "error") return;
    this.#talks = [...this.#talks, ...answer.data.rows];
    this.#next = answer.data.next;
  }

  /** The district of the newest conversation among these: the next one is most likely there too. */
  lastDistrict(among: { id: string }[]): string | undefined {
    const ids = new Set(among.map(({ id }) => id));
    return this.#talks.flatMap(({ districts }) => districts).find((id) => ids.has(id));
  }

  /** A conversation was just logged: it is shown, whatever was searched for. */
  async logged(id: string) {
    clearTimeout(this.#timer);
    this.query = "";
    this.openId = id;
    await this.#refresh();
  }

  async show(id: string) {
    this.openId = id;
    const answer = await commands.talk(id);
    if (this.openId !== id || answer.status === "error") return;
    this.open = answer.data ?? undefined;
    this.gone = answer.data === null;
  }
}
