import type { Transfer } from "../../api/bindings";
import { cityTime } from "../../kern/clock";
import { counting } from "../../kern/number";
import { href } from "../../kern/route.svelte";
import { m } from "../../words/messages";
import { getLocale } from "../../words/runtime";
import type { IconName } from "../../kern/Icon.svelte";

/** The transfer in words: one line that matters, one that adds to it. */
export interface Said {
  icon: IconName;
  look: "good" | "waiting" | "two" | "bad" | "quiet";
  line: string;
  more: string | undefined;
  /** Where the line leads. */
  href?: string;
}

/** `08:12`, with the day where it was not today. */
export function time(at: string, now: Date): string {
  const then = cityTime(new Date(at));
  const language = getLocale() === "de" ? "de-DE" : "en-GB";
  const clock = then.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
  if (then.toDateString() === now.toDateString()) return clock;
  return `${then.toLocaleDateString(language, { day: "numeric", month: "long" })}, ${clock}`;
}

/** What the round that runs has done so far, in counted things. */
export function counted({ received, sent }: Transfer): string | undefined {
  const parts = [
    received ? m.transfer_received(counting(received)) : undefined,
    sent ? m.transfer_sent(counting(sent)) : undefined,
  ].filter(Boolean);
  return parts.length ? parts.join(", ") : undefined;
}

export function say(transfer: Transfer, now: Date): Said {
  const records = transfer.waiting ? m.transfer_waiting({ count: transfer.waiting }) : undefined;
  const files = transfer.files ? m.transfer_files({ count: transfer.files }) : undefined;
  const waiting = [records, files].filter(Boolean).join(", ") || undefined;
  const last = transfer.last_at ? m.transfer_last({ time: time(transfer.last_at, now) }) : undefined;
  const both = [waiting, last].filter(Boolean).join(", ") || undefined;
  const since = transfer.since ?? transfer.last_at;
  switch (transfer.pace) {
    case "signed_out":
      return { icon: "warn", look: "bad", line: m.transfer_signed_out(), more: m.transfer_signed_out_more() };
    case "too_old":
      return { icon: "warn", look: "bad", line: m.transfer_too_old(), more: m.transfer_too_old_more() };
    case "notebook":
      return { icon: "warn", look: "bad", line: m.transfer_notebook(), more: m.transfer_notebook_more() };
    case "full":
      return { icon: "warn", look: "bad", line: m.transfer_full(), more: m.transfer_full_more() };
    case "read_only":
      return { icon: "warn", look: "bad", line: m.transfer_read_only(), more: m.transfer_read_only_more() };
    case "running":
      return { icon: "round", look: "quiet", line: m.transfer_running(), more: counted(transfer) ?? waiting };
  }
  if (transfer.two_versions)
    return {
      icon: "two",
      look: "two",
      line: m.transfer_two({ count: transfer.two_versions }),
      more: both,
      href: href("versions"),
    };
  if (transfer.refused)
    return { icon: "warn", look: "bad", line: m.transfer_refused({ count: transfer.refused }), more: both };
  if (transfer.pace === "offline")
    return {
      icon: "offline",
      look: "waiting",
      line: since ? m.transfer_offline({ time: time(since, now) }) : m.transfer_never(),
      more: [waiting && `${waiting}.`, m.transfer_offline_more()].filter(Boolean).join(" "),
    };
  if (transfer.pace === "unavailable")
    return {
      icon: "offline",
      look: "waiting",
      line: m.transfer_unavailable(),
      more: m.transfer_unavailable_more(),
    };
  if (waiting) return { icon: "waiting", look: "waiting", line: waiting, more: last };
  if (!transfer.last_at) return { icon: "waiting", look: "quiet", line: m.transfer_never(), more: undefined };
  return {
    icon: "check",
    look: "good",
    line: m.transfer_all({ time: time(transfer.last_at, now) }),
    more: undefined,
  };
}
