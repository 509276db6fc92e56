import { getLocale } from "../../words/runtime";

/** `13. Oktober, 15:10`, by the clock of this device. */
export function moment(at: string): string {
  return new Date(at).toLocaleString(getLocale() === "de" ? "de-DE" : "en-GB", {
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
  });
}

/** `13. Oktober 2026`. */
export function day(at: string): string {
  return new Date(at).toLocaleDateString(getLocale() === "de" ? "de-DE" : "en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
  });
}
