/** Photos and files that are being taken in while their record is typed: what is finished or left waits for them. */
export class Arriving {
  /** Somebody said "Fertig" before the last one was in. */
  waits = $state(false);
  #all: Promise<boolean> | undefined;

  /** Whether some are still on their way. */
  get some(): boolean {
    return this.#all !== undefined;
  }

  /** One more; it answers whether it came. One that fell over did not, and keeps nobody from saying "Fertig" again. */
  add(one: Promise<boolean>) {
    this.#all = Promise.all([this.#all ?? true, one.catch(() => false)]).then((came) => came.every(Boolean));
  }

  /** Waits until none is on its way any more; whether all of them came. */
  async over(): Promise<boolean> {
    let came = true;
    this.waits = this.some;
    // Another may be dropped while the first is waited for.
    while (this.#all) {
      const all = this.#all;
      came = await all;
      if (this.#all === all) this.#all = undefined;
    }
    this.waits = false;
    return came;
  }
}
