// @ts-check
/**
 * Makes the fields of a sheet work: boxes grow, of some ticks only one stays, today's date at a press. Nothing typed leaves the page
 * or is kept: it stands in the fields and, to be printed whole, in an attribute beside them.
 *
 * @module sheets/fields
 */

/** From so many letters or lines on, a box may need a page of its own: half a column of A4 holds 25 letters a line. */
const LONG = 500;
const LONG_LINES = 25;

/** @param {ParentNode} paper */
const areas = (paper) => [...paper.querySelectorAll('textarea')];

/**
 * Writes into a box.
 *
 * @param {HTMLTextAreaElement} area
 * @param {string} text
 */
export function write(area, text) {
  area.value = text;
  mirror(area);
}

/** @param {HTMLTextAreaElement} area */
function mirror(area) {
  if (area.parentElement) area.parentElement.dataset['text'] = area.value;
}

/**
 * @param {HTMLElement} paper  A `.paper.sheet`, in the document or on its way there.
 */
export function liven(paper) {
  areas(paper).forEach(mirror);
  measure(paper);
  paper.addEventListener('input', ({ target }) => {
    measure(paper);
    if (target instanceof HTMLTextAreaElement) mirror(target);
    if (target instanceof HTMLInputElement && target.type === 'checkbox' && target.checked) untickOthers(target);
  });
  for (const button of paper.querySelectorAll('button[data-today]')) {
    button.removeAttribute('hidden');
    button.addEventListener('click', () => writeToday(button));
  }
}

/**
 * Marks a sheet with so much text that a box may not fit on a page.
 *
 * @param {HTMLElement} paper
 */
function measure(paper) {
  paper.classList.toggle('long', areas(paper).some((area) => area.value.length > LONG || area.value.split('\n').length > LONG_LINES));
}

/** @param {HTMLInputElement} ticked */
function untickOthers(ticked) {
  for (const other of ticked.closest('[data-one]')?.querySelectorAll('input') ?? []) {
    if (other !== ticked) other.checked = false;
  }
}

/** @param {Element} button */
function writeToday(button) {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  const fields = button.parentElement?.querySelectorAll('input') ?? [];
  fields.forEach((field, at) => { field.value = String(parts[at] ?? ''); });
  fields[0]?.dispatchEvent(new Event('input', { bubbles: true }));
}

/**
 * Empties every field and tells who listens.
 *
 * @param {HTMLElement} paper
 */
export function clear(paper) {
  for (const area of areas(paper)) write(area, '');
  for (const field of paper.querySelectorAll('input')) {
    field.checked = false;
    field.value = field.type === 'checkbox' ? field.value : '';
  }
  for (const select of paper.querySelectorAll('select')) select.selectedIndex = 0;
  paper.dispatchEvent(new Event('input'));
}
