import { commands } from "../../api/bindings";
import { baseLocale, isLocale, locales, overwriteGetLocale, type Locale } from "../../words/runtime";

/** The language of the window: chosen, else the system's, else German. Reading it redraws what shows words. */
class Language {
  #current = $state<Locale>(baseLocale);

  constructor() {
    overwriteGetLocale(() => this.#current);
  }

  get current(): Locale {
    return this.#current;
  }

  begin(chosen: string | null) {
    const wished = chosen ?? navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => isLocale(tag));
    this.#current = isLocale(wished) ? wished : baseLocale;
  }

  choose(wished: string) {
    if (!isLocale(wished)) return;
    this.#current = wished;
    void commands.chooseLanguage(wished);
  }

  readonly all = locales;
}

export const language = new Language();
