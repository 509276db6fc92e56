// Everything that the first screen does without, in one piece: see `rest.svelte.ts`.
export { default as DraftFiles } from "../features/files/DraftFiles.svelte";
export { default as RecordFiles } from "../features/files/RecordFiles.svelte";
export { default as PaletteDialog } from "../features/palette/PaletteDialog.svelte";
export { default as ShortcutsDialog } from "../features/palette/ShortcutsDialog.svelte";
export { talkFields } from "../features/talks/fields";
export { default as TalkEditor } from "../features/talks/TalkEditor.svelte";
export { default as TalkRead } from "../features/talks/TalkRead.svelte";
export { default as RecordVersions } from "../features/versions/RecordVersions.svelte";
export { default as ContactsView } from "./ContactsView.svelte";
export { default as ReportView } from "./ReportView.svelte";
export { default as RequestsView } from "./RequestsView.svelte";
export { default as SettingsView } from "./SettingsView.svelte";
export { default as StartView } from "./StartView.svelte";
export { default as TrashView } from "./TrashView.svelte";
export { default as UnlockView } from "./UnlockView.svelte";
export { default as VersionsView } from "./VersionsView.svelte";
