/** Where in the window one is: the address after `#/`, so that going back works as everywhere. */
const VIEWS = ["talks", "requests", "contacts", "report", "versions", "trash", "settings"] as const;
export type View = (typeof VIEWS)[number];

export interface Spot {
  view: View;
  /** A record, `new`, or a part of the view. */
  id?: string;
}

/** Reads an address; whatever it does not name is the first view. */
export function read(hash: string): Spot {
  const [name, id] = hash.replace(/^#\/?/, "").split("/");
  const view = VIEWS.find((each) => each === name);
  if (!view) return { view: "talks" };
  return id ? { view, id: decoded(id) } : { view };
}

export function href(view: View, id?: string): string {
  return id ? `#/${view}/${encodeURIComponent(id)}` : `#/${view}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

class Route {
  at = $state.raw<Spot>(read(globalThis.location?.hash ?? ""));

  constructor() {
    globalThis.addEventListener?.("hashchange", () => {
      // Told once already where it was `go`.
      if (location.hash !== href(this.at.view, this.at.id)) this.look();
    });
  }

  look() {
    this.at = read(location.hash);
  }
}

export const route = new Route();

/** Goes to a view, or to a record in it; `go("talks", "new")` begins a new one. */
export function go(view: View, id?: string) {
  const to = href(view, id);
  if (location.hash !== to) location.hash = to;
  route.look();
}

/** As `go`, without a step that "back" would return to. */
export function goInstead(view: View, id?: string) {
  history.replaceState(history.state, "", href(view, id));
  route.look();
}
