import { commands, type Locking, type Standing } from "./bindings";
import { first } from "./first";

/** How far the notebook is open, and how it is locked. */
class Now {
  stage = $state<Standing["stage"]>();
  /** Why nothing is left of the notebook that was here. */
  ended = $state<Standing["ended"]>(null);
  /** It came from a backup, and no city knows this device yet. */
  restored = $state(false);
  locking = $state.raw<Locking>();
  #closing = false;

  /** Asks the program; answers the language that was chosen. */
  async look(): Promise<string | null> {
    const standing = first("standing") ?? (await commands.standing());
    if (this.#closing) return standing.language;
    this.stage = standing.stage;
    this.ended = standing.ended;
    this.restored = standing.restored;
    return standing.language;
  }

  async readLocking() {
    this.locking = await commands.locking();
  }

  /** The screen is empty at once; the program follows. */
  async lock() {
    this.#closing = true;
    this.stage = "locked";
    try {
      await commands.lock();
    } finally {
      this.#closing = false;
    }
  }
}

export const standing = new Now();
