import type { FileForm, FileState, RefusedFile, WhyNot } from "../../api/bindings";
import { m } from "../../words/messages";

const whys: Record<WhyNot, () => string> = {
  empty: m.files_why_empty,
  too_large: m.files_why_too_large,
  too_many_pixels: m.files_why_too_many_pixels,
  heic: m.files_why_heic,
  other_picture: m.files_why_other_picture,
  film: m.files_why_film,
  unreadable: m.files_why_unreadable,
  full: m.files_why_full,
  other: m.files_why_other,
};

/** Why a file was not taken in, and what to do. */
export const sayRefused = ({ name, why }: RefusedFile) => m.files_refused({ name, why: whys[why]() });

/** What is not as usual about where a photo or file is. */
export function sayState(state: FileState): string {
  if (state === "waits") return m.files_waits();
  if (state === "absent") return m.files_absent();
  if (state === "coming") return m.files_coming();
  return "";
}

/** What a photo or file is called aloud. */
export const titleOf = (file: FileForm) => file.caption || file.name || m.files_unnamed();
