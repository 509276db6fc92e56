import { getLocale } from "../words/runtime";

/** For a message that counts: the number, and how it is written (`2.400`). */
export function counting(count: number): { count: number; said: string } {
  return { count, said: count.toLocaleString(getLocale() === "de" ? "de-DE" : "en-GB") };
}
