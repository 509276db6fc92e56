import { commands } from "./bindings";
import { sentence } from "./trouble";

/** Takes something back; answers what it was about and how it is done again. */
type Undo = () => Promise<{ of: string; again: Undo | undefined }>;

/** Of a title, what a line has room for. */
const BEGINNING = 40;

/** Takes this change back; nothing where nothing changed. */
export function undoOf(step: number | null): Undo | undefined {
  if (step === null) return undefined;
  return async () => {
    const answer = await commands.undo(step);
    if (answer.status === "error") throw new Error(sentence(answer.error.code));
    const { title, step: forth } = answer.data;
    const of = title.length > BEGINNING ? `${title.slice(0, BEGINNING).trimEnd()} …` : title;
    return { of, again: undoOf(forth) };
  };
}
