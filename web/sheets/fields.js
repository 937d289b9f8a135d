// @ts-check
/**
 * Behaviour of a sheet's fields: auto-growing text areas, exclusive checkboxes, a button for today's date. Nothing typed leaves the
 * page or is stored: the fields hold it and, so that paper shows all of it, an attribute beside them.
 *
 * @module sheets/fields
 */

/** From so many characters or lines on, a box may need a page of its own: half a column of A4 holds 25 characters per line. */
const LONG_TEXT = 500;
const LONG_LINES = 25;

/** @param {ParentNode} paper */
const areas = (paper) => [...paper.querySelectorAll('textarea')];

/**
 * @param {HTMLTextAreaElement} area
 * @param {string} text
 */
export function setArea(area, text) {
  area.value = text;
  mirror(area);
}

/** @param {HTMLTextAreaElement} area */
function mirror(area) {
  if (area.parentElement) area.parentElement.dataset['text'] = area.value;
}

/**
 * @param {HTMLElement} paper  A `.paper.sheet`, in the document or not yet.
 */
export function enableFields(paper) {
  areas(paper).forEach(mirror);
  markLong(paper);
  paper.addEventListener('input', ({ target }) => {
    markLong(paper);
    if (target instanceof HTMLTextAreaElement) mirror(target);
    if (target instanceof HTMLInputElement && target.type === 'checkbox' && target.checked) untickOthers(target);
  });
  for (const button of paper.querySelectorAll('button[data-today]')) {
    button.removeAttribute('hidden');
    button.addEventListener('click', () => setToday(button));
  }
}

/**
 * Marks a sheet whose text may not fit on one page: its boxes may then break across pages.
 *
 * @param {HTMLElement} paper
 */
function markLong(paper) {
  paper.classList.toggle('long', areas(paper).some((area) => area.value.length > LONG_TEXT || area.value.split('\n').length > LONG_LINES));
}

/** @param {HTMLInputElement} ticked */
function untickOthers(ticked) {
  for (const other of ticked.closest('[data-one]')?.querySelectorAll('input') ?? []) {
    if (other !== ticked) other.checked = false;
  }
}

/** @param {Element} button */
function setToday(button) {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  const fields = button.parentElement?.querySelectorAll('input') ?? [];
  fields.forEach((field, at) => { field.value = String(parts[at] ?? ''); });
  fields[0]?.dispatchEvent(new Event('input', { bubbles: true }));
}

/**
 * Empties every field and dispatches an `input` event.
 *
 * @param {HTMLElement} paper
 */
export function clearFields(paper) {
  for (const area of areas(paper)) setArea(area, '');
  for (const field of paper.querySelectorAll('input')) {
    field.checked = false;
    field.value = field.type === 'checkbox' ? field.value : '';
  }
  for (const select of paper.querySelectorAll('select')) select.selectedIndex = 0;
  paper.dispatchEvent(new Event('input'));
}
