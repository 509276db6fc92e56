// Puts the focus on the next control that was not used yet. Answers what it is called, by which key it is used, and which
// others are left; nothing where all were used.
const used = new Set(arguments[0]);
// The way between the areas is the same everywhere; each area has its own controls.
const area = (each) => (each.closest('nav, .side, .skip') ? '' : `${location.hash.split('/')[1] ?? ''} `);
const choice = (each) => [...each.options].find((one) => !one.selected && !one.disabled);
const found = new Map();
for (const each of [...window.controls, ...document.querySelectorAll('[role=menuitem]')]) {
  // What is chosen already is used once something else is; where there is one choice, none is made. What one takes back with is used in `focus`.
  if (each.href === location.href || each.matches('[aria-pressed=true]') || each.closest('.said') || (each.localName === 'select' && !choice(each))) continue;
  // A number counts records, days or minutes; what is named after a value is the same whatever that is.
  const name = area(each) + window.called(each).replace(/\d+/g, '0').replace(/: .*/, ':');
  // Another one of this name is another control, but what each entry of a list has is the same.
  let id = name;
  for (let at = 2; found.has(id) && !each.closest('li, td'); at += 1) id = `${name} (${at})`;
  if (!found.has(id)) found.set(id, each);
}
// What is chosen decides which fields there are, and what is pressed may take them away.
const rank = (each) => (each.matches('[type=radio]') ? 3 : each.matches('[type=checkbox], select') ? 2 : each.matches('input, textarea') ? 0 : 1);
const left = [...found.keys()].filter((id) => !used.has(id)).sort((one, other) => rank(found.get(one)) - rank(found.get(other)));
if (left.length === 0) return null;
const each = found.get(left[0]);
each.focus();
window.next = each;

// Everything that somebody may notice of the page.
window.looks = () => {
  const fields = [...document.querySelectorAll('input, textarea, select')];
  const at = document.activeElement;
  return JSON.stringify([document.documentElement.outerHTML, fields.map(({ value, checked, selectionStart }) => [value, checked, selectionStart]), location.hash,
    [...document.querySelectorAll('*')].indexOf(at), at.scrollTop, at.scrollLeft, at.selectionEnd]);
};
// What is seen for a moment only.
window.flashed = false;
window.watch ??= new MutationObserver(() => { window.flashed = true; });

const radios = each.type === 'radio' ? [...document.getElementsByName(each.name)] : [];
const [ENTER, SPACE, UP, RIGHT, DOWN] = ['\ue007', ' ', '\ue013', '\ue014', '\ue015'];
const key = each.type === 'radio' ? (each === radios.at(-1) ? UP : DOWN)
  : each.matches('[type=checkbox], [aria-pressed]') ? SPACE
  : each.localName === 'select' ? choice(each).text.trim()[0]
  : each.readOnly ? 'select all'
  : each.matches('input, textarea') ? '1'
  : each.matches('a, button, summary, [role=button]') ? ENTER
  : each.scrollWidth > each.clientWidth ? RIGHT : DOWN;
return { id: left[0], key, left };
