import { commands, type NewTalk, type Place, type Trouble, type Written } from "../../api/bindings";
import { sentence } from "../../api/trouble";
import { m } from "../../words/messages";
import { wallNow } from "./days";

/** Half of what the notebook promises: a text is kept within a second. */
const KEEP_MS = 500;

/** A conversation being typed. What stands here is kept on this device until it is done or discarded. */
export class Draft {
  text = $state("");
  district = $state("");
  when = $state("");
  topics = $state<string[]>([]);
  busy = $state(false);
  #tried = $state(false);
  #trouble = $state<Trouble>();
  /** Logged or discarded: nothing is left to keep. */
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly districtFault = $derived(
    this.#fault("district", this.district ? undefined : m.new_district_needed()),
  );
  readonly topicsFault = $derived(
    this.#fault("topics", this.topics.length ? undefined : m.new_topics_needed()),
  );
  readonly whenFault = $derived(this.#fault("when", this.#whenIsRight() ? undefined : m.new_when_wrong()));
  readonly general = $derived(
    this.#trouble && !this.#trouble.field ? sentence(this.#trouble.code) : undefined,
  );

  #fault(place: Place, missing: string | undefined): string | undefined {
    if (this.#trouble?.field === place) return sentence(this.#trouble.code);
    return this.#tried ? missing : undefined;
  }

  #whenIsRight(): boolean {
    return this.when !== "" && this.when <= wallNow(new Date());
  }

  get #talk(): NewTalk {
    return { text: this.text, district: this.district, when: this.when, topics: [...this.topics] };
  }

  /** Takes up what was being typed, or begins anew with now and the district of last time. */
  async begin(lastDistrict: string | undefined) {
    const kept = await commands.draft();
    const talk = kept.status === "ok" ? kept.data : null;
    this.text = talk?.text ?? "";
    this.topics = talk?.topics ?? [];
    this.district = talk?.district || lastDistrict || "";
    this.when = talk?.when || wallNow(new Date());
  }

  /** Somebody typed or chose something. */
  touched() {
    this.#trouble = undefined;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void commands.keepDraft(this.#talk), KEEP_MS);
  }

  async discard() {
    this.#closed = true;
    clearTimeout(this.#timer);
    await commands.keepDraft(null);
  }

  /** Keeps what stands here, without finishing it. */
  async putAside() {
    clearTimeout(this.#timer);
    if (!this.#closed && (this.text || this.topics.length)) await commands.keepDraft(this.#talk);
  }

  /** The logged conversation, or nothing where something is still missing. */
  async finish(): Promise<Written | undefined> {
    this.#tried = true;
    this.#trouble = undefined;
    if (this.busy || !this.district || !this.topics.length || !this.#whenIsRight()) return undefined;
    clearTimeout(this.#timer);
    this.busy = true;
    const answer = await commands.addTalk(this.#talk);
    this.busy = false;
    if (answer.status === "error") {
      this.#trouble = answer.error;
      return undefined;
    }
    this.#closed = true;
    return answer.data;
  }
}
