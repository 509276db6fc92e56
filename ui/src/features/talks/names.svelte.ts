import { commands, type Choices } from "../../api/bindings";
import { getLocale } from "../../words/runtime";

/** What codes and ids are called, in the window's language. */
export class Names {
  choices = $state.raw<Choices>();

  readonly #districts = $derived(new Map(this.choices?.districts.map(({ id, name }) => [id, name])));
  readonly #codes = $derived(
    new Map(this.choices?.codes.map((entry) => [`${entry.list} ${entry.code}`, entry])),
  );

  async read() {
    const answer = await commands.choices();
    if (answer.status === "ok") this.choices = answer.data;
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

  /** The topics of the first level. */
  get topics(): string[] {
    return (
      this.choices?.codes.filter(({ list, parent }) => list === "topic" && !parent).map(({ code }) => code) ??
      []
    );
  }
}
