import { commands, type Contact, type ContactRow, type ContactsPage } from "../../api/bindings";
import { Records } from "../../api/records.svelte";

export type Part = "" | "professional" | "resident";

/** The address book, and the card that is open. */
export class Contacts extends Records<ContactRow, ContactsPage, Contact> {
  part = $state<Part>("");
  type = $state("");

  protected list(limit: number) {
    return commands.contacts({
      contact_type: this.type || null,
      standing: this.part || null,
      district: this.district || null,
      query: this.query.trim(),
      limit,
    });
  }

  protected begun() {
    return commands.contactDrafts();
  }

  protected one(id: string) {
    return commands.contact(id);
  }
}
