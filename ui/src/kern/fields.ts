/** How a field of a record is called, and what a value of it says. */
export interface FieldWords {
  title: () => string;
  /** `value` as a body writes it; `called` names the record of an id. */
  say: (value: unknown, called: (id: string) => string) => string;
}

/** The fields of one kind, by their names in its body; a field inside a part by `steps/text`, without the part's id. */
export type FieldTable = Record<string, FieldWords>;

/** A member of a unit of several fields. */
export function part(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** A text as it is; nothing else says anything. */
export function words(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function joined(parts: (string | undefined | null | false)[], by = ", "): string {
  return parts.filter(Boolean).join(by);
}

/** A value that this version of the window has no words for, as plainly as it goes. */
export function plain(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return joined(value.map(plain));
  if (typeof value === "object") return joined(Object.values(value).map(plain));
  return String(value);
}

/** Where a field's words stand in a table. */
export function entryOf(table: FieldTable, field: string): FieldWords | undefined {
  const [list, , unit] = field.split("/");
  return table[unit ? `${list}/${unit}` : field];
}
