import { commands, type Judged, type Weakness } from "../../api/bindings";
import { m } from "../../words/messages";

const why: Record<Weakness, () => string> = {
  repeats: m.strength_repeats,
  sequence: m.strength_sequence,
  row: m.strength_row,
  date: m.strength_date,
  name: m.strength_name,
  common: m.strength_common,
};

/** How hard a passphrase is to guess, judged by the program while it is typed. */
export class StrengthOf {
  #judged = $state.raw<Judged>();
  #text = $state("");
  #asking: Promise<void> | undefined;
  #next: { passphrase: string; around: string[] } | undefined;

  /** It is judged, and too easy to guess. */
  readonly isWeak = $derived(this.#judged?.strength === "weak");
  /** It may be taken. */
  readonly isTaken = $derived(!!this.#judged && this.#judged.strength !== "weak");
  /** What is to be said while it is typed, where it is not good yet. */
  readonly note = $derived.by(() => {
    if (!this.#text || !this.#judged) return undefined;
    if (this.#judged.strength === "weak")
      return [this.#judged.why ? why[this.#judged.why]() : undefined, m.strength_weak()]
        .filter(Boolean)
        .join(" ");
    return undefined;
  });
  readonly good = $derived.by(() => {
    if (!this.#text || !this.isTaken) return undefined;
    const said = { words: this.#text.trim().split(/\s+/).length, letters: this.#text.length };
    return this.#judged?.strength === "strong" ? m.strength_strong(said) : m.strength_fair();
  });

  /** One question at a time; the newest text is the next. */
  type(passphrase: string, around: string[]): Promise<void> {
    this.#text = passphrase;
    this.#next = { passphrase, around };
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  /** What was typed last is judged. */
  async settled(): Promise<void> {
    await this.#asking;
  }

  async #ask() {
    while (this.#next) {
      const wish = this.#next;
      this.#next = undefined;
      this.#judged = wish.passphrase ? await commands.judge(wish) : undefined;
    }
  }
}
