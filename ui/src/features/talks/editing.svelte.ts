import { Arriving } from "../../api/arriving.svelte";
import { commands, type TalkForm, type Trouble, type Written } from "../../api/bindings";
import { stuck } from "../../api/stuck";
import { faultAt, sentence } from "../../api/trouble";
import { cityNow } from "../../kern/clock";
import { fieldDay } from "../../kern/dates";
import { typedDay, typedMoment } from "../../kern/typed";
import { m } from "../../words/messages";
import { wallNow } from "./days";
import { NEW, type Discarded, type Left } from "./left";
import { sayWhen } from "./when";

/** Half of what the notebook promises: a text is kept within a second. */
const KEEP_MS = 500;
/** What could not be kept is tried again. */
const AGAIN_MS = 5_000;
/** Without a key for so long, what was typed becomes a change. */
const CALM_MS = 5 * 60_000;

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
  files: [],
  typed: null,
};

async function keptAgain(key: string, form: TalkForm): Promise<string> {
  // Another new one may be begun by now: it is not written over.
  if (key === NEW) {
    const aside = await commands.putTalkAside(key, form);
    if (aside.status === "ok") return aside.data;
    throw new Error(sentence(aside.error.code));
  }
  const kept = await commands.keepTalk(key, form);
  if (kept.status === "error") throw new Error(sentence(kept.error.code));
  return key;
}

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
  /** Its photos and files on their way in. */
  readonly arriving = new Arriving();
  /** The record is no longer here. */
  gone = $state(false);
  #tried = $state(false);
  /** A field for a moment or a day was left: what is wrong with it is said at once. */
  #looked = $state(false);
  #trouble = $state.raw<Trouble>();
  #opened = "";
  #kept = false;
  #closed = false;
  #keeping: Promise<boolean> = Promise.resolve(true);
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
    this.#faultOnceLeft("occurred_at", this.#whenIsRight() ? undefined : m.new_when_wrong()),
  );
  readonly followUpFault = $derived(
    this.#faultOnceLeft("follow_up", this.#followUpIsRight() ? undefined : m.new_follow_up_wrong()),
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

  #faultOnceLeft(field: string, wrong: string | undefined): string | undefined {
    return (this.#looked ? wrong : undefined) ?? this.#fault(field, wrong);
  }

  #whenIsRight(): boolean {
    return !this.form.typed?.when && this.form.when !== "" && this.form.when <= wallNow(cityNow());
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
    const held = stuck.of<TalkForm>(key);
    Object.assign(this, { key, id, gone });
    this.#kept = kept;
    this.form = held ?? (begun ? { ...EMPTY, ...likely, when: wallNow(cityNow()) } : form);
    this.#opened = kept || held ? "" : JSON.stringify(this.form);
    this.#sayTimes();
    this.ready = true;
  }

  #sayTimes() {
    const { when, typed, follow_up_on } = this.form;
    this.whenText = typed?.when ?? (when ? sayWhen(when, cityNow()) : "");
    this.followUpText = typed?.follow_up ?? (follow_up_on ? fieldDay(follow_up_on) : "");
  }

  /** Somebody typed a moment. */
  typedWhen(text: string) {
    this.whenText = text;
    this.#looked = false;
    const read = typedMoment(text, cityNow());
    if (read) this.form.when = read;
    this.#typed({ when: read ? null : text });
  }

  /** Somebody typed a day to come back. */
  typedFollowUp(text: string) {
    this.followUpText = text;
    this.#looked = false;
    const read = text.trim() ? typedDay(text, cityNow(), "coming") : undefined;
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
    this.#looked = true;
  }

  /** Somebody typed or chose something. */
  touched() {
    this.#trouble = undefined;
    // The first key within half a second starts the clock, so that typing on and on is kept as well.
    this.#timer ??= setTimeout(() => void this.keep(), KEEP_MS);
    clearTimeout(this.#calm);
    this.#calm = setTimeout(() => void this.#becomeChange(), CALM_MS);
  }

  /** Before the notebook is locked: what is typed first, then the photos on their way in. */
  async keepWhole(): Promise<boolean> {
    const kept = await this.keep();
    if (!this.arriving.some) return kept;
    await this.arriving.over();
    return this.keep();
  }

  /** Keeps what stands here; whether it is safe on the disk. One at a time, so that none arrives after the change. */
  keep(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#keeping = this.#keeping.then(() => this.#keep());
    return this.#keeping;
  }

  async #keep(): Promise<boolean> {
    if (this.#closed || !this.isTouched) return true;
    const answer = await commands.keepTalk(this.key, $state.snapshot(this.form) as TalkForm);
    if (answer.status === "ok") {
      this.#kept = true;
      stuck.free(this.key);
    } else if (answer.error.code === "gone") this.gone = true;
    else {
      this.#trouble = answer.error;
      // Whoever makes room need not type another letter for it.
      this.#timer ??= setTimeout(() => void this.keep(), AGAIN_MS);
    }
    return answer.status === "ok";
  }

  /** After five minutes without a key: one change of a finished conversation, and the editor goes on with it. */
  async #becomeChange() {
    if (this.#closed || this.gone || this.isNew || !this.isValid || !this.isTouched) return;
    const written = await this.#write();
    if (!written) return;
    this.#closed = false;
    await this.begin(`note:${written.id}`, {});
  }

  /** The written conversation, or nothing where something is still missing. */
  async finish(): Promise<Written | undefined> {
    this.#tried = true;
    this.#trouble = undefined;
    if (!this.isValid || this.arriving.waits) return undefined;
    // What could not be taken in is said first: whoever says "Fertig" again knows that it is missing.
    if (!(await this.arriving.over())) return undefined;
    return this.#write();
  }

  async #write(): Promise<Written | undefined> {
    if (this.busy) return undefined;
    this.#stop();
    this.busy = true;
    await this.#keeping;
    const answer = await commands.finishTalk(this.key, $state.snapshot(this.form) as TalkForm);
    this.busy = false;
    if (answer.status === "error") {
      this.#trouble = answer.error;
      this.gone ||= answer.error.code === "gone";
      return undefined;
    }
    this.#closed = true;
    stuck.free(this.key);
    return answer.data;
  }

  /**
   * Leaves the editor. What was changed in a finished conversation becomes one change if it is whole; a new one is only
   * finished by its own word, and until then stays a draft that is seen in the list. Nothing typed is lost.
   */
  async leave(): Promise<Left> {
    if (this.#closed || !this.ready) return { how: "nothing" };
    // A new one is put aside at once, for the next may begin under its name; its photos follow it there.
    if (!this.isNew || !this.isTouched) await this.arriving.over();
    if (!this.isTouched) {
      this.#close();
      return { how: "nothing" };
    }
    if (!this.gone && !this.isNew && this.isValid) {
      const written = await this.#write();
      if (written) return { how: "written", written };
    }
    this.#stop();
    await this.#keeping;
    const { key } = this;
    const form = $state.snapshot(this.form) as TalkForm;
    const kept =
      this.gone || key === NEW ? await commands.putTalkAside(key, form) : await commands.keepTalk(key, form);
    if (kept.status === "error") {
      this.#trouble = kept.error;
      stuck.hold(key, form, () =>
        key === NEW ? commands.putTalkAside(key, form) : commands.keepTalk(key, form),
      );
      return { how: "stuck" };
    }
    this.#close();
    stuck.free(key);
    const aside = kept.data ?? key;
    if (this.arriving.some) {
      await this.arriving.over();
      await commands.keepTalk(aside, $state.snapshot(this.form) as TalkForm);
    }
    return { how: "kept", key: aside };
  }

  /** The record is gone: what was typed becomes a new conversation. */
  async renew() {
    const aside = await commands.putTalkAside(this.key, $state.snapshot(this.form) as TalkForm);
    if (aside.status === "ok") await this.begin(aside.data, {});
  }

  /** What was typed goes; answers how it comes back. */
  async discard(): Promise<Discarded> {
    this.#close();
    await this.#keeping;
    const { key } = this;
    stuck.free(key);
    const form = $state.snapshot(this.form) as TalkForm;
    if (this.#kept || this.isTouched) await commands.dropTalk(key);
    return { back: () => keptAgain(key, form) };
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
