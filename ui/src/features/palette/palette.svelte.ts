import { commands as program, type Found } from "../../api/bindings";
import { keys } from "../../kern/keys.svelte";
import { sections, type Offer } from "./offers";

/** Of each kind at most so many. */
const MOST = 8;

/** What was typed into the palette, and what it offers. */
export class Palette {
  query = $state("");
  #found = $state.raw<Found[]>([]);
  /** The query that was answered last. */
  #answered = $state("");
  #asking = false;
  at = $state(0);

  readonly sections = $derived(sections(this.query, keys.now, this.query.trim() ? this.#found : []));
  readonly offers = $derived(this.sections.flatMap(({ offers }) => offers));
  readonly chosen = $derived<Offer | undefined>(this.offers[Math.min(this.at, this.offers.length - 1)]);
  /** The answer to what stands there has come. */
  readonly settled = $derived(this.#answered === this.query.trim());

  type(query: string) {
    this.query = query;
    this.at = 0;
    void this.#ask();
  }

  /** One question at a time: whatever was typed meanwhile is the next. */
  async #ask() {
    if (this.#asking) return;
    this.#asking = true;
    while (!this.settled) {
      const asked = this.query.trim();
      const answer = asked ? await program.find(asked, MOST) : undefined;
      this.#found = answer?.status === "ok" ? answer.data : [];
      this.#answered = asked;
    }
    this.#asking = false;
  }

  move(step: number) {
    const count = this.offers.length;
    if (count) this.at = (Math.min(this.at, count - 1) + step + count) % count;
  }

  moveTo(offer: Offer) {
    this.at = this.offers.findIndex(({ key }) => key === offer.key);
  }
}
