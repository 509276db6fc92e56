// What of a screen is not seen in forced colours. Answers sentences.
const faults = new Set();
const told = (each) => (each.closest('svg') ?? each) !== each ? told(each.closest('svg').parentElement) + ' svg' : (each.tagName.toLowerCase() + ' ' + (each.getAttribute('aria-label') || each.labels?.[0]?.textContent || each.textContent || each.className?.baseVal || each.className))
  .replace(/\s+/g, ' ').trim().slice(0, 60);
const shown = (each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !each.closest('[inert], .only-heard');
const clear = (colour) => colour === 'transparent' || /^rgba\(.*, 0\)$|\/ 0\)$/.test(colour);
const SIDES = ['Top', 'Right', 'Bottom', 'Left'];
const edges = (style) => SIDES.filter((side) => style[`border${side}Style`] !== 'none' && parseFloat(style[`border${side}Width`]) > 0 && !clear(style[`border${side}Color`]));
const outlined = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && !clear(style.outlineColor);

// The colours that the person has chosen; some let the ground through.
const plain = (colour) => colour.replace(/^rgba\((\d+, \d+, \d+), [\d.]+\)$/, 'rgb($1)');
const probe = document.body.appendChild(document.createElement('i'));
const chosen = new Set(['Canvas', 'CanvasText', 'LinkText', 'VisitedText', 'ActiveText', 'ButtonFace', 'ButtonText', 'ButtonBorder', 'Field', 'FieldText', 'Highlight', 'HighlightText', 'SelectedItem', 'SelectedItemText', 'GrayText', 'Mark', 'MarkText', 'AccentColor', 'AccentColorText']
  .map((name) => { probe.style.forcedColorAdjust = 'none'; probe.style.color = name; return plain(getComputedStyle(probe).color); }));
probe.remove();
const ground = (each) => {
  for (let at = each; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (!clear(colour)) return colour;
  }
  return 'rgb(255, 255, 255)';
};

for (const each of document.body.querySelectorAll('*')) {
  if (!shown(each) || each.localName === 'option') continue;
  const style = getComputedStyle(each);
  const used = each instanceof SVGElement
    ? each instanceof SVGGeometryElement ? [['line', style.stroke], ['area', style.fill]] : []
    : [['text', style.color], ['ground', style.backgroundColor], ...edges(style).map((side) => ['edge', style[`border${side}Color`]])];
  for (const [what, colour] of used)
    if (colour !== 'none' && !clear(colour) && !chosen.has(plain(colour))) faults.add(`the ${what} of ${told(each)} has a colour of its own: ${colour}`);
  if (style.backgroundImage.includes('gradient')) faults.add(`${told(each)} has a ground of its own: ${style.backgroundImage}`);
  if (each instanceof SVGGeometryElement && !clear(style.stroke) && style.stroke !== 'none' && plain(style.stroke) === plain(ground(each)))
    faults.add(`the sign in ${told(each.closest('button, a, label, span, p, div'))} is not seen`);
}

// What is drawn for a control: itself, or what stands for it where it is laid over it unseen.
const drawn = (each) => getComputedStyle(each).opacity === '0' ? [each.closest('label'), each.parentElement, each.nextElementSibling].filter(Boolean) : [each, each.parentElement];
const controls = [...(document.querySelector('dialog[open]') ?? document).querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest('[inert]') && each.tabIndex >= 0 && !each.disabled);
const fields = 'input:not([type=checkbox], [type=radio]), select, textarea';
const had = document.activeElement;
for (const each of controls) {
  const apart = drawn(each).some((part) => edges(getComputedStyle(part)).length > 0 || plain(getComputedStyle(part).backgroundColor) !== plain(ground(part.parentElement)));
  if (each.matches(fields) && !apart) faults.add(`where ${told(each)} is cannot be seen`);
  const around = [each, each.closest('label'), each.parentElement, each.nextElementSibling].filter(Boolean);
  const lines = () => around.map((part) => getComputedStyle(part)).map((style) => outlined(style) && [style.outlineColor, style.outlineWidth, style.outlineOffset].join());
  document.activeElement.blur();
  const without = lines();
  each.focus({ focusVisible: true });
  if (document.activeElement === each && !lines().some((line, at) => line && line !== without[at])) faults.add(`the focus on ${told(each)} is not seen`);
}
had?.focus?.({ focusVisible: true });

// What is chosen looks other than what is not: by an edge, a line or a ground of its own.
const looks = (each) => JSON.stringify([each, ...each.querySelectorAll('*'), ...[each.nextElementSibling].filter(Boolean)].flatMap((part) => [undefined, '::before', '::after'].map((pseudo) => {
  const style = getComputedStyle(part, pseudo);
  // A ground like the one around it is none, and what stands before or after is nothing where nothing of it is seen.
  const own = plain(style.backgroundColor);
  const seen = !clear(own) && own !== plain(ground(pseudo ? part : part.parentElement)) && own;
  const lines = edges(style).map((side) => [side, style[`border${side}Color`], style[`border${side}Width`], style[`border${side}Style`]]);
  const around = outlined(style) && style.outlineColor;
  const said = !!pseudo && !['none', 'normal', '""'].includes(style.content) && style.content;
  const there = !pseudo || (style.content !== 'none' && style.display !== 'none' && (seen || lines.length > 0 || around || said));
  return there && [seen, lines, around, style.textDecorationLine, said, pseudo && [style.width, style.height], part instanceof SVGElement && style.stroke];
})));
for (const [css, name, value] of [['[aria-current]', 'aria-current', null], ['[aria-selected=true]', 'aria-selected', 'false'], ['[aria-pressed=true]', 'aria-pressed', 'false']])
  for (const each of document.querySelectorAll(css)) {
    if (!shown(each)) continue;
    const [was, named, before] = [each.getAttribute(name), each.className, looks(each)];
    if (value === null) each.removeAttribute(name);
    else each.setAttribute(name, value);
    each.classList.remove('open', 'active');
    const after = looks(each);
    each.setAttribute(name, was);
    each.className = named;
    if (before === after) faults.add(`that ${told(each)} is chosen is not seen`);
  }
for (const each of document.querySelectorAll('input:is([type=checkbox], [type=radio])')) {
  if (!each.checkVisibility()) continue;
  const alone = getComputedStyle(each).appearance !== 'none' && getComputedStyle(each).opacity !== '0';
  if (alone) continue;
  const sign = () => looks(each.closest('label') ?? each.parentElement);
  const was = each.checked;
  each.checked = true;
  const on = sign();
  each.checked = false;
  const box = each.closest('label') ?? each.parentElement;
  const ticks = [...box.querySelectorAll('svg')].filter((tick) => tick.checkVisibility({ visibilityProperty: true }));
  if (on === sign() || ticks.length > 0) faults.add(`whether ${told(each)} is ticked is not seen`);
  each.checked = was;
}
return [...faults];
