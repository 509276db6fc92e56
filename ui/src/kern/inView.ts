let byKey = true;

/** How somebody moves: only who goes by keys is followed, a page that moves under a mouse loses its click. */
export function moved(event: Event) {
  byKey = event.type === "keydown";
}

/** The field that got the focus is seen whole: with its name, and with what is said of it. */
export function shownWhole(event: FocusEvent) {
  if (!byKey || !(event.target instanceof Element) || !event.target.closest("form")) return;
  const whole = event.target.closest("form .field, form fieldset") ?? event.target;
  // What has no room as a whole would push the part that has the focus out of sight.
  const fits = whole.getBoundingClientRect().height < innerHeight / 2;
  (fits ? whole : event.target).scrollIntoView({ block: "nearest" });
}

/** Where there is no room for two columns, what a click opened lies below the list: it comes into sight. */
export function opened(box: HTMLElement | undefined) {
  if (!byKey && matchMedia("(max-width: 63.99rem)").matches) box?.scrollIntoView({ block: "start" });
}
