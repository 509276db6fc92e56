/** Web views draw nothing beyond some thirty million pixels; a longer list is scrolled at a larger step. */
const LONGEST = 16_000_000;

/** How the heights of a list lie in a box that may be shorter than it. */
export interface Place {
  /** The height in the list where the seen part begins. */
  from: number;
  /** How long the box is. */
  length: number;
  /** Where a height of the list is drawn in the box. */
  drawn: (y: number) => number;
  /** Where the box is scrolled to, so that the seen part begins at a height. */
  to: (y: number) => number;
}

export function placed(total: number, height: number, scrolled: number): Place {
  if (total <= LONGEST) return { from: scrolled, length: total, drawn: (y) => y, to: (y) => y };
  const step = (total - height) / (LONGEST - height);
  const from = scrolled * step;
  return { from, length: LONGEST, drawn: (y) => scrolled + y - from, to: (y) => y / step };
}
