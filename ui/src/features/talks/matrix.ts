import type { TalkGroup } from "../../api/bindings";

/** A code, or nothing where it was not said. */
type Code = string | null;

const none = (code: Code) => (code === "none" ? null : code);

/** How many stand in a cell. A gender or age that was not said may be written either way. */
export function countOf(people: TalkGroup[], age: Code, gender: Code): number {
  return people
    .filter((group) => none(group.age_band) === none(age) && none(group.gender) === none(gender))
    .reduce((sum, group) => sum + group.count, 0);
}

/** The same people with so many in a cell. */
export function withCount(people: TalkGroup[], age: Code, gender: Code, count: number): TalkGroup[] {
  const is = (group: TalkGroup) => none(group.age_band) === none(age) && none(group.gender) === none(gender);
  const first = people.findIndex(is);
  const cell = { ...(people[first] ?? { age_band: age, gender }), count };
  const others = people.filter((group) => !is(group));
  if (count <= 0) return others;
  return first < 0
    ? [...others, cell]
    : [
        ...people.slice(0, first).filter((g) => !is(g)),
        cell,
        ...people.slice(first + 1).filter((g) => !is(g)),
      ];
}

export function total(people: TalkGroup[]): number {
  return people.reduce((sum, group) => sum + group.count, 0);
}
