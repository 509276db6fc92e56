import { commands, events, type ReportMonth, type ReportSpan, type Trouble } from "../../api/bindings";
import { getLocale } from "../../words/runtime";
import { isMonth, monthsBetween } from "./month";

/** A burst of changes is counted once. */
const CALM_MS = 400;

/** Every district of this device, the person's own, or one. */
export const ALL = "all";
export const MINE = "mine";

/** What was shown last: it stands when somebody comes back from another view, as long as the window is there. */
const last: { month: string; choice: string } = { month: "", choice: ALL };

/** The month that is shown, of these districts. */
export class Report {
  span = $state.raw<ReportSpan>();
  month = $state("");
  choice = $state(ALL);
  shown = $state.raw<ReportMonth>();
  trouble = $state<Trouble>();
  counting = $state(false);
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly months = $derived.by(() => {
    const span = this.span;
    if (!span) return this.month ? [this.month] : [];
    const all = [span.first ?? span.today, span.last ?? span.today, span.today, this.month]
      .filter(Boolean)
      .sort();
    return monthsBetween(all[0] ?? span.today, all.at(-1) ?? span.today);
  });

  /** There is a month after this one that has begun. */
  readonly hasNext = $derived(!this.span || this.month < this.span.today);
  /** The month that is shown has not ended. */
  readonly isRunning = $derived(this.month === this.span?.today);

  /** All is not the same as mine only where something of other districts lies here. */
  readonly hasOthers = $derived(this.span?.districts.some(({ own }) => !own) ?? false);

  /** The districts that are asked for; none means all. */
  readonly districts = $derived.by(() => {
    if (this.choice === ALL) return [];
    if (this.choice === MINE) return this.span?.districts.filter(({ own }) => own).map(({ id }) => id) ?? [];
    return [this.choice];
  });

  get wish() {
    return { month: this.month, districts: this.districts, language: getLocale() };
  }

  /** Looks from now on, and again whenever something changed; answers how to stop. */
  watch(): () => void {
    const heard = events.changed.listen(() => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.look(), CALM_MS);
    });
    return () => {
      clearTimeout(this.#timer);
      this.#asked += 1;
      void heard.then((stop) => stop());
    };
  }

  /**
   * Takes a month and districts from an address, `2026-10` or `2026-10 mine`. Without one what was shown stays; only
   * where nothing was yet, it is the last month there is.
   */
  async open(address: string | undefined) {
    const [month, choice] = (address ?? "").split(" ");
    if (!this.span) await this.#span();
    if (isMonth(month)) this.#show(month, choice || ALL);
    else this.#show(last.month || this.#default(), last.choice);
    await this.#count();
  }

  /** How the address names what is shown. */
  address(month: string, choice: string): string {
    return choice === ALL ? month : `${month} ${choice}`;
  }

  async look() {
    await this.#span();
    if (!this.month) this.#show(this.#default(), this.choice);
    await this.#count();
  }

  #default(): string {
    return this.span?.last ?? this.span?.today ?? "";
  }

  #show(month: string, choice: string) {
    Object.assign(last, { month, choice });
    this.month = month;
    this.choice = choice;
  }

  async #span() {
    const answer = await commands.reportSpan();
    if (answer.status === "ok") this.span = answer.data;
    else this.trouble = answer.error;
  }

  async #count() {
    if (!this.month) return;
    const asked = ++this.#asked;
    this.counting = true;
    const answer = await commands.reportMonth(this.wish);
    if (asked !== this.#asked) return;
    this.counting = false;
    if (answer.status === "error") {
      this.trouble = answer.error;
      return;
    }
    this.trouble = undefined;
    this.shown = answer.data;
  }
}
