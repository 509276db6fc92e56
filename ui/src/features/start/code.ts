/** The invitation code as people copy it: Crockford's letters, in groups of four, misreadings put right. */
export const CODE_LENGTH = 12;

const LOOKALIKES: Record<string, string> = { O: "0", I: "1", L: "1" };
const ALLOWED = /[0-9A-HJKMNP-TV-Z]/;

export interface ReadCode {
  /** The bare characters, at most twelve. */
  bare: string;
  /** In groups, as it is shown. */
  grouped: string;
  /** Something stood there that no code holds. */
  strange: boolean;
  missing: number;
}

export function readCode(typed: string): ReadCode {
  const letters = [...typed.toUpperCase().replace(/[\s-]/g, "")].map(
    (letter) => LOOKALIKES[letter] ?? letter,
  );
  const allowed = letters.filter((letter) => ALLOWED.test(letter));
  const bare = allowed.join("").slice(0, CODE_LENGTH);
  return {
    bare,
    grouped: bare.match(/.{1,4}/g)?.join(" ") ?? "",
    strange: allowed.length < letters.length,
    missing: CODE_LENGTH - bare.length,
  };
}
