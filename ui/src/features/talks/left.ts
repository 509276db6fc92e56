import type { Written } from "../../api/bindings";

/** The key under which a new conversation is typed. */
export const NEW = "note:new";

/** How an editor was left. */
export type Left =
  { how: "written"; written: Written } | { how: "kept"; key: string } | { how: "nothing" } | { how: "stuck" };

/** A draft was thrown away; it comes back under the key that is answered. */
export interface Discarded {
  back: () => Promise<string>;
}
