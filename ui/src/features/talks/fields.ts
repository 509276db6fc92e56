import type { TalkForm } from "../../api/bindings";
import { names } from "../../api/names.svelte";
import { joined, part, words, type FieldTable } from "../../kern/fields";
import { m } from "../../words/messages";
import { sayLongDay } from "./days";
import { sayFollowUp, sayLanguage, sayParticipation, sayPeople } from "./facts";

const code = (list: string, value: unknown) => (words(value) ? names.label(list, words(value)) : "");
const orNull = (value: unknown) => words(value) || null;

function people(value: unknown): TalkForm["people"] {
  const groups = Array.isArray(value) ? (value as unknown[]) : [];
  return groups.map((group) => ({
    age_band: orNull(part(group, "age_band")),
    gender: orNull(part(group, "gender")),
    count: Number(part(group, "count")) || 0,
  }));
}

/** The fields of a conversation, for whoever shows two versions of one. */
export const talkFields: FieldTable = {
  text: { title: m.field_text, say: words },
  original_words: { title: m.talk_quote, say: words },
  resources: { title: m.talk_resources, say: words },
  place: {
    title: m.field_place,
    say: (value) =>
      joined([
        code("contact_mode", part(value, "contact_mode")),
        code("place_kind", part(value, "place_kind")),
        words(part(value, "place")),
      ]),
  },
  language: {
    title: m.talk_language,
    say: (value) => {
      const interpreter = part(value, "interpreter");
      return sayLanguage({
        language: orNull(part(value, "language")),
        interpreter: typeof interpreter === "boolean" ? interpreter : null,
      });
    },
  },
  occurred_at: {
    title: m.new_when,
    say: (value) => `${sayLongDay(words(value))}, ${words(value).slice(11, 16)}`,
  },
  duration_minutes: {
    title: m.new_duration,
    say: (value) => (typeof value === "number" ? m.talk_minutes({ count: value }) : ""),
  },
  contact_order: { title: m.new_order, say: (value) => code("contact_order", value) },
  people: { title: m.talk_people, say: (value) => sayPeople({ people: people(value) }) },
  participation: {
    title: m.new_participation,
    say: (value) => sayParticipation({ participation: typeof value === "number" ? value : null }),
  },
  "attachments/caption": { title: m.field_file_caption, say: words },
  "attachments/name": { title: m.field_file_name, say: words },
  follow_up: {
    title: m.talk_follow_up,
    say: (value) =>
      sayFollowUp({
        follow_up_on: orNull(part(value, "on")),
        follow_up_who: words(part(value, "who")),
        follow_up_done_on: orNull(part(value, "done_on")),
      }),
  },
};
