/** What a sign in the running text asks for: `#` a topic, `@` a contact or request, `!` a day to come back. */
export type Sign = "#" | "@" | "!";

export interface Asked {
  sign: Sign;
  word: string;
  /** Where the sign stands. */
  from: number;
  /** Where the word ends: the caret. */
  to: number;
}

const ONE_WORD = /(?:^|[\s(])([#@!])([\p{L}\d][\p{L}\d._-]*|)$/u;
/** A day may take some words: `!in zwei Wochen`, `!nächsten Montag`. */
const SOME_WORDS = /(?:^|[\s(])(!) ?([\p{L}\d][\p{L}\d.]*(?: [\p{L}\d.]+){0,2})$/u;

/** The sign the caret stands behind, with what was typed after it so far. */
export function askedAt(text: string, caret: number): Asked | undefined {
  const before = text.slice(0, caret);
  const found = ONE_WORD.exec(before) ?? SOME_WORDS.exec(before);
  if (!found) return undefined;
  const word = found[2] ?? "";
  return { sign: found[1] as Sign, word, from: found.index + found[0].search(/[#@!]/), to: caret };
}

/** The text without what was asked for, and where the caret stands then. */
export function without(text: string, { from, to }: Asked): { text: string; caret: number } {
  const before = text.slice(0, from);
  const after = text.slice(to);
  const joined = before.endsWith(" ") && (after.startsWith(" ") || after === "") ? after.slice(1) : after;
  return { text: before + joined, caret: before.length };
}
