import type { Cause, FieldFault, Trouble, WrongWith } from "./bindings";
import { m } from "../words/messages";

/** One sentence for each cause: what happened, what is safe, what comes next. */
const sentences: Record<Cause, () => string> = {
  passphrase: m.trouble_passphrase,
  code: m.trouble_code,
  address: m.trouble_address,
  not_a_city: m.trouble_not_a_city,
  offline: m.trouble_offline,
  too_many: m.trouble_too_many,
  folder: m.trouble_folder,
  full: m.trouble_full,
  damaged: m.trouble_damaged,
  newer: m.trouble_newer,
  busy: m.trouble_busy,
  enrolled: m.trouble_enrolled,
  forbidden: m.trouble_forbidden,
  invalid: m.trouble_invalid,
  gone: m.trouble_gone,
  too_many_versions: m.trouble_too_many_versions,
  nothing_to_undo: m.said_nothing_to_undo,
  locked: m.trouble_locked,
  target: m.trouble_target,
  target_full: m.trouble_target_full,
  too_many_rows: m.trouble_too_many_rows,
  exporting: m.trouble_exporting,
  not_shown: m.trouble_not_shown,
  weak: m.trouble_weak,
  keychain: m.trouble_keychain,
  not_here: m.trouble_not_here,
  no_book: m.trouble_no_book,
  book_too_large: m.trouble_book_too_large,
  book_too_many: m.trouble_book_too_many,
  no_backup: m.trouble_no_backup,
  exists: m.trouble_exists,
  restore_full: m.trouble_restore_full,
  other_person: m.trouble_other_person,
  other: m.trouble_other,
};

export function sentence(cause: Cause): string {
  return sentences[cause]();
}

/** One sentence for each thing that can be wrong with a field. */
const wrongs: Record<WrongWith, () => string> = {
  empty: m.wrong_empty,
  too_long: m.wrong_too_long,
  out_of_range: m.wrong_out_of_range,
  malformed: m.wrong_malformed,
  doubled: m.wrong_doubled,
  ends_before_start: m.wrong_ends_before_start,
  itself: m.wrong_itself,
  needs: m.wrong_needs,
};

/** What is wrong with this member of a record's body, or inside it; nothing where it is right. */
export function faultAt(trouble: Trouble | undefined, field: string): string | undefined {
  const at = ({ field: where }: FieldFault) => where === field || where.startsWith(`${field}/`);
  const fault = trouble?.faults.find(at);
  return fault && wrongs[fault.wrong]();
}
