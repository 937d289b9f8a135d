// @ts-check
/**
 * Three sizes of text, kept on this device alone. Without script the browser's own size of text works as everywhere.
 *
 * @module text-size
 */

import { make } from './dom.js';

const KEY = 'text-size';
const SIZES = ['normal', 'large', 'largest'];

/** @param {import('./i18n.js').Translate} text */
export function addTextSizes(text) {
  const buttons = SIZES.map((size) => make('button', { type: 'button', 'data-size': size }, text(`size.${size}`)));
  /** @param {string} size */
  const choose = (size) => {
    document.documentElement.dataset['size'] = size;
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset['size'] === size));
  };
  choose(stored());
  for (const button of buttons) {
    button.addEventListener('click', () => {
      const size = button.dataset['size'] ?? 'normal';
      choose(size);
      try {
        localStorage.setItem(KEY, size);
      } catch {
        // A browser that keeps nothing has the size for this page.
      }
    });
  }
  document.querySelector('.site')?.append(make('div', { class: 'sizes', role: 'group', 'aria-label': text('size.label') },
    make('span', { 'aria-hidden': 'true' }, text('size.label')), ...buttons));
}

function stored() {
  try {
    const size = localStorage.getItem(KEY) ?? '';
    return SIZES.includes(size) ? size : 'normal';
  } catch {
    return 'normal';
  }
}
