import { commands, type TalkForm, type Trouble, type Written } from "../../api/bindings";
import { faultAt, sentence } from "../../api/trouble";
import { fieldDay } from "../../kern/dates";
import { typedDay, typedMoment } from "../../kern/typed";
import { m } from "../../words/messages";
import { wallNow } from "./days";
import { sayWhen } from "./when";

/** Half of what the notebook promises: a text is kept within a second. */
const KEEP_MS = 500;
/** Without a key for so long, what was typed becomes a change. */
const CALM_MS = 5 * 60_000;

export const NEW = "note:new";

const EMPTY: TalkForm = {
  districts: [],
  when: "",
  text: "",
  original_words: "",
  resources: "",
  topics: [],
  duration_minutes: null,
  contact_mode: null,
  contact_order: null,
  place_kind: null,
  place: "",
  people: [],
  language: null,
  interpreter: null,
  participation: null,
  services: [],
  follow_up_on: null,
  follow_up_who: "",
  follow_up_done_on: null,
  links: [],
  typed: null,
};

/** How an editor was left. */
export type Left = { how: "written"; written: Written } | { how: "kept"; key: string } | { how: "nothing" };

/** A conversation being typed. What stands here is kept on this device until it is done or discarded. */
export class Editing {
  form = $state<TalkForm>({ ...EMPTY });
  key = $state(NEW);
  id = $state<string | null>(null);
  /** What stands in the fields for moment and day. */
  whenText = $state("");
  followUpText = $state("");
  ready = $state(false);
  busy = $state(false);
  /** The record is no longer here. */
  gone = $state(false);
  #tried = $state(false);
  #trouble = $state.raw<Trouble>();
  #opened = "";
  #kept = false;
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #calm: ReturnType<typeof setTimeout> | undefined;

  readonly isNew = $derived(this.id === null);
  readonly districtFault = $derived(
    this.#fault("districts", this.form.districts.length ? undefined : m.new_district_needed()),
  );
  readonly topicsFault = $derived(
    this.#fault("topics", this.form.topics.length || !this.isNew ? undefined : m.new_topics_needed()),
  );
  readonly whenFault = $derived(
    this.#fault("occurred_at", this.#whenIsRight() ? undefined : m.new_when_wrong()),
  );
  readonly followUpFault = $derived(
    this.#fault("follow_up", this.#followUpIsRight() ? undefined : m.new_follow_up_wrong()),
  );
  readonly general = $derived.by(() => {
    const trouble = this.#trouble;
    if (!trouble || trouble.faults.length) return undefined;
    return trouble.code === "forbidden" && trouble.field ? undefined : sentence(trouble.code);
  });

  fault(field: string): string | undefined {
    return faultAt(this.#trouble, field);
  }

  #fault(field: string, missing: string | undefined): string | undefined {
    if (field === "districts" && this.#trouble?.code === "forbidden") return sentence("forbidden");
    if (this.#tried && missing) return missing;
    return faultAt(this.#trouble, field);
  }

  #whenIsRight(): boolean {
    return !this.form.typed?.when && this.form.when !== "" && this.form.when <= wallNow(new Date());
  }

  #followUpIsRight(): boolean {
    return !this.form.typed?.follow_up && (!!this.form.follow_up_on || !this.form.follow_up_who.trim());
  }

  get isValid(): boolean {
    const { districts, topics } = this.form;
    const whole = districts.length > 0 && (topics.length > 0 || !this.isNew);
    return whole && this.#whenIsRight() && this.#followUpIsRight();
  }

  get isTouched(): boolean {
    return JSON.stringify(this.form) !== this.#opened;
  }

  /** Takes up a conversation or a draft; a new one begins with what is most likely. */
  async begin(key: string, likely: Partial<TalkForm>) {
    const answer = await commands.openTalk(key);
    if (answer.status === "error") {
      this.#trouble = answer.error;
      return;
    }
    const { id, form, kept, gone } = answer.data;
    const begun = id === null && !kept;
    Object.assign(this, { key, id, gone });
    this.#kept = kept;
    this.form = begun ? { ...EMPTY, ...likely, when: wallNow(new Date()) } : form;
    this.#opened = kept ? "" : JSON.stringify(this.form);
    this.#sayTimes();
    this.ready = true;
  }

  #sayTimes() {
    const { when, typed, follow_up_on } = this.form;
    this.whenText = typed?.when ?? (when ? sayWhen(when, new Date()) : "");
    this.followUpText = typed?.follow_up ?? (follow_up_on ? fieldDay(follow_up_on) : "");
  }

