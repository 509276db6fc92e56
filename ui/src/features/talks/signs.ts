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

/** The sign the caret stands behind, with the word typed so far. */
export function askedAt(text: string, caret: number): Asked | undefined {
  const found = /(?:^|[\s(])([#@!])([\p{L}\d][\p{L}\d._-]*|)$/u.exec(text.slice(0, caret));
  if (!found) return undefined;
  const word = found[2] ?? "";
  return { sign: found[1] as Sign, word, from: caret - word.length - 1, to: caret };
}

/** The text without what was asked for, and where the caret stands then. */
export function without(text: string, { from, to }: Asked): { text: string; caret: number } {
  const before = text.slice(0, from);
  const after = text.slice(to);
  const joined = before.endsWith(" ") && (after.startsWith(" ") || after === "") ? after.slice(1) : after;
  return { text: before + joined, caret: before.length };
}
