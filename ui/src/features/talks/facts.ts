import type { TalkForm } from "../../api/bindings";
import { names } from "../../api/names.svelte";
import { joined } from "../../kern/fields";
import { m } from "../../words/messages";
import { sayLongDay } from "./days";

const told = (list: string, code: string | null) => (code ? names.label(list, code) : undefined);

const genders: Record<string, (said: { count: number }) => string> = {
  w: m.gender_w,
  m: m.gender_m,
  d: m.gender_d,
};

export function sayPeople(form: Pick<TalkForm, "people">): string {
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

export function sayFollowUp(
  form: Pick<TalkForm, "follow_up_on" | "follow_up_who" | "follow_up_done_on">,
): string {
  if (!form.follow_up_on) return "";
  const day = joined([sayLongDay(form.follow_up_on), form.follow_up_who]);
  return form.follow_up_done_on ? m.talk_follow_up_done({ day }) : day;
}

export function sayParticipation(form: Pick<TalkForm, "participation">): string {
  return form.participation ? m.participation_of({ count: form.participation }) : "";
}

export function sayContact(form: TalkForm): string {
  return joined([told("contact_order", form.contact_order), told("contact_mode", form.contact_mode)]);
}

export function sayLanguage(form: Pick<TalkForm, "language" | "interpreter">): string {
  const interpreted =
    form.interpreter === null ? undefined : form.interpreter ? m.talk_interpreter() : m.talk_no_interpreter();
  return joined([
    told("language", form.language),
    form.language ? (form.interpreter ? interpreted : undefined) : interpreted,
  ]);
}

export function sayServices(form: Pick<TalkForm, "services">): string {
  return form.services.map(({ service, to }) => joined([told("service", service), to], ": ")).join(", ");
}
