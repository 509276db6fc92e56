import type { TalkForm } from "../../api/bindings";
import { names } from "../../api/names.svelte";
import { m } from "../../words/messages";
import { sayLongDay } from "./days";

const told = (list: string, code: string | null) => (code ? names.label(list, code) : undefined);
const joined = (parts: (string | undefined | null)[], by = ", ") => parts.filter(Boolean).join(by);

const genders: Record<string, (said: { count: number }) => string> = {
  w: m.gender_w,
  m: m.gender_m,
  d: m.gender_d,
};

export function sayPeople(form: TalkForm): string {
  const group = ({ age_band, gender, count }: TalkForm["people"][number]) =>
    joined([
      (genders[gender ?? ""] ?? m.gender_none)({ count }),
      age_band ? m.talk_years({ band: names.label("age_band", age_band).replace("-", "–") }) : undefined,
    ]);
  return form.people.map(group).join("; ");
}

export function sayPlace(form: TalkForm): string {
  return joined([
    form.place || told("place_kind", form.place_kind),
    ...form.districts.map((id) => names.district(id)),
  ]);
}

export function sayFollowUp(form: TalkForm): string {
  if (!form.follow_up_on) return "";
  const day = joined([sayLongDay(form.follow_up_on), form.follow_up_who]);
  return form.follow_up_done_on ? m.talk_follow_up_done({ day }) : day;
}

export function sayParticipation(form: TalkForm): string {
  return form.participation ? m.participation_of({ count: form.participation }) : "";
}

export function sayContact(form: TalkForm): string {
  return joined([told("contact_order", form.contact_order), told("contact_mode", form.contact_mode)]);
}

export function sayLanguage(form: TalkForm): string {
  const interpreted =
    form.interpreter === null ? undefined : form.interpreter ? m.talk_interpreter() : m.talk_no_interpreter();
  return joined([
    told("language", form.language),
    form.language ? (form.interpreter ? interpreted : undefined) : interpreted,
  ]);
}

export function sayServices(form: TalkForm): string {
  return form.services.map(({ service, to }) => joined([told("service", service), to], ": ")).join(", ");
}

/** What a field is called, as the body names it. */
const TITLES: Record<string, () => string> = {
  text: m.field_text,
  original_words: m.talk_quote,
  resources: m.talk_resources,
  place: m.field_place,
  language: m.talk_language,
  occurred_at: m.new_when,
  duration_minutes: m.new_duration,
  contact_order: m.new_order,
  people: m.talk_people,
  topics: m.new_topics,
  participation: m.new_participation,
  services: m.talk_services,
  follow_up: m.talk_follow_up,
  links: m.talk_links,
  "envelope.districts": m.new_district,
};

export function titleOf(field: string): string {
  return TITLES[field]?.() ?? m.field_other();
}

/** Fields whose versions can be brought together by hand. */
export const TEXTS = new Set(["text", "original_words", "resources"]);

/** What a field says in one of its versions. */
export function sayField(field: string, form: TalkForm): string {
  const words: Record<string, () => string> = {
    text: () => form.text,
    original_words: () => form.original_words,
    resources: () => form.resources,
    place: () =>
      joined([told("contact_mode", form.contact_mode), told("place_kind", form.place_kind), form.place]),
    language: () => sayLanguage(form),
    occurred_at: () => `${sayLongDay(form.when)}, ${form.when.slice(11, 16)}`,
    duration_minutes: () => (form.duration_minutes ? m.talk_minutes({ count: form.duration_minutes }) : ""),
    contact_order: () => told("contact_order", form.contact_order) ?? "",
    people: () => sayPeople(form),
    topics: () => form.topics.map((code) => names.label("topic", code)).join(", "),
    participation: () => sayParticipation(form),
    services: () => sayServices(form),
    follow_up: () => sayFollowUp(form),
    links: () => m.talk_links_count({ count: form.links.length }),
    "envelope.districts": () => form.districts.map((id) => names.district(id)).join(", "),
  };
  return words[field]?.() ?? "";
}
