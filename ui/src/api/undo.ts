import { commands } from "./bindings";
import { sentence } from "./trouble";

/** Takes this change back; nothing where nothing changed. */
export function undoOf(step: number | null): (() => Promise<void>) | undefined {
  if (step === null) return undefined;
  return async () => {
    const answer = await commands.undo(step);
    if (answer.status === "error") throw new Error(sentence(answer.error.code));
  };
}
