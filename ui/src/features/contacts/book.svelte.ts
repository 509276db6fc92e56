import { commands, type BookRow, type BookShown, type BookTaken, type Trouble } from "../../api/bindings";
import { base64, isTooLarge } from "../../api/bytes";
import { cityNow } from "../../kern/clock";
import { isoDay } from "../../kern/dates";
import { m } from "../../words/messages";

export type As = "professional" | "resident" | "";

/** So many are drawn at once; a file may hold thousands. */
const SHOWN = 100;

/** As whom somebody is taken unless one says otherwise: by office, or not before one has looked. */
const suggested = ({ by_office, known, alike }: BookRow): As =>
  by_office && known === "new" && !alike.length ? "professional" : "";

/** An address book that is looked at, and what is to be taken of it. */
export class Book {
  shown = $state.raw<BookShown>();
  trouble = $state.raw<Trouble>();
  busy = $state(false);
  most = $state(SHOWN);
  #as = $state<As[]>([]);
  district = $state("");
  purpose = $state(m.consent_purpose_usual());
  givenOn = $state(isoDay(cityNow()));
  form = $state("written");

  readonly rows = $derived(this.shown?.rows.slice(0, this.most) ?? []);
  readonly rest = $derived(Math.max((this.shown?.rows.length ?? 0) - this.most, 0));
  readonly chosen = $derived(this.#as.flatMap((standing, index) => (standing ? [{ index, standing }] : [])));
  readonly hasResident = $derived(this.#as.includes("resident"));

  as(index: number): As {
    return this.#as[index] ?? "";
  }

  choose(index: number, as: string) {
    this.#as[index] = as as As;
  }

  more() {
    this.most += SHOWN;
  }

  async pick() {
    await this.#look(() => commands.pickBook());
  }

  async bring(file: File) {
    if (isTooLarge(file)) this.trouble = { code: "book_too_large", field: null, faults: [] };
    else await this.#look(async () => commands.lookAtBook(file.name, await base64(file)));
  }

  async #look(
    ask: () => Promise<{ status: "ok"; data: BookShown | null } | { status: "error"; error: Trouble }>,
  ) {
    if (this.busy) return;
    [this.busy, this.trouble] = [true, undefined];
    const answer = await ask();
    this.busy = false;
    if (answer.status === "error") this.trouble = answer.error;
    else if (answer.data) {
      this.shown = answer.data;
      this.most = SHOWN;
      this.#as = answer.data.rows.map(suggested);
    }
  }

  /** Takes in what was chosen; nothing where it was refused. */
  async take(): Promise<BookTaken | undefined> {
    if (this.busy) return undefined;
    [this.busy, this.trouble] = [true, undefined];
    const answer = await commands.takeBook({
      chosen: this.chosen,
      district: this.district,
      purpose: this.hasResident ? this.purpose : "",
      given_on: this.hasResident ? this.givenOn : "",
      form: this.form,
    });
    this.busy = false;
    if (answer.status === "ok") return answer.data;
    this.trouble = answer.error;
    return undefined;
  }

  /** Nothing of the file stays, here and in the program. */
  async drop() {
    this.shown = undefined;
    await commands.dropBook();
  }
}
