import { getLocale } from "../words/runtime";

/** For a message that counts: the number, and how it is written (`2.400`). */
export function counting(count: number): { count: number; said: string } {
  return { count, said: count.toLocaleString(tag()) };
}

/** How large a file is, from units of 1,000 bytes: `1,2 MB`. */
export function fileSize(kilobytes: number): string {
  const units = [
    { unit: "gigabyte", size: 1_000_000 },
    { unit: "megabyte", size: 1_000 },
  ];
  const { unit, size } = units.find(({ size }) => kilobytes >= size) ?? { unit: "kilobyte", size: 1 };
  const style = { style: "unit", unit, maximumFractionDigits: 1 } as const;
  return (kilobytes / size).toLocaleString(tag(), style);
}

function tag(): string {
  return getLocale() === "de" ? "de-DE" : "en-GB";
}
