let byKey = true;

/** How somebody moves: only who goes by keys is followed, a page that moves under a mouse loses its click. */
export function moved(event: Event) {
  byKey = event.type === "keydown";
}

/** The field that got the focus is seen whole: with its name, and with what is said of it. */
export function shownWhole(event: FocusEvent) {
  if (!byKey || !(event.target instanceof Element)) return;
  const whole = event.target.closest("form .field, form fieldset, form button");
  whole?.scrollIntoView({ block: "nearest" });
}
