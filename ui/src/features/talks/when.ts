import { fieldDay, isoDay } from "../../kern/dates";
import { sayDay } from "./days";

/** As it stands in the field: `Heute, 14:30`. It can be read back. */
export function sayWhen(wall: string, now: Date): string {
  const [day = "", time = ""] = wall.split("T");
  return `${day === isoDay(now) ? sayDay(day, now) : fieldDay(day)}, ${time.slice(0, 5)}`;
}
