import { getLocale } from "../words/runtime";

/** For a message that counts: the number, and how it is written (`2.400`). */
export function counting(count: number): { count: number; said: string } {
  return { count, said: count.toLocaleString(getLocale() === "de" ? "de-DE" : "en-GB") };
}

/** How large a file is, from units of 1,000 bytes: `1,2 MB`. */
export function fileSize(kilobytes: number): string {
  const locale = getLocale() === "de" ? "de-DE" : "en-GB";
  const units: [number, string][] = [
    [1_000_000, "GB"],
    [1_000, "MB"],
    [1, "KB"],
  ];
  const [unit, name] = units.find(([unit]) => kilobytes >= unit) ?? [1, "KB"];
  const size = (kilobytes / unit).toLocaleString(locale, { maximumFractionDigits: unit > 1 ? 1 : 0 });
  return `${size} ${name}`;
}
