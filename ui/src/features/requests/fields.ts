import { names } from "../../api/names.svelte";
import { fullDay, isDay } from "../../kern/dates";
import { joined, part, words, type FieldTable } from "../../kern/fields";
import { m } from "../../words/messages";
import { sayFeedback, sayStatus, sayStep } from "./words";

const code = (list: string) => (value: unknown) => (words(value) ? names.label(list, words(value)) : "");
const day = (value: unknown) => (isDay(words(value)) ? fullDay(words(value)) : words(value));

/** The fields of a request, for whoever shows two versions of one. */
export const requestFields: FieldTable = {
  number: { title: m.request_number, say: words },
  received: {
    title: m.request_received,
    say: (value) =>
      joined([day(part(value, "received_on")), code("request_way")(part(value, "received_way"))]),
  },
  category: { title: m.request_category, say: code("request_category") },
  place: { title: m.request_place, say: words },
  description: { title: m.request_description, say: words },
  field: { title: m.request_field, say: code("field") },
  due_on: { title: m.request_due, say: day },
  result: { title: m.request_result, say: words },
  feedback: {
    title: m.request_feedback,
    say: (value) =>
      joined([
        sayFeedback(words(part(value, "kind"))),
        day(part(value, "on")),
        code("contact_mode")(part(value, "way")),
        words(part(value, "reason")),
      ]),
  },
  status: {
    title: m.requests_status,
    say: (value, called) =>
      joined([
        sayStatus(words(part(value, "status"))),
        words(part(value, "status_reason")),
        words(part(value, "duplicate_of")) && called(words(part(value, "duplicate_of"))),
      ]),
  },
  contact: {
    title: m.request_contact,
    say: (value, called) => (words(value) ? called(words(value)) : m.request_anonymous()),
  },
  "steps/step": {
    title: m.request_step,
    say: (value) =>
      joined([
        sayStep(words(part(value, "step")), words(part(value, "whom")) || null),
        day(part(value, "on")),
      ]),
  },
  "photos/caption": { title: m.field_file_caption, say: words },
  "photos/name": { title: m.field_file_name, say: words },
  "steps/text": { title: m.request_step_text, say: words },
};
