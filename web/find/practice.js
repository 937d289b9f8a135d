// @ts-check
/**
 * Practice: the finder opened for an invented person of `/guide/practice`. The words stand in the fragment of the address, which no
 * browser sends; they are invented, and real persons never stand in an address. Nothing is recorded while practising.
 *
 * @module find/practice
 */

const PREFIX = '#practice=';

/**
 * The words of the person to practise with; `null` outside practice.
 *
 * @param {string} fragment  Of the page's address, with `#`.
 * @returns {string | null}
 */
export function practiceWords(fragment) {
  if (!fragment.startsWith(PREFIX)) return null;
  try {
    return decodeURIComponent(fragment.slice(PREFIX.length));
  } catch {
    return '';
  }
}
