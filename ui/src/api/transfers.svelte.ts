import { commands, events, type Transfer } from "./bindings";

/** A round is mostly over before one can read that it runs; only a long one is shown. */
const LONG_MS = 700;

/** How the transfer goes, read once for all who show it. */
class Transfers {
  now = $state.raw<Transfer>();
  /** When it was read, in milliseconds since 1970. */
  read = $state(Date.now());
  /** Somebody asked for a round just now: they see that it runs, however short it is. */
  asked = $state(false);
  #later: ReturnType<typeof setTimeout> | undefined;
  #told: ReturnType<typeof setTimeout> | undefined;

  watch(): () => void {
    void this.#look();
    const look = () => void this.#look();
    const heard = [events.moved.listen(look), events.changed.listen(look)];
    return () => {
      clearTimeout(this.#later);
      this.now = undefined;
      heard.forEach((each) => void each.then((stop) => stop()));
    };
  }

  async ask(): Promise<void> {
    clearTimeout(this.#told);
    this.asked = true;
    this.#told = setTimeout(() => (this.asked = false), LONG_MS);
    await commands.transferNow();
  }

  async #look(patient = true) {
    clearTimeout(this.#later);
    const answer = await commands.transfer();
    if (answer.status === "error") return;
    const alreadyRuns = this.now?.pace === "running";
    if (patient && this.now && !alreadyRuns && answer.data.pace === "running")
      this.#later = setTimeout(() => void this.#look(false), LONG_MS);
    else this.now = answer.data;
    this.read = Date.now();
  }
}

export const transfers = new Transfers();
