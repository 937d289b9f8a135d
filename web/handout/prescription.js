// @ts-check
/**
 * The social prescription (処方箋): a heading, the places, and the map, on as many sheets as they need.
 *
 * @module handout/prescription
 */
import { make } from '../dom.js';
import { importSvg } from './svg.js';
import { CONTENT_HEIGHT, measureHeight, paginate } from './pagination.js';
import { placeArticle } from './place.js';
import { furigana } from './ruby-text.js';

/** @typedef {import('./types.js').HandoutParts} HandoutParts */
/** @typedef {import('./ruby-text.js').RubyMessages} RubyMessages */

/** Places on one sheet. */
const PER_SHEET = 2;
/** How close together they may stand, the most comfortable first. */
const DENSITIES = ['', 'compact', 'compact tight'];

/**
 * @param {HandoutParts} parts
 * @param {{code: string, lines: string[], message: RubyMessages, ruler: HTMLElement}} options  The code of this paper, the link worker's own
 *   line per place, our messages, and the element to measure in.
 * @returns {HTMLElement[]}  One element a sheet.
 */
export function prescription(parts, { code, lines, message, ruler }) {
  const places = parts.places.map((part, at) => placeArticle(part, lines[at] ?? '', message));
  const map = mapOf(parts, message);
  const overview = places.length > 1 ? make('ol', { class: 'overview' }, ...parts.places.map((part) => overviewItem(part, message))) : null;
  const foot = footOf(code, 1, 1, message);
  const heading = make('div', { class: 'cover' }, headingOf(parts, message), linesToFill(message));
  const available = CONTENT_HEIGHT - measureHeight(ruler, foot);
  const besideHeading = places.length > 1 ? available : available - measureHeight(ruler, heading);
  const blocks = [heading, ...(overview ? [overview] : []), ...pairsOf(places, ruler, besideHeading), ...(map ? [map] : [])];
  const sheets = paginate(ruler, blocks, foot, map !== null);
  return sheets.map((sheet, at) => make('div', { class: 'paper prescription' }, ...sheet, footOf(code, at + 1, sheets.length, message)));
}

/**
 * Two places a sheet: as they are, smaller where they do not fit otherwise, and on sheets of their own where that does not help.
 *
 * @param {HTMLElement[]} places
 * @param {HTMLElement} ruler
 * @param {number} available  Height of a sheet without its foot; of the first one below its heading, where there is one place.
 * @returns {HTMLElement[]}
 */
function pairsOf(places, ruler, available) {
  const pairs = [];
  for (let at = 0; at < places.length; at += PER_SHEET) {
    const of = places.slice(at, at + PER_SHEET);
    const pair = make('div', { class: 'pair' }, ...of);
    const fits = DENSITIES.some((density) => {
      pair.className = `pair ${density}`;
      return measureHeight(ruler, pair) <= available;
    });
    pairs.push(...(fits ? [pair] : of));
  }
  return pairs;
}

/**
 * What is filled in by hand: who linked the person, and how to reach them.
 *
 * @param {RubyMessages} message
 */
const linesToFill = (message) => make('p', { class: 'to-fill' },
  make('span', {}, furigana(message('fill.linked_by'))), make('span', { class: 'blank' }),
  make('span', {}, furigana(message('fill.phone'))), make('span', { class: 'blank' }));

/**
 * @param {HandoutParts} parts
 * @param {RubyMessages} message
 */
function headingOf({ office, made_on_words: day }, message) {
  const phone = office.phone ? make('strong', { class: 'whole' }, office.phone) : null;
  return make('header', { class: 'paper-head' },
    make('h2', {}, furigana(message('title'))),
    make('p', {}, furigana(message('head.made', { day, city: office.city }))),
    office.name ? make('p', {}, furigana(message('head.office')), `${office.name} `, phone) : null,
    office.sample ? make('p', { class: 'warning' }, furigana(message('head.sample'))) : null);
}

/**
 * A place in the overview: what one looks for when the paper hangs on the wall.
 *
 * @param {import('./types.js').HandoutPlace} part
 * @param {RubyMessages} message
 */
function overviewItem({ number, name, when, contact }, message) {
  const [next] = when.next;
  return make('li', {},
    make('span', { class: 'number' }, String(number)),
    make('div', {},
      make('p', { class: 'name' }, furigana(name)),
      make('p', { class: 'glance' },
        make('span', {}, next ? next.text : furigana(message('dates.ask'))),
        contact.phone ? make('strong', { class: 'whole' }, contact.phone) : null)));
}

/**
 * The map with a legend of its numbers, because the map itself holds few words.
 *
 * @param {HandoutParts} parts
 * @param {RubyMessages} message
 */
function mapOf({ map, places, from }, message) {
  const picture = map && importSvg(map.svg);
  if (!map || !picture) return null;
  const on = places.filter((part) => map.numbers.includes(part.number));
  const legend = [
    ...(map.start ? [message('map.legend_start', { from })] : []),
    ...(map.rough ? [message('map.legend_rough')] : []),
    ...(map.sketch ? [message('map.legend_sketch')] : []),
    message('map.legend_plain'),
  ];
  return make('section', { class: 'map-of-places', 'aria-labelledby': 'handout-map' },
    make('h3', { id: 'handout-map' }, furigana(message('map.title'))),
    picture,
    make('ul', { class: 'map-signs' }, ...legend.map((words) => make('li', {}, furigana(words)))),
    make('ol', { class: 'map-numbers' }, ...on.map((part) => make('li', {}, make('span', { class: 'number' }, String(part.number)), make('span', {}, furigana(part.name))))));
}

/**
 * The foot of a sheet: the code that links papers of one person, and the number of the sheet.
 *
 * @param {string} code
 * @param {number} sheet
 * @param {number} sheets
 * @param {RubyMessages} message
 */
export function footOf(code, sheet, sheets, message) {
  return make('footer', { class: 'paper-foot' },
    make('p', {}, furigana(message('foot.code')), ' ', make('strong', { class: 'code' }, code)),
    make('p', { class: 'sheet' }, sheets > 1 ? `${sheet} / ${sheets}` : ''));
}
