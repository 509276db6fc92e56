import { names } from "../../api/names.svelte";
import { fullDay, isDay } from "../../kern/dates";
import { joined, part, words, type FieldTable } from "../../kern/fields";
import { m } from "../../words/messages";
import { sayForm, sayStanding, sayType } from "./words";

const code = (list: string) => (value: unknown) => (words(value) ? names.label(list, words(value)) : "");
const day = (value: unknown) => (isDay(words(value)) ? fullDay(words(value)) : words(value));

/** The fields of a card, for whoever shows two versions of one. */
export const contactFields: FieldTable = {
  type: { title: m.contact_what, say: (value) => sayType(words(value)) },
  standing: { title: m.contact_who, say: (value) => sayStanding(words(value)) },
  name: { title: m.contact_name, say: words },
  function: { title: m.contact_function, say: words },
  organisation: { title: m.contact_works_at, say: words },
  address: {
    title: m.contact_address,
    say: (value) =>
      joined([
        joined([words(part(value, "street")), words(part(value, "number"))], " "),
        words(part(value, "addition")),
        joined([words(part(value, "postcode")), words(part(value, "city"))], " "),
      ]),
  },
  preferred_way: { title: m.contact_way, say: code("contact_mode") },
  source: { title: m.contact_source, say: words },
  last_contact_on: { title: m.contact_last, say: day },
  "consents/purpose": { title: m.consent_purpose, say: words },
  "consents/given": {
    title: m.consents,
    say: (value) =>
      joined([
        day(part(value, "given_on")),
        sayForm(words(part(value, "form"))),
        words(part(value, "text_version")),
        code("language")(part(value, "language")),
      ]),
  },
  "consents/withdrawn_on": {
    title: m.consent_withdraw,
    say: (value) => (words(value) ? m.consent_withdrawn({ day: day(value) }) : ""),
  },
};
