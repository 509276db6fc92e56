/** Endings of German place names: where a long one may break, so that a column need not be as wide as its head. */
const ENDINGS = [
  "vorstadt",
  "siedlung",
  "viertel",
  "hausen",
  "hofen",
  "leben",
  "hügel",
  "platz",
  "stedt",
  "stadt",
  "städt",
  "berg",
  "burg",
  "dorf",
  "feld",
  "heim",
  "rode",
];
/** A word up to here fits as it is. */
const SHORT = 8;
const SOFT = "\u00AD";

/** A span of numbers as people write it, and as the forms do: `0–5`, not to be parted at its dash. */
export function ranged(title: string): string {
  return title.replace(/^(\d+)-(\d+)$/, "$1\u2060–\u2060$2");
}

/** The name with a soft hyphen before such an ending. */
export function softened(name: string): string {
  return name
    .split(" ")
    .map((word) => {
      if (word.length <= SHORT) return word;
      const ending = ENDINGS.find(
        (each) => word.toLowerCase().endsWith(each) && word.length > each.length + 1,
      );
      return ending ? `${word.slice(0, -ending.length)}${SOFT}${word.slice(-ending.length)}` : word;
    })
    .join(" ");
}
