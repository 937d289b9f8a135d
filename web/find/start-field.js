// @ts-check
/**
 * The field of the start point: a district, an area (大字) by name, or a point on the map. One of them at a time.
 *
 * @module find/start-field
 */

import { byId } from '../dom.js';
import { combobox } from './combobox.js';
import { startEntries, suggest } from './suggest.js';

/** @typedef {import('./types.js').StartPoint} StartPoint */

/**
 * @param {import('./types.js').FinderContext} context
 * @param {(text: string) => string} fold
 * @param {(from: StartPoint | null) => void} onChange
 */
export function startField({ data, text }, fold, onChange) {
  const select = /** @type {HTMLSelectElement} */ (byId('from-district'));
  const input = /** @type {HTMLInputElement} */ (byId('input-from-town'));
  const entries = startEntries(data, { district: text('from.kind.district'), town: text('from.kind.town') }, fold);
  const suggestStarts = (/** @type {string} */ typed) => suggest(entries, fold(typed));

  /** @param {StartPoint | null} from */
  const draw = (from) => {
    select.value = from && 'district' in from ? from.district : '';
    input.value = '';
    byId('from-chosen').hidden = from === null;
    byId('from-name').textContent = from ? nameOf(from) : '';
    byId('from-about').textContent = from && !('position' in from) ? text('from.chosen.about') : '';
  };
  /** @param {StartPoint} from */
  const nameOf = (from) => {
    if ('position' in from) return text('from.chosen.point');
    const name = 'town' in from ? from.town : data.districts.find(({ id }) => id === from.district)?.name ?? from.district;
    return text('from.chosen', { name });
  };
  /** @param {StartPoint | null} from */
  const set = (from) => {
    draw(from);
    onChange(from);
  };
  /** @param {string} value  Of a suggestion: `district:ID` or `town:NAME`. */
  const setFromSuggestion = (value) => {
    const [kind, name] = [value.slice(0, value.indexOf(':')), value.slice(value.indexOf(':') + 1)];
    set(kind === 'district' ? { district: name } : { town: name });
  };
  /** @param {string} typed */
  const setFromText = (typed) => {
    const suggestions = suggestStarts(typed);
    const exact = entries.find(({ words }) => words[0] === fold(typed));
    const only = exact ?? (suggestions.length === 1 ? suggestions[0] : undefined);
    if (only) setFromSuggestion(only.value);
    else {
      onChange({ town: typed.trim() }); // the server resolves more spellings, and rejects what it cannot resolve
      byId('from-chosen').hidden = true;
    }
  };

  select.addEventListener('change', () => set(select.value ? { district: select.value } : null));
  byId('from-clear').addEventListener('click', () => {
    set(null);
    select.focus();
  });
  combobox(input, byId('options-from-town'), { suggest: suggestStarts, onSelect: ({ value }) => setFromSuggestion(value), onCommitText: setFromText });

  return {
    set,
    draw,
    /** @param {string} name  As the server resolved it. */
    showResolved(name) {
      byId('from-chosen').hidden = false;
      byId('from-name').textContent = text('from.chosen', { name });
      byId('from-about').textContent = text('from.chosen.about');
      input.value = '';
    },
    /** Whether the typed text is the end of several names. */
    isAmbiguous: () => entries.filter(({ words }) => input.value !== '' && words[0]?.endsWith(fold(input.value))).length > 1,
  };
}
