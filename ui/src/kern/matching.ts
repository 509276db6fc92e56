/** Without case, accents and ß, so that "groß" finds "Gross" and "loschen" "Löschen". */
export function plain(text: string): string {
  return text.toLowerCase().replaceAll("ß", "ss").normalize("NFD").replace(/\p{M}/gu, "");
}

/** What holds the query: names that begin with it first, then words that do, then the rest. */
export function matching<T extends { name: string }>(options: T[], query: string): T[] {
  const asked = plain(query.trim());
  if (!asked) return options;
  const rank = ({ name }: T) => {
    const found = plain(name);
    if (found.startsWith(asked)) return 0;
    if (found.split(/[^\p{L}\d]+/u).some((word) => word.startsWith(asked))) return 1;
    return found.includes(asked) ? 2 : 3;
  };
  return options
    .map((option) => ({ option, at: rank(option) }))
    .filter(({ at }) => at < 3)
    .sort((a, b) => a.at - b.at)
    .map(({ option }) => option);
}
