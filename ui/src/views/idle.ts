const LOOK_MS = 5_000;
const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"] as const;

/** Calls `idle` once nobody touched the window for so many minutes (0: never); answers how to stop. */
export function watchIdle(minutes: () => number, idle: () => void): () => void {
  let last = Date.now();
  const touched = () => (last = Date.now());
  for (const sign of SIGNS) addEventListener(sign, touched, { passive: true, capture: true });
  // By the clock on the wall: a machine that slept was idle, too.
  const timer = setInterval(() => {
    const after = minutes() * 60_000;
    if (after > 0 && Date.now() - last >= after) idle();
  }, LOOK_MS);
  return () => {
    clearInterval(timer);
    for (const sign of SIGNS) removeEventListener(sign, touched, { capture: true });
  };
}
