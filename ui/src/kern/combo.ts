import { getLocale } from "../words/runtime";

/** Keys as they are registered: `Ctrl+N`, `Ctrl+Shift+A`, `Alt+1`, `F1`, `Delete`. */
interface Combo {
  ctrl: boolean;
  shift: boolean;
  alt: boolean;
  key: string;
}

export function parse(combo: string): Combo {
  const parts = combo.replace(/\+\+$/, "+Plus").split("+");
  const key = parts.pop() ?? "";
  return { ctrl: parts.includes("Ctrl"), shift: parts.includes("Shift"), alt: parts.includes("Alt"), key };
}

export type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** Whether these keys are the ones pressed. Digits go by their place: with Alt some layouts write signs there. */
export function matches(combo: string, pressed: Pressed): boolean {
  const { ctrl, shift, alt, key } = parse(combo);
  if (ctrl !== (pressed.ctrlKey || pressed.metaKey) || alt !== pressed.altKey) return false;
  if (/^\d$/.test(key)) return shift === pressed.shiftKey && pressed.code === `Digit${key}`;
  // On some keyboards + and − need Shift; where they do not, their other sign is meant as well.
  if (key === "Plus") return pressed.key === "+" || pressed.key === "=";
  if (key === "-") return pressed.key === "-" || pressed.key === "_";
  // A sign such as "," may need Shift on one keyboard and not on another.
  const letter = /^[a-z]$/i.test(key) || key.length > 1;
  return (!letter || shift === pressed.shiftKey) && pressed.key.toLowerCase() === key.toLowerCase();
}

/** Without Strg or Alt a key writes, or moves in a text. */
export function writes(combo: string): boolean {
  const { ctrl, alt, key } = parse(combo);
  return !ctrl && !alt && !/^F\d+$/.test(key);
}

const words: Record<"de" | "en", Record<string, string>> = {
  de: {
    Ctrl: "Strg",
    Shift: "Umschalt",
    Alt: "Alt",
    Enter: "↵",
    Escape: "Esc",
    Delete: "Entf",
    ArrowUp: "↑",
    ArrowDown: "↓",
    ArrowLeft: "←",
    ArrowRight: "→",
  },
  en: {
    Ctrl: "Ctrl",
    Shift: "Shift",
    Alt: "Alt",
    Enter: "↵",
    Escape: "Esc",
    Delete: "Del",
    ArrowUp: "↑",
    ArrowDown: "↓",
    ArrowLeft: "←",
    ArrowRight: "→",
  },
};

/** `Strg Umschalt A`, in the window's language. */
export function spoken(combo: string): string {
  const known = words[getLocale()];
  return combo
    .replace(/\+\+$/, "+Plus")
    .split("+")
    .map((part) => (part === "Plus" ? "+" : (known[part] ?? part)))
    .join(" ");
}

/** As `aria-keyshortcuts` wants it. */
export function announced(combo: string): string {
  return combo.replace("Ctrl", "Control");
}
