import {
  commands,
  events,
  ROWS,
  type Talk,
  type TalkDay,
  type TalkDraft,
  type TalkFilter,
  type TalkForm,
  type TalkRow,
  type Trouble,
} from "../../api/bindings";
import { early } from "../../api/early";
import { first } from "../../api/first";
import { cityNow } from "../../kern/clock";
import { isoDay } from "../../kern/dates";
import { dayOf } from "./days";
import { Days } from "./rows";

/** So many rows are read at once, and come with the page. */
const PAGE = ROWS;
/** The most a search shows. */
const MOST = 200;
/** A burst of changes is looked at once. */
const CALM_MS = 150;

export const ALL: TalkFilter = {
  from: null,
  to: null,
  district: null,
  topic: null,
  open: false,
  mine: false,
};

const firstDrafts = early(() => commands.talkDrafts(), first("drafts"));
const firstList = early(() => commands.talkList(ALL, 0, PAGE), first("list"));

/** What is shown together: how the list lies, and the pages of rows that were read, by their number. */
interface Shown {
  days: Days;
  pages: Map<number, TalkRow[]>;
  query: string;
}

/** Rows as pages, the first of them of this number. */
function paged(rows: TalkRow[], first = 0): Map<number, TalkRow[]> {
  const pages = new Map<number, TalkRow[]>();
  for (let at = 0; at < rows.length; at += PAGE) pages.set(first + at / PAGE, rows.slice(at, at + PAGE));
  return pages;
}

/** The list of conversations, the search in it, and the one that is open. */
export class Talks {
  query = $state("");
  filter = $state.raw<TalkFilter>(ALL);
  /** The days are typed into fields of their own. */
  ownDays = $state(false);
  openId = $state<string>();
  open = $state.raw<Talk>();
  /** The open one has left this device. */
  gone = $state(false);
  loaded = $state(false);
  drafts = $state.raw<TalkDraft[]>([]);
  /** How many there are without a filter, and in which months. */
  all = $state(0);
  months = $state.raw<string[]>([]);
  /** Why the list is not what it should be. */
  trouble = $state.raw<Trouble>();

