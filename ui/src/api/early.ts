import type { Trouble } from "./bindings";

export type Answer<T> = { status: "ok"; data: T } | { status: "error"; error: Trouble };

/** Whoever begins later than this asks for themselves. */
const FRESH_MS = 2000;

/**
 * Asks before the window knows that the notebook is open, so that the answer comes while the first view is made. Whoever
 * calls first gets it, if the notebook was open; everybody else asks anew. What came with the page is not asked for.
 */
export function early<T>(ask: () => Promise<Answer<T>>, told?: T): () => Promise<Answer<T>> {
  let first: Promise<Answer<T> | undefined> | undefined =
    told === undefined ? ask().catch(() => undefined) : Promise.resolve({ status: "ok", data: told });
  setTimeout(() => (first = undefined), FRESH_MS);
  return async () => {
    const asked = first;
    first = undefined;
    const answer = await asked;
    return answer?.status === "ok" ? answer : ask();
  };
}
