import type { First } from "./bindings";

let told: Partial<First> = {};

/** Takes what came with the page; a page that came before the program knew, or comes again, brings nothing. */
export function bring(part: Element | null) {
  part?.remove();
  told = part?.textContent ? (JSON.parse(part.textContent) as First) : {};
}

/** Hands an answer over that came with the page, once: nothing of it stays where nobody holds it. */
export function first<K extends keyof First>(what: K): NonNullable<First[K]> | undefined {
  const answer = told[what];
  delete told[what];
  return answer ?? undefined;
}
