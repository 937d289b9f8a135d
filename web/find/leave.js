// @ts-check
/**
 * The way to other pages of ours. While something is said of a person they open beside this one, since leaving it forgets all.
 *
 * @module find/leave
 */

import { make } from '../dom.js';

/**
 * @param {import('../i18n.js').Text} text
 * @returns {(isSaid: boolean) => void}  To be told whether there is something to lose.
 */
export function safeLinks(text) {
  const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll('body > header a, body > footer a')]);
  return (isSaid) => {
    for (const link of links) {
      if ((link.target === '_blank') === isSaid) continue;
      link.target = isSaid ? '_blank' : '';
      link.rel = isSaid ? 'noopener noreferrer' : '';
      link.querySelector('.new-tab')?.remove();
      if (isSaid) link.append(make('span', { class: 'new-tab quiet' }, text('hit.new_tab')));
    }
  };
}
