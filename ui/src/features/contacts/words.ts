import { m } from "../../words/messages";

/** Kinds and parts of the address book are the program's own words and no list of a city. */
export function sayType(type: string): string {
  return type === "organisation" ? m.contact_organisation() : m.contact_person();
}

export function sayStanding(standing: string): string {
  return standing === "resident" ? m.contact_resident() : m.contact_professional();
}

export function sayForm(form: string): string {
  return form === "written" ? m.consent_written() : m.consent_spoken();
}
