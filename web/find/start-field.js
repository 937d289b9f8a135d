// @ts-check
/**
 * Where the person starts: a district, a 大字 by name, or a point of the map. One of them at a time.
 *
 * @module find/start-field
 */

import { byId } from '../dom.js';
import { combobox } from './combobox.js';
import { startEntries, suggest } from './suggest.js';

/** @typedef {import('./types.js').Start} Start */

/**
 * @param {import('./types.js').Context} context
 * @param {(text: string) => string} fold
 * @param {(from: Start | null) => void} changed
 */
export function startField({ data, text }, fold, changed) {
  const select = /** @type {HTMLSelectElement} */ (byId('from-district'));
  const input = /** @type {HTMLInputElement} */ (byId('input-from-town'));
  const entries = startEntries(data, { district: text('from.kind.district'), town: text('from.kind.town') }, fold);
  const find = (/** @type {string} */ typed) => suggest(entries, fold(typed));

  /** @param {Start | null} from */
  const show = (from) => {
    select.value = from && 'district' in from ? from.district : '';
    input.value = '';
    byId('from-chosen').hidden = from === null;
    byId('from-name').textContent = from ? nameOf(from) : '';
    byId('from-about').textContent = from && !('position' in from) ? text('from.chosen.about') : '';
  };
  /** @param {Start} from */
  const nameOf = (from) => {
    if ('position' in from) return text('from.chosen.point');
    const name = 'town' in from ? from.town : data.districts.find(({ id }) => id === from.district)?.name ?? from.district;
    return text('from.chosen', { name });
  };
  /** @param {Start | null} from */
  const set = (from) => {
    show(from);
    changed(from);
  };
  /** @param {string} value  Of an entry. */
  const take = (value) => {
    const [kind, name] = [value.slice(0, value.indexOf(':')), value.slice(value.indexOf(':') + 1)];
    set(kind === 'district' ? { district: name } : { town: name });
  };
  /** @param {string} typed */
  const written = (typed) => {
    const found = find(typed);
    const exact = entries.find(({ words }) => words[0] === fold(typed));
    const only = exact ?? (found.length === 1 ? found[0] : undefined);
    if (only) take(only.value);
    else {
      changed({ town: typed.trim() }); // the server knows more ways to write it, and says so where it does not
      byId('from-chosen').hidden = true;
    }
  };

  select.addEventListener('change', () => set(select.value ? { district: select.value } : null));
  byId('from-clear').addEventListener('click', () => {
    set(null);
    select.focus();
  });
  combobox(input, byId('options-from-town'), { find, taken: ({ value }) => take(value), written });

  return {
    set,
    show,
    /** @param {string} name  As the server knows it. */
    understood(name) {
      byId('from-chosen').hidden = false;
      byId('from-name').textContent = text('from.chosen', { name });
      byId('from-about').textContent = text('from.chosen.about');
      input.value = '';
    },
    /** Whether several 大字 end as it was typed. */
    isAmbiguous: () => entries.filter(({ words }) => input.value !== '' && words[0]?.endsWith(fold(input.value))).length > 1,
  };
}
