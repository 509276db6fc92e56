import {
  commands,
  events,
  type Contact,
  type ContactRow,
  type ContactsPage,
  type DraftRow,
  type Trouble,
} from "../../api/bindings";

/** One piece of the list. */
const PAGE = 200;
/** A burst of changes is looked at once. */
const CALM_MS = 150;
/** Typing on within this time asks once. */
const TYPING_MS = 120;
export const LINE_HEIGHT = 64;

export type Part = "" | "professional" | "resident";

export interface Line {
  key: string;
  height: number;
  stop: true;
  contact: ContactRow;
}

/** The address book, and the card that is open. */
export class Contacts {
  part = $state<Part>("");
  type = $state("");
  district = $state("");
  query = $state("");

  page = $state.raw<ContactsPage>();
  drafts = $state.raw<DraftRow[]>([]);
  trouble = $state.raw<Trouble>();

  openId = $state<string>();
  open = $state.raw<Contact>();
  /** The open one has left this device. */
  gone = $state(false);

  #limit = PAGE;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly lines = $derived<Line[]>(
    this.page?.rows.map((contact) => ({ key: contact.id, height: LINE_HEIGHT, stop: true, contact })) ?? [],
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
      contact_type: this.type || null,
      standing: this.part || null,
      district: this.district || null,
      query: this.query.trim(),
      limit: this.#limit,
    };
    const [answer, drafts] = await Promise.all([commands.contacts(wish), commands.contactDrafts()]);
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
    const answer = await commands.contact(id);
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
