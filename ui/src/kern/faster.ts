/**
 * Whether somebody has gone to a field or a button in `box` already: what opens late leaves the focus with them.
 * What only a program can focus (a heading) does not count.
 */
export function wasFaster(box: HTMLElement | undefined): boolean {
  const at = document.activeElement;
  return !!at && !!box?.contains(at) && !at.matches("[tabindex='-1']");
}
