import type { Cause } from "./bindings";
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
  locked: m.trouble_locked,
  target: m.trouble_target,
  target_full: m.trouble_target_full,
  too_many_rows: m.trouble_too_many_rows,
  exporting: m.trouble_exporting,
  not_shown: m.trouble_not_shown,
  other: m.trouble_other,
};

export function sentence(cause: Cause): string {
  return sentences[cause]();
}
