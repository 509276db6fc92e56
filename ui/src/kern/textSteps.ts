import { matches, type Pressed } from "./combo";

const STEPS: [combo: string, step: "undo" | "redo"][] = [
  ["Ctrl+Z", "undo"],
  ["Ctrl+Shift+Z", "redo"],
  ["Ctrl+Y", "redo"],
];

/** What these keys ask of the text one types. */
export function stepAsked(pressed: Pressed): "undo" | "redo" | undefined {
  return STEPS.find(([combo]) => matches(combo, pressed))?.[1];
}

/**
 * Strg+Z in a text goes a step back in it. WebKitGTK binds no key for that, a program has to; `execCommand` is
 * deprecated, but nothing else reaches a field's own history.
 */
export function stepInText(event: KeyboardEvent) {
  const step = stepAsked(event);
  const typing = event.target instanceof Element && event.target.matches("input, textarea");
  if (!step || !typing || event.defaultPrevented || event.isComposing) return;
  event.preventDefault();
  document.execCommand(step);
}

/** Takes a part out of a text field so that Strg+Z brings it back. */
export function cutOut(field: HTMLTextAreaElement, from: number, to: number) {
  field.focus();
  field.setSelectionRange(from, to);
  document.execCommand("delete");
}
