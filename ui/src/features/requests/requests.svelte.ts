import {
  commands,
  events,
  type DraftRow,
  type Request,
  type RequestRow,
  type RequestsPage,
  type RequestsShow,
  type Trouble,
} from "../../api/bindings";

/** One piece of the list. */
const PAGE = 200;
/** A burst of changes is looked at once. */
const CALM_MS = 150;
/** Typing on within this time asks once. */
const TYPING_MS = 120;
export const LINE_HEIGHT = 64;

export interface Line {
  key: string;
  height: number;
  stop: true;
  request: RequestRow;
}

/** The list of requests, and the one that is open. */
export class Requests {
  show = $state<RequestsShow>("open");
  status = $state("");
  district = $state("");
  mine = $state(false);
  query = $state("");
  newestFirst = $state(false);

  page = $state.raw<RequestsPage>();
  drafts = $state.raw<DraftRow[]>([]);
  trouble = $state.raw<Trouble>();
  /** The row one was at. */
  current = $state<string>();

  openId = $state<string>();
  open = $state.raw<Request>();
  /** The open one has left this device. */
  gone = $state(false);

  #limit = PAGE;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly lines = $derived<Line[]>(
    this.page?.rows.map((request) => ({ key: request.id, height: LINE_HEIGHT, stop: true, request })) ?? [],
  );
  /** Something is left out by what was chosen. */
  readonly narrowed = $derived(
    !!this.query.trim() || !!this.status || !!this.district || this.mine || this.show !== "all",
  );

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
    const wish = {
      show: this.show,
      status: this.status || null,
      district: this.district || null,
      mine: this.mine,
      query: this.query.trim(),
      newest_first: this.newestFirst,
      limit: this.#limit,
    };
    const [answer, drafts] = await Promise.all([commands.requests(wish), commands.requestDrafts()]);
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
    const answer = await commands.request(id);
    if (this.openId !== id) return;
    if (answer.status === "error") {
      this.trouble = answer.error;
      this.gone = !this.open;
      return;
    }
    this.open = answer.data ?? undefined;
    this.gone = answer.data === null;
  }
}