  /** Somebody typed a moment. */
  typedWhen(text: string) {
    this.whenText = text;
    const read = typedMoment(text, new Date());
    if (read) this.form.when = read;
    this.#typed({ when: read ? null : text });
  }

  /** Somebody typed a day to come back. */
  typedFollowUp(text: string) {
    this.followUpText = text;
    const read = text.trim() ? typedDay(text, new Date(), "coming") : undefined;
    this.form.follow_up_on = read ?? null;
    this.#typed({ follow_up: read || !text.trim() ? null : text });
  }

  #typed(change: { when?: string | null; follow_up?: string | null }) {
    const typed = { when: null, follow_up: null, ...this.form.typed, ...change };
    this.form.typed = typed.when === null && typed.follow_up === null ? null : typed;
    this.touched();
  }

  /** The fields say it as everybody reads it. */
  settled() {
    this.#sayTimes();
  }

  /** Somebody typed or chose something. */
  touched() {
    this.#trouble = undefined;
    // The first key within half a second starts the clock, so that typing on and on is kept as well.
    this.#timer ??= setTimeout(() => void this.keep(), KEEP_MS);
    clearTimeout(this.#calm);
    this.#calm = setTimeout(() => void this.#becomeChange(), CALM_MS);
  }

  async keep() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#closed || !this.isTouched) return;
    const answer = await commands.keepTalk(this.key, $state.snapshot(this.form) as TalkForm);
    if (answer.status === "ok") this.#kept = true;
    else if (answer.error.code === "gone") this.gone = true;
    else this.#trouble = answer.error;
  }

  /** After five minutes without a key: one change, and the editor goes on with it. */
  async #becomeChange() {
    if (this.#closed || this.gone || !this.isValid || !this.isTouched) return;
    const written = await this.#write();
    if (!written) return;
    this.#closed = false;
    await this.begin(`note:${written.id}`, {});
  }

  /** The written conversation, or nothing where something is still missing. */
  async finish(): Promise<Written | undefined> {
    this.#tried = true;
    this.#trouble = undefined;
    if (!this.isValid) return undefined;
    return this.#write();
  }

  async #write(): Promise<Written | undefined> {
    if (this.busy) return undefined;
    this.#stop();
    this.busy = true;
    const answer = await commands.finishTalk(this.key, $state.snapshot(this.form) as TalkForm);
    this.busy = false;
    if (answer.status === "error") {
      this.#trouble = answer.error;
      this.gone ||= answer.error.code === "gone";
      return undefined;
    }
    this.#closed = true;
    return answer.data;
  }

  /** Leaves the editor: one change if it is whole, else a draft that is seen in the list. Nothing typed is lost. */
  async leave(): Promise<Left> {
    if (this.#closed || !this.ready) return { how: "nothing" };
    if (!this.isTouched) {
      this.#close();
      return { how: "nothing" };
    }
    if (!this.gone && this.isValid) {
      const written = await this.#write();
      if (written) return { how: "written", written };
    }
    this.#close();
    const form = $state.snapshot(this.form) as TalkForm;
    if (this.gone || this.key === NEW) {
      const aside = await commands.putTalkAside(this.key, form);
      return { how: "kept", key: aside.status === "ok" ? aside.data : this.key };
    }
    await commands.keepTalk(this.key, form);
    return { how: "kept", key: this.key };
  }

  /** The record is gone: what was typed becomes a new conversation. */
  async renew() {
    const aside = await commands.putTalkAside(this.key, $state.snapshot(this.form) as TalkForm);
    if (aside.status === "ok") await this.begin(aside.data, {});
  }

  async discard() {
    this.#close();
    if (this.#kept || this.isTouched) await commands.dropTalk(this.key);
  }

  #stop() {
    clearTimeout(this.#timer);
    clearTimeout(this.#calm);
    this.#timer = undefined;
  }

  #close() {
    this.#stop();
    this.#closed = true;
  }
}
