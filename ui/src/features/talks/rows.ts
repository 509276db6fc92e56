import type { TalkDay } from "../../api/bindings";
import type { Layout } from "../../kern/FarList.svelte";

export const DAY_HEIGHT = 40;
export const TALK_HEIGHT = 64;

/** A heading for a day, or the conversation of this number, counted over all days. */
export type Row = { kind: "day"; day: TalkDay } | { kind: "talk"; number: number };

interface Stretch {
  day: TalkDay;
  /** Index of its heading. */
  index: number;
  /** Where the heading begins. */
  top: number;
  /** Number of its first conversation. */
  number: number;
}

/** A heading for each day, and under it the day's conversations. */
export class Days implements Layout {
  readonly #stretches: Stretch[] = [];
  readonly size: number;
  readonly total: number;
  /** How many conversations. */
  readonly count: number;

  constructor(days: TalkDay[]) {
    let [index, top, number] = [0, 0, 0];
    for (const day of days) {
      this.#stretches.push({ day, index, top, number });
      index += 1 + day.count;
      top += DAY_HEIGHT + day.count * TALK_HEIGHT;
      number += day.count;
    }
    [this.size, this.total, this.count] = [index, top, number];
  }

  /** The last stretch that begins at or before it. */
  #find(what: "index" | "top" | "number", value: number): Stretch | undefined {
    let low = 0;
    let high = this.#stretches.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#stretches[middle]?.[what] ?? 0) <= value) low = middle;
      else high = middle - 1;
    }
    return this.#stretches[low];
  }

  row(index: number): Row | undefined {
    const stretch = this.#find("index", index);
    if (!stretch || index < 0 || index >= this.size) return undefined;
    if (index === stretch.index) return { kind: "day", day: stretch.day };
    return { kind: "talk", number: stretch.number + index - stretch.index - 1 };
  }

  top = (index: number): number => {
    if (index >= this.size) return this.total;
    const stretch = this.#find("index", index);
    if (!stretch) return 0;
    const inside = index - stretch.index;
    return stretch.top + (inside === 0 ? 0 : DAY_HEIGHT + (inside - 1) * TALK_HEIGHT);
  };

  at = (y: number): number => {
    const stretch = this.#find("top", y);
    if (!stretch) return 0;
    const below = Math.max(y - stretch.top, 0);
    const inside = below < DAY_HEIGHT ? 0 : 1 + Math.floor((below - DAY_HEIGHT) / TALK_HEIGHT);
    return stretch.index + Math.min(inside, stretch.day.count);
  };

  isStop = (index: number): boolean => this.row(index)?.kind === "talk";

  /** Where a conversation stands in the list. */
  indexOf(number: number): number {
    const stretch = this.#find("number", number);
    return stretch ? stretch.index + 1 + number - stretch.number : -1;
  }

  /** The day a conversation stands on, and how many of that day come before it. */
  stands(number: number): { day: string; skip: number } | undefined {
    const stretch = this.#find("number", number);
    return stretch && { day: stretch.day.day, skip: number - stretch.number };
  }

  /** Numbers of a day's conversations, from the first to one past the last. */
  ofDay(day: string): [number, number] | undefined {
    const stretch = this.#stretches.find((each) => each.day.day === day);
    return stretch && [stretch.number, stretch.number + stretch.day.count];
  }
}
