import { commands, type Place, type Trouble } from "../../api/bindings";
import { sentence } from "../../api/trouble";
import { m } from "../../words/messages";
import { readCode } from "./code";
import { StrengthOf } from "./strength.svelte";

/** What a person types at the first start, and what is still missing. */
export class SetUpForm {
  city = $state("");
  code = $state("");
  passphrase = $state("");
  /** The system's keychain shall remember the key. */
  remember = $state(false);
  busy = $state(false);
  readonly strength = new StrengthOf();
  readonly #hasPassphrase: boolean;

  /** What was restored has its passphrase already. */
  constructor(hasPassphrase = false) {
    this.#hasPassphrase = hasPassphrase;
  }

  /** Faults are shown once somebody wanted to go on; before that nothing scolds. */
  #tried = $state(false);
  #trouble = $state<Trouble>();

  readonly read = $derived(readCode(this.code));

  readonly cityFault = $derived(this.#fault("city", this.city.trim() ? undefined : m.start_needed()));
  readonly codeFault = $derived.by(() => {
    if (this.read.strange) return m.start_code_strange();
    if (!this.read.bare) return this.#fault("code", m.start_needed());
    return this.#fault(
      "code",
      this.read.missing ? m.start_code_missing({ count: this.read.missing }) : undefined,
    );
  });
  readonly passphraseFault = $derived(
    this.#fault(
      "passphrase",
      this.passphrase ? (this.strength.isWeak ? this.strength.note : undefined) : m.start_needed(),
    ),
  );
  readonly codeGood = $derived(this.read.missing === 0 ? m.start_code_good() : undefined);
  /** What stands at no field of its own. */
  readonly general = $derived(
    this.#trouble && !this.#trouble.field ? sentence(this.#trouble.code) : undefined,
  );

  #fault(place: Place, missing: string | undefined): string | undefined {
    if (this.#trouble?.field === place) return sentence(this.#trouble.code);
    return this.#tried ? missing : undefined;
  }

  /** Groups the code and puts misread letters right once the person leaves the field. */
  tidyCode() {
    if (!this.read.strange) this.code = this.read.grouped;
  }

  /** What the person changed is no longer wrong, and a passphrase is judged anew. */
  typed() {
    this.#trouble = undefined;
    void this.strength.type(this.passphrase, [this.city.trim(), this.read.bare]);
  }

  async submit(): Promise<boolean> {
    this.#tried = true;
    this.#trouble = undefined;
    // Enter may come before the answer about the last letter.
    await this.strength.settled();
    if (!this.city.trim() || this.read.missing || this.read.strange) return false;
    if (!this.#hasPassphrase && !this.strength.isTaken) return false;
    this.busy = true;
    const answer = await commands.setUp({
      city: this.city.trim(),
      code: this.read.bare,
      passphrase: this.passphrase,
      remember: this.remember,
    });
    this.busy = false;
    if (answer.status === "error") this.#trouble = answer.error;
    return answer.status === "ok";
  }
}
