import { names } from "../api/names.svelte";
import { standing } from "../api/standing.svelte";
import { keepAll } from "../api/keeping";
import { said, say } from "../kern/said.svelte";
import { m } from "../words/messages";

let locking: Promise<void> | undefined;

/**
 * Keeps what is being typed, empties the screen and closes the notebook. A text that cannot be kept holds it open: it
 * would be gone. Before sleep the program locks all the same.
 */
export function lockNow(): Promise<void> {
  locking ??= (async () => {
    if (!(await keepAll())) return say(m.lock_not_kept());
    said.forget();
    names.forget();
    await standing.lock();
  })().finally(() => (locking = undefined));
  return locking;
}
