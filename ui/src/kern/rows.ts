/** Where rows of known heights lie, so that a list of any length draws only what is seen. */
export class Heights {
  readonly #tops: number[] = [0];

  constructor(heights: Iterable<number>) {
    for (const height of heights) this.#tops.push(this.total + height);
  }

  get total(): number {
    return this.#tops[this.#tops.length - 1] ?? 0;
  }

  top(index: number): number {
    return this.#tops[index] ?? this.total;
  }

  /** The row that covers `y`. */
  at(y: number): number {
    let low = 0;
    let high = this.#tops.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.top(middle) <= y) low = middle;
      else high = middle - 1;
    }
    return Math.max(low, 0);
  }

  /** First and one past last row to draw for what is seen, with `spare` rows on either side. */
  seen(scrolled: number, height: number, spare: number): [number, number] {
    const count = this.#tops.length - 1;
    if (count === 0) return [0, 0];
    return [Math.max(this.at(scrolled) - spare, 0), Math.min(this.at(scrolled + height) + 1 + spare, count)];
  }
}
