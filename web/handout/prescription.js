// @ts-check
/**
 * The 処方箋 itself: a heading, the places, and the map, on as many sheets as they need.
 *
 * @module handout/prescription
 */
import { make } from '../dom.js';
import { drawing } from './drawing.js';
import { paginate } from './pages.js';
import { placeOf } from './place.js';
import { furigana } from './words.js';

/** @typedef {import('./types.js').Parts} Parts */
/** @typedef {import('./words.js').Say} Say */

/**
 * @param {Parts} parts
 * @param {{code: string, lines: string[], say: Say, ruler: HTMLElement}} with_  The code of this paper, the link worker's own
 *   line for each place, our words, and something to measure in.
 * @returns {HTMLElement[]}  One element a sheet.
 */
export function prescription(parts, { code, lines, say, ruler }) {
  const places = parts.places.map((part, at) => placeOf(part, lines[at] ?? '', say));
  const map = mapOf(parts, say);
  const overview = places.length > 1 ? [make('ol', { class: 'overview' }, ...parts.places.map((part) => glanceOf(part, say)))] : [];
  const blocks = [headingOf(parts, say), ...overview, ...places, ...(map ? [map] : [])];
  const sheets = paginate(ruler, blocks, footOf(code, 1, 1, say), map !== null);
  return sheets.map((sheet, at) => make('div', { class: 'paper prescription' }, ...sheet, footOf(code, at + 1, sheets.length, say)));
}

/**
 * @param {Parts} parts
 * @param {Say} say
 */
function headingOf({ office, made_on_words: day }, say) {
  const phone = office.phone ? make('strong', { class: 'whole' }, office.phone) : null;
  return make('header', { class: 'paper-head' },
    make('h2', {}, furigana(say('title'))),
    make('p', {}, furigana(say('head.made', { day, city: office.city }))),
    office.name ? make('p', {}, furigana(say('head.office')), `${office.name} `, phone) : null,
    office.sample ? make('p', { class: 'warning' }, furigana(say('head.sample'))) : null);
}

/**
 * A place at a glance: what one looks for when the paper hangs on the wall.
 *
 * @param {import('./types.js').Part} part
 * @param {Say} say
 */
function glanceOf({ number, name, when, contact }, say) {
  const [next] = when.next;
  return make('li', {},
    make('span', { class: 'number' }, String(number)),
    make('div', {},
      make('p', { class: 'name' }, furigana(name)),
      make('p', { class: 'glance' },
        make('span', {}, next ? next.text : furigana(say('dates.ask'))),
        contact.phone ? make('strong', { class: 'whole' }, contact.phone) : null)));
}

/**
 * The map with a list of its numbers: words on it are few.
 *
 * @param {Parts} parts
 * @param {Say} say
 */
function mapOf({ map, places, from }, say) {
  const picture = map && drawing(map.svg);
  if (!map || !picture) return null;
  const on = places.filter((part) => map.numbers.includes(part.number));
  const legend = [
    ...(map.start ? [say('map.legend_start', { from })] : []),
    ...(map.rough ? [say('map.legend_rough')] : []),
    say('map.legend_plain'),
  ];
  return make('section', { class: 'map-of-places', 'aria-labelledby': 'handout-map' },
    make('h3', { id: 'handout-map' }, furigana(say('map.title'))),
    picture,
    make('ul', { class: 'map-signs' }, ...legend.map((words) => make('li', {}, furigana(words)))),
    make('ol', { class: 'map-numbers' }, ...on.map((part) => make('li', {}, make('span', { class: 'number' }, String(part.number)), make('span', {}, furigana(part.name))))));
}

/**
 * The foot of a sheet: the code by which papers are told to belong together, and which sheet it is.
 *
 * @param {string} code
 * @param {number} sheet
 * @param {number} sheets
 * @param {Say} say
 */
export function footOf(code, sheet, sheets, say) {
  return make('footer', { class: 'paper-foot' },
    make('p', {}, furigana(say('foot.code')), ' ', make('strong', { class: 'code' }, code)),
    make('p', { class: 'sheet' }, sheets > 1 ? `${sheet} / ${sheets}` : ''));
}
