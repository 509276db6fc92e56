/** A piece of a text, and whether the other text lacks it. */
export interface Piece {
  text: string;
  own: boolean;
}

/** Longer texts are not compared word by word. */
const MOST = 600;

/** Marks the words of a text that the other one has not, in the order of both. */
export function marked(text: string, other: string): Piece[] {
  const mine = text.split(/(?<=\s)/);
  const theirs = other.split(/(?<=\s)/).map((word) => word.trim());
  if (mine.length > MOST || theirs.length > MOST) return [{ text, own: false }];
  const lengths = Array.from({ length: mine.length + 1 }, () => new Array<number>(theirs.length + 1).fill(0));
  const at = (row: number, column: number) => lengths[row]?.[column] ?? 0;
  for (let i = mine.length - 1; i >= 0; i--)
    for (let j = theirs.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row)
        row[j] = mine[i]?.trim() === theirs[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const pieces: Piece[] = [];
  const add = (word: string, own: boolean) => {
    const last = pieces.at(-1);
    if (last?.own === own) last.text += word;
    else pieces.push({ text: word, own });
  };
  let [i, j] = [0, 0];
  while (i < mine.length) {
    const word = mine[i] ?? "";
    if (j < theirs.length && word.trim() === theirs[j]) {
      add(word, false);
      i++;
      j++;
    } else if (j < theirs.length && at(i, j + 1) > at(i + 1, j)) j++;
    else {
      add(word, true);
      i++;
    }
  }
  return pieces;
}

/** Both texts one after the other, what they share only once where one holds the other. */
export function together(standing: string, other: string): string {
  if (standing.includes(other)) return standing;
  if (other.includes(standing)) return other;
  return `${standing.trimEnd()}\n\n${other.trimStart()}`;
}
