import type { TalkRow } from "../../api/bindings";
import { dayOf } from "./days";

/** What the long list holds: a heading for each day, and under it the day's conversations. */
export type ListRow =
  | { kind: "day"; key: string; height: number; stop: false; day: string; count: number | undefined }
  | { kind: "talk"; key: string; height: number; stop: true; talk: TalkRow };

const DAY_HEIGHT = 40;
const TALK_HEIGHT = 64;

/** Puts the days' headings in. A day that may go on beyond what was read has no count yet. */
export function withDays(talks: TalkRow[], complete: boolean): ListRow[] {
  const rows: ListRow[] = [];
  let heading: Extract<ListRow, { kind: "day" }> | undefined;
  for (const talk of talks) {
    const day = dayOf(talk.occurred_at);
    if (heading?.day !== day) {
      heading = { kind: "day", key: `${day} ${rows.length}`, height: DAY_HEIGHT, stop: false, day, count: 0 };
      rows.push(heading);
    }
    heading.count = (heading.count ?? 0) + 1;
    rows.push({ kind: "talk", key: talk.id, height: TALK_HEIGHT, stop: true, talk });
  }
  if (heading && !complete) heading.count = undefined;
  return rows;
}
