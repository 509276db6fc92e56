type Parts = typeof import("./parts");

/** So long a screen that was just drawn has the processor for itself; sooner than somebody reaches for a key. */
const REST_MS = 150;

/** What the first screen does without. It comes when that screen is drawn, or as soon as somebody wants some of it. */
class Rest {
  #asked = false;
  /** Nothing until it is here. */
  parts = $state.raw<Parts>();

  async bring() {
    if (this.#asked) return;
    this.#asked = true;
    this.parts = await import("./parts");
  }

  /** Once what stands on the screen now has been drawn. */
  bringLater(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => (timer = setTimeout(() => void this.bring(), REST_MS)));
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }
}

export const rest = new Rest();
