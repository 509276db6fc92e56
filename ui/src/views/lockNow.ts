import { names } from "../api/names.svelte";
import { standing } from "../api/standing.svelte";
import { keepAll } from "../api/keeping";
import { said } from "../kern/said.svelte";

let locking: Promise<void> | undefined;

/** Keeps what is being typed, empties the screen and closes the notebook. */
export function lockNow(): Promise<void> {
  locking ??= (async () => {
    await keepAll();
    said.forget();
    names.forget();
    await standing.lock();
  })().finally(() => (locking = undefined));
  return locking;
}