  #shown = $state.raw<Shown>({ days: new Days([]), pages: new Map(), query: "" });
  #seen: [number, number] = [0, 30];
  #asked = 0;
  #reading = new Set<number>();
  #isSearching = false;
  #isRefreshing = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly days = $derived(this.#shown.days);
  readonly count = $derived(this.#shown.days.count);
  readonly shownQuery = $derived(this.#shown.query);
  readonly searching = $derived(this.#shown.query !== "");
  /** A search shows the newest; there may be more. */
  readonly cut = $derived(this.searching && this.count >= MOST);
  readonly filtered = $derived(JSON.stringify(this.filter) !== JSON.stringify(ALL));
  /** Where the open one stands; -1 where it is not in the list, or that is not known. */
  readonly current = $derived.by(() => {
    if (!this.openId) return -1;
    for (const [page, rows] of this.#shown.pages) {
      const at = rows.findIndex(({ id }) => id === this.openId);
      if (at >= 0) return this.days.indexOf(page * PAGE + at);
    }
    return -1;
  });

  /** Where the list was seen before, it is there again at once, and what is new in it comes a moment later. */
  constructor(before?: Talks) {
    if (!before?.loaded || before.trouble || before.filtered || before.searching) return;
    this.#shown = before.#shown;
    this.all = before.all;
    this.months = before.months;
    this.drafts = before.drafts;
    this.loaded = true;
  }

  row(number: number): TalkRow | undefined {
    return this.#shown.pages.get(Math.floor(number / PAGE))?.[number % PAGE];
  }

  /** Reads from now on, and again whenever something changed; answers how to stop. */
  watch(): () => void {
    void this.refresh(firstDrafts, firstList);
    const heard = events.changed.listen(() => this.#soon(CALM_MS));
    // What changed before anybody listened is looked at once more.
    void heard.then(() => this.#soon(CALM_MS));
    return () => {
      clearTimeout(this.#timer);
      void heard.then((stop) => stop());
    };
  }

  /** Asks at once; what is typed while an answer is on its way is asked for together after it. */
  async search(query: string) {
    this.query = query;
    if (this.#isSearching) return;
    this.#isSearching = true;
    try {
      let asked: string | undefined;
      while (asked !== this.query) {
        asked = this.query;
        await (asked.trim() ? this.#find(asked.trim()) : this.refresh());
      }
    } finally {
      this.#isSearching = false;
    }
  }

  /** What is typed changes what is found, and nothing else. */
  async #find(query: string) {
    // What it overtakes is read again after it.
    if (this.#isRefreshing) this.#soon(CALM_MS);
    const asked = ++this.#asked;
    const found = await this.#found(query);
    if (asked !== this.#asked) return;
    if ("trouble" in found) this.trouble = found.trouble;
    else this.#show(found);
  }

  /** What changes nothing, as most letters of a day that is typed, asks nothing. */
  narrow(change: Partial<TalkFilter>) {
    const filter = { ...this.filter, ...change };
    if (JSON.stringify(filter) === JSON.stringify(this.filter)) return;
    this.filter = filter;
    void this.refresh();
  }

  widen() {
    this.query = "";
    this.filter = ALL;
    this.ownDays = false;
    void this.refresh();
  }

  #soon(wait: number) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), wait);
  }

  /** Reads what is seen anew. Old and new never mix: all of it is shown at once. */
  async refresh(drafted = commands.talkDrafts, all?: typeof firstList) {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    this.#isRefreshing = true;
    try {
      await this.#read(asked, drafted, all);
    } finally {
      if (asked === this.#asked) this.#isRefreshing = false;
    }
  }

  async #read(asked: number, drafted: typeof commands.talkDrafts, all?: typeof firstList) {
    const query = this.query.trim();
    const [first, limit] = this.#wanted();
    const [drafts, listed, found] = await Promise.all([
      drafted(),
      query
        ? commands.talkList(ALL, 0, 0)
        : (all?.() ?? commands.talkList(this.filter, first * PAGE, limit * PAGE)),
      query ? this.#found(query) : undefined,
    ]);
    if (asked !== this.#asked) return;
    this.loaded = true;
    if (drafts.status === "ok") this.drafts = drafts.data;
    if (listed.status === "ok") {
      this.all = listed.data.all;
      this.months = listed.data.months;
    }
    // What was read before stays where it is; the person is told why nothing new comes.
    if (listed.status === "error") this.trouble = listed.error;
    else if (found && "trouble" in found) this.trouble = found.trouble;
    else {
      const shown = found ?? (await this.#whole(new Days(listed.data.days), paged(listed.data.rows, first)));
      if (asked !== this.#asked) return;
      this.#show(shown);
    }
    if (this.openId) await this.show(this.openId);
  }

  #show(shown: Shown) {
    this.trouble = undefined;
    this.#reading.clear();
    this.#shown = shown;
    // Somebody may have scrolled meanwhile.
    this.seen(...this.#seen);
  }

  /** With the pages of the rows that are drawn without being seen: the open one, and the first, where Tab begins. */
  async #whole(days: Days, pages: Map<number, TalkRow[]>): Promise<Shown> {
    const open = this.days.row(this.current);
    const drawn = new Set([0, open?.kind === "talk" ? Math.floor(open.number / PAGE) : 0]);
    const missing = [...drawn].filter((page) => !pages.has(page));
    await Promise.all(
      missing.map(async (page) => {
        const rows = await this.#page(days, page);
        if (rows) pages.set(page, rows);
      }),
    );
    return { days, pages, query: "" };
  }

  async #found(query: string): Promise<Shown | { trouble: Trouble }> {
    const answer = await commands.findTalks(query, this.filter, MOST);
    if (answer.status === "error") return { trouble: answer.error };
    const days: TalkDay[] = [];
    for (const { when } of answer.data) {
      const day = when.slice(0, 10);
      const last = days.at(-1);
      if (last?.day === day) last.count += 1;
      else days.push({ day, count: 1 });
    }
    return { days: new Days(days), pages: paged(answer.data), query };
  }

  /** The pages that hold what is seen: the first, and how many. */
  #wanted(): [number, number] {
    const days = this.days;
    const number = (index: number) => {
      const row = days.row(Math.min(Math.max(index, 0), days.size - 1));
      return row?.kind === "talk" ? row.number : (days.ofDay(row?.day.day ?? "")?.[0] ?? 0);
    };
    if (days.count === 0) return [0, 1];
    const first = Math.floor(number(this.#seen[0]) / PAGE);
    const last = Math.floor(Math.min(number(this.#seen[1]) + 1, days.count - 1) / PAGE);
    return [first, last - first + 1];
  }

  async #page(days: Days, page: number): Promise<TalkRow[] | undefined> {
    const from = days.stands(page * PAGE);
    if (!from) return undefined;
    const answer = await commands.talkRows(this.filter, from.day, from.skip, PAGE);
    return answer.status === "ok" ? answer.data : undefined;
  }

  /** These rows are seen: what of them was not read yet is read now. */
  seen(from: number, to: number) {
    this.#seen = [from, to];
    if (this.searching) return;
    const [first, count] = this.#wanted();
    for (let page = first; page < first + count; page++) void this.#add(page);
  }

  async #add(page: number) {
    const { days, pages, query } = this.#shown;
    if (pages.has(page) || this.#reading.has(page)) return;
    this.#reading.add(page);
    const read = await this.#page(days, page);
    if (this.#shown.days !== days) return;
    this.#reading.delete(page);
    if (!read) return;
    this.#shown = { days, pages: new Map(this.#shown.pages).set(page, read), query };
  }

  /** Where a conversation of this day stands in the list; -1 where the filter leaves it out. */
  async find(id: string, day: string): Promise<number> {
    const [first, last] = this.days.ofDay(day) ?? [0, 0];
    for (let page = Math.floor(first / PAGE); page * PAGE < last; page++) {
      await this.#add(page);
      for (let number = page * PAGE; number < Math.min(last, (page + 1) * PAGE); number++)
        if (this.row(number)?.id === id) return this.days.indexOf(number);
    }
    return -1;
  }

  /** The conversation at a place in the list, once it was read. */
  async idAt(index: number): Promise<string | undefined> {
    const row = this.days.row(index);
    if (row?.kind !== "talk") return undefined;
    await this.#add(Math.floor(row.number / PAGE));
    return this.row(row.number)?.id;
  }

  /** What a new conversation most likely holds: the district of one's last one, and today's last place. */
  async likely(districts: { id: string }[]): Promise<Partial<TalkForm>> {
    const answer = await commands.talkRows({ ...ALL, mine: true }, "9999-12-30", 0, 1);
    const last = answer.status === "ok" ? answer.data[0] : undefined;
    const talk = last && (await commands.talk(last.id));
    const form = talk?.status === "ok" ? talk.data?.form : undefined;
    const own = new Set(districts.map(({ id }) => id));
    const there = form?.districts.filter((id) => own.has(id)) ?? [];
    const only = districts.length === 1 && districts[0] ? [districts[0].id] : [];
    if (!form || !there.length) return { districts: only };
    const same = { districts: there.slice(0, 1) };
    // Who spoke with somebody elsewhere yesterday is somewhere else today.
    if (dayOf(form.when) !== isoDay(cityNow())) return same;
    const { contact_mode, place_kind, place } = form;
    return { ...same, contact_mode, place_kind, place };
  }

  async show(id: string) {
    this.openId = id;
    const answer = await commands.talk(id);
    if (this.openId !== id || answer.status === "error") return;
    this.open = answer.data ?? undefined;
    this.gone = answer.data === null;
  }

  close() {
    this.openId = undefined;
    this.open = undefined;
    this.gone = false;
  }
}
