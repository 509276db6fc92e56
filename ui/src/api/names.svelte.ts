import { commands, events, type Choices, type Code } from "./bindings";
import { early } from "./early";
import { first } from "./first";
import { getLocale } from "../words/runtime";

const firstChoices = early(() => commands.choices(), first("choices"));

/** What codes and ids are called, in the window's language. */
export class Names {
  choices = $state.raw<Choices>();

  readonly #districts = $derived(new Map(this.choices?.districts.map(({ id, name }) => [id, name])));
  readonly #codes = $derived(
    new Map(this.choices?.codes.map((entry) => [`${entry.list} ${entry.code}`, entry])),
  );

  /** Reads from now on, and again whenever something changed: the catalogue comes with the first transfer. */
  watch(): () => void {
    void this.read(firstChoices);
    const heard = events.changed.listen(() => void this.read());
    return () => void heard.then((stop) => stop());
  }

  async read(ask = commands.choices) {
    const answer = await ask();
    if (answer.status === "ok") this.choices = answer.data;
  }

  /** Nothing of it stays, as when the notebook is locked. */
  forget() {
    this.choices = undefined;
  }

  district(id: string): string {
    return this.#districts.get(id) ?? "…";
  }

  /** The label; a code this city does not know (any more) is shown as it is. */
  label(list: string, code: string): string {
    const entry = this.#codes.get(`${list} ${code}`);
    return (getLocale() === "de" ? entry?.de : entry?.en) ?? code;
  }

  /** Districts a new conversation may be in. */
  get ownDistricts(): { id: string; name: string }[] {
    const own = new Set(this.choices?.own_districts);
    return this.choices?.districts.filter(({ id }) => own.has(id)) ?? [];
  }

  /** The same, with the one a record stands in: that may not be one's own (any more). */
  districtsWith(here: string | undefined): { id: string; name: string }[] {
    const own = this.ownDistricts;
    return here && !own.some(({ id }) => id === here)
      ? [...own, { id: here, name: this.district(here) }]
      : own;
  }

  /** The entries of a list, each as a choice, in the list's own order. */
  list(list: string): { id: string; name: string; parent?: string | undefined }[] {
    return this.#of(list).map(({ code, parent }) => ({
      id: code,
      name: this.label(list, code),
      parent: parent ?? undefined,
    }));
  }

  /** The topics of the first level. */
  get topics(): string[] {
    return this.#of("topic")
      .filter(({ parent }) => !parent)
      .map(({ code }) => code);
  }

  #of(list: string): Code[] {
    return this.choices?.codes.filter((entry) => entry.list === list) ?? [];
  }
}

/** The window's one copy: read once, shown everywhere. */
export const names = new Names();
