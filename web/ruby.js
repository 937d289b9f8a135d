// @ts-check
/**
 * Text with furigana: the same elements as `html/ruby.rs`.
 *
 * @module ruby
 */

import { make } from './dom.js';

/** @typedef {import('./search/types.js').Segment} Segment */

/**
 * @param {readonly Segment[]} segments
 * @returns {(string | HTMLElement)[]}
 */
export function rubyNodes(segments) {
  return segments.map((segment) => (typeof segment === 'string' ? segment
    : make('ruby', {}, segment[0], make('rp', {}, '（'), make('rt', {}, segment[1]), make('rp', {}, '）'))));
}

/** @param {readonly Segment[]} segments */
export const baseText = (segments) => segments.map((segment) => (typeof segment === 'string' ? segment : segment[0])).join('');
