import { beforeLock } from "./keeping";

/** How keeping went. */
interface Kept {
  status: "ok" | "error";
}

interface Held {
  form: object;
  keep: () => Promise<Kept>;
}

/**
 * What could not be kept, because the disk is full or not to be written to: it stays in the window, is tried again
 * before the notebook locks, and is taken up by the next editor of its draft.
 */
class Stuck {
  readonly #held = new Map<string, Held>();

  constructor() {
    beforeLock(async () => {
      for (const [draft, { keep }] of this.#held) if ((await keep()).status === "ok") this.free(draft);
      return this.#held.size === 0;
    });
  }

  hold(draft: string, form: object, keep: () => Promise<Kept>) {
    this.#held.set(draft, { form, keep });
  }

  /** What was typed for this draft, if it is stuck. */
  of<F extends object>(draft: string): F | undefined {
    return this.#held.get(draft)?.form as F | undefined;
  }

  /** It is kept, finished or thrown away. */
  free(draft: string) {
    this.#held.delete(draft);
  }

  /** There is no notebook any more that it could go into. */
  forget() {
    this.#held.clear();
  }
}

export const stuck = new Stuck();
