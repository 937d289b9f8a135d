// @ts-check
/**
 * Guards against data loss by navigation. While the page holds details of a person, links in header and footer open a new tab,
 * because leaving the page forgets them all.
 *
 * @module find/safe-links
 */

import { make } from '../dom.js';

/**
 * @param {import('../i18n.js').Translate} text
 * @returns {(hasUnsaved: boolean) => void}  To call whenever that may have changed.
 */
export function safeLinks(text) {
  const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll('body > header a, body > footer a')]);
  return (hasUnsaved) => {
    for (const link of links) {
      if ((link.target === '_blank') === hasUnsaved) continue;
      link.target = hasUnsaved ? '_blank' : '';
      link.rel = hasUnsaved ? 'noopener noreferrer' : '';
      link.querySelector('.new-tab')?.remove();
      if (hasUnsaved) link.append(make('span', { class: 'new-tab visually-hidden' }, text('hit.new_tab')));
    }
  };
}
