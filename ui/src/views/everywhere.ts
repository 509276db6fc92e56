import { transfers } from "../api/transfers.svelte";
import type { Command } from "../kern/keys.svelte";
import { go, route } from "../kern/route.svelte";
import { said } from "../kern/said.svelte";
import { m } from "../words/messages";
import { lockNow } from "./lockNow";

/** Who reads a conversation begins the request that comes from it, with its place and a link to it. */
function requestFromHere(): string {
  const { view, id } = route.at;
  const isRecord = /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id ?? "");
  return view === "talks" && isRecord ? `new-${id}` : "new";
}

/** What can be done from every view; `show` opens what lies over it. */
export function everywhere(show: (what: "palette" | "shortcuts") => void): Command[] {
  return [
    { id: "new-talk", label: m.talks_new, combo: "Ctrl+N", group: "make", run: () => go("talks", "new") },
    {
      id: "new-request",
      label: m.requests_new,
      combo: "Ctrl+Shift+A",
      group: "make",
      run: () => go("requests", requestFromHere()),
    },
    {
      id: "new-contact",
      label: m.contacts_new,
      combo: "Ctrl+Shift+K",
      group: "make",
      run: () => go("contacts", "new"),
    },
    { id: "export", label: m.report_export, group: "make", run: () => go("report") },
    { id: "search", label: m.nav_search, combo: "Ctrl+K", group: "go", run: () => show("palette") },
    { id: "go-talks", label: m.nav_talks, combo: "Alt+1", group: "go", run: () => go("talks") },
    { id: "go-requests", label: m.nav_requests, combo: "Alt+2", group: "go", run: () => go("requests") },
    { id: "go-contacts", label: m.nav_contacts, combo: "Alt+3", group: "go", run: () => go("contacts") },
    { id: "go-report", label: m.nav_report, combo: "Alt+4", group: "go", run: () => go("report") },
    { id: "go-versions", label: m.two_list, group: "go", run: () => go("versions") },
    { id: "go-trash", label: m.trash_title, group: "go", run: () => go("trash") },
    { id: "go-settings", label: m.nav_settings, combo: "Ctrl+,", group: "go", run: () => go("settings") },
    {
      id: "undo",
      label: m.said_undo,
      combo: "Ctrl+Z",
      group: "app",
      notInText: true,
      run: () => void said.undo(),
    },
    {
      id: "redo",
      label: m.said_redo,
      combo: "Ctrl+Shift+Z",
      group: "app",
      notInText: true,
      when: () => said.canRedo,
      run: () => void said.redo(),
    },
    {
      id: "transfer",
      label: m.transfer_now,
      combo: "Ctrl+Shift+U",
      group: "app",
      run: () => void transfers.ask(),
    },
    { id: "lock", label: m.lock_now, combo: "Ctrl+L", group: "app", run: () => void lockNow() },
    { id: "shortcuts", label: m.keys_title, combo: "F1", group: "app", run: () => show("shortcuts") },
  ];
}
