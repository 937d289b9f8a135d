// @ts-check
/**
 * Faceted search: updates the chips and links of the filters: address, selection, and the count that each facet would leave.
 * Only attributes and numbers change, so that nothing moves under a finger (layout shift).
 *
 * @module chips
 */

import { byId, make, setText } from './dom.js';
import { formatNumber } from './format.js';
import { toggledWhen } from './search/conditions.js';
import { dataUrl, listUrl, monthUrl, printUrl, START, toggled } from './state.js';

/** @typedef {import('./types.js').PageData} PageData */
/** @typedef {import('./types.js').State} State */
/** @typedef {import('./i18n.js').Translate} Translate */

/**
 * @param {State} state
 * @param {{byCategory: Map<string, number>, byDistrict: Map<string, number>, byTown: Map<string, number>}} counts
 */
export function updateChips(state, counts) {
  const start = { ...state, offset: 0, place: null };
  for (const chip of anchors('a[data-category]')) {
    const id = chip.dataset['category'] ?? '';
    updateChip(chip, state.categories.includes(id), counts.byCategory.get(id) ?? 0);
    chip.href = listUrl({ ...start, categories: toggled(state.categories, id) });
  }
  for (const chip of anchors('a[data-district]')) {
    const id = chip.dataset['district'] ?? '';
    updateChip(chip, state.districts.includes(id), counts.byDistrict.get(id) ?? 0);
    chip.href = listUrl({ ...start, districts: toggled(state.districts, id) });
  }
  for (const chip of anchors('a[data-town]')) {
    const town = chip.dataset['town'] ?? '';
    updateChip(chip, state.towns.includes(town), counts.byTown.get(town) ?? 0);
    chip.href = listUrl({ ...start, towns: toggled(state.towns, town) });
  }
}

/**
 * The chips of times and facts, which carry no counts, and the hidden fields of both forms.
 *
 * @param {State} state
 */
export function updateConditions(state) {
  const start = { ...state, offset: 0, place: null };
  for (const chip of anchors('a[data-when]')) {
    const code = chip.dataset['when'] ?? '';
    markCurrent(chip, state.when.includes(code));
    chip.href = listUrl({ ...start, when: toggledWhen(state.when, code) });
  }
  for (const chip of anchors('a[data-fact]')) {
    const code = chip.dataset['fact'] ?? '';
    markCurrent(chip, state.facts.includes(code));
    chip.href = listUrl({ ...start, facts: toggled(state.facts, code) });
  }
}

/**
 * @param {string} selector
 * @returns {HTMLAnchorElement[]}
 */
function anchors(selector) {
  return [...document.querySelectorAll(selector)].filter((element) => element instanceof HTMLAnchorElement);
}

/**
 * @param {HTMLAnchorElement} chip
 * @param {boolean} on
 * @param {number} count
 */
function updateChip(chip, on, count) {
  markCurrent(chip, on);
  chip.classList.toggle('empty', count === 0);
  const number = chip.querySelector('.n');
  if (number instanceof HTMLElement) setText(number, formatNumber(count));
}

/**
 * @param {Element} element
 * @param {boolean} on
 */
export function markCurrent(element, on) {
  if (on) element.setAttribute('aria-current', 'true');
  else element.removeAttribute('aria-current');
}

/**
 * The links whose address contains the filter: grouping, language, data.
 *
 * @param {State} state
 */
export function updateLinks(state) {
  for (const link of anchors('a[data-by]')) {
    const by = link.dataset['by'] === 'district' ? 'district' : 'category';
    markCurrent(link, state.by === by);
    link.href = listUrl({ ...state, by, offset: 0, place: null });
  }
  for (const link of anchors('a[data-lang]')) link.href = listUrl({ ...state, lang: link.dataset['lang'] ?? state.lang });
  byId('to-month').setAttribute('href', monthUrl(state));
  byId('download').setAttribute('href', dataUrl(state));
  for (const link of anchors('a[data-format]')) link.href = dataUrl(state, link.dataset['format']);
  for (const link of anchors('a[data-webcal]')) link.href = `webcal://${link.dataset['webcal']}${dataUrl(state, 'ics')}`;
  byId('print').setAttribute('href', printUrl(state));
}

/**
 * The active filters, each with a link that removes it.
 *
 * @param {HTMLElement} container
 * @param {State} state
 * @param {{data: PageData, text: Translate}} context
 */
export function drawActiveFilters(container, state, { data, text }) {
  const start = { ...state, offset: 0, place: null };
  /** @type {[string, State][]} */
  const active = [
    ...(state.q ? [/** @type {[string, State]} */ ([`「${state.q}」`, { ...start, q: '' }])] : []),
    ...state.categories.map((id) => /** @type {[string, State]} */ ([
      data.categories.find((c) => c.id === id)?.name ?? id, { ...start, categories: toggled(state.categories, id) }])),
    ...state.districts.map((id) => /** @type {[string, State]} */ ([
      data.districts.find((d) => d.id === id)?.name ?? id, { ...start, districts: toggled(state.districts, id) }])),
    ...state.towns.map((town) => /** @type {[string, State]} */ ([town, { ...start, towns: toggled(state.towns, town) }])),
    ...state.when.map((code) => /** @type {[string, State]} */ ([text(`when.${code}`), { ...start, when: toggledWhen(state.when, code) }])),
    ...state.facts.map((code) => /** @type {[string, State]} */ ([text(`access.${code}`), { ...start, facts: toggled(state.facts, code) }])),
    ...(state.from ? [/** @type {[string, State]} */ ([text('list.from', { place: state.from }), { ...start, from: '' }])] : []),
  ];
  if (active.length === 0) {
    container.replaceChildren();
    return;
  }
  const clear = listUrl({ ...START, page: state.page, by: state.by, lang: state.lang });
  container.replaceChildren(
    make('h3', { class: 'visually-hidden' }, text('filter.active')),
    make('ul', { class: 'chips' },
      ...active.map(([name, without]) => make('li', {},
        make('a', { class: 'chip off', href: listUrl(without), 'aria-label': text('filter.remove', { name }) },
          name, make('span', { class: 'x', 'aria-hidden': 'true' }, '×')))),
      make('li', {}, make('a', { class: 'chip clear', href: clear }, text('filter.clear')))));
}
