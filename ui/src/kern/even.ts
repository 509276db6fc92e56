import type { Layout } from "./FarList.svelte";

/** Rows of one height, one can stop at each. */
export function evenly(size: number, height: number): Layout {
  return {
    size,
    total: size * height,
    top: (index) => index * height,
    at: (y) => Math.min(Math.max(Math.floor(y / height), 0), Math.max(size - 1, 0)),
    isStop: () => true,
  };
}
