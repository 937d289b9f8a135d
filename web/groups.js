// @ts-check
/**
 * The order of the list: groups by category or district, sorted by reading within a group; the server's list has the same order.
 *
 * Pure: no DOM.
 *
 * @module groups
 */

import { distance } from './search/start.js';

/** @typedef {import('./types.js').PageData} PageData */
/** @typedef {import('./filter.js').IndexedPlace} IndexedPlace */
/** @typedef {{kind: 'nth' | 'by_distance' | 'no_district' | 'away' | 'unplaced' | 'near' | 'unknown', heading: string, shown: import('./search/types.js').Segment[], rank: number, entries: IndexedPlace[]}} ListGroup */

/**
 * What certainly fits by group, then what is near it, then what is not known to fit; from a start the nearest first.
 *
 * @param {{certain: readonly IndexedPlace[], near: readonly IndexedPlace[], unknown: readonly IndexedPlace[]}} answer
 * @param {'category' | 'district'} by
 * @param {import('./search/start.js').ListStart | null} start
 * @param {PageData} data
 * @returns {ListGroup[]}  Only groups that are not empty, each sorted.
 */
export function grouped(answer, by, start, data) {
  const towns = data.towns.map((name) => ({ id: name, name }));
  const table = by === 'category' ? data.categories : data.districts.length > 0 ? data.districts : towns;
  const ranks = new Map(table.map((row, rank) => [row.id, rank]));
  /** @type {Map<number, ListGroup>} */
  const groups = new Map();
  /**
   * @param {IndexedPlace} entry
   * @param {{kind: ListGroup['kind'], rank: number}} of
   */
  const add = (entry, { kind, rank }) => {
    let group = groups.get(rank);
    if (!group) {
      const words = heading(kind, start?.name ?? table[rank]?.name ?? '', data.texts);
      const district = kind === 'nth' && by === 'district' ? data.districts[rank] : null;
      group = { kind, rank, heading: words, shown: district?.shown ?? [words], entries: [] };
      groups.set(rank, group);
    }
    group.entries.push(entry);
  };
  const end = ranks.size;
  answer.certain.forEach((entry) => add(entry, groupOf(entry, by, ranks, start !== null)));
  answer.near.forEach((entry) => add(entry, { kind: 'near', rank: end + 5 }));
  answer.unknown.forEach((entry) => add(entry, { kind: 'unknown', rank: end + 6 }));
  const sorted = [...groups.values()].sort((a, b) => a.rank - b.rank);
  const metres = new Map(start ? sorted.flatMap((group) => group.entries).map((entry) => [entry, metresFrom(entry, start)]) : []);
  sorted.forEach((group) => group.entries.sort(start ? byDistance(metres) : byReading));
  return sorted;
}

/**
 * @param {IndexedPlace} entry
 * @param {import('./search/start.js').ListStart} start
 */
function metresFrom({ place }, start) {
  const [lon, lat] = place.geometry?.coordinates ?? [];
  return lon === undefined || lat === undefined ? Infinity : Math.round(distance(start.at, [lon, lat]));
}

/**
 * @param {Map<IndexedPlace, number>} metres
 * @returns {(a: IndexedPlace, b: IndexedPlace) => number}
 */
function byDistance(metres) {
  return (a, b) => {
    const [near, far] = [metres.get(a) ?? Infinity, metres.get(b) ?? Infinity];
    if (near !== far) return near < far ? -1 : 1;
    return a.place.id < b.place.id ? -1 : 1;
  };
}

/**
 * @param {IndexedPlace} entry
 * @param {'category' | 'district'} by
 * @param {Map<string, number>} ranks
 * @param {boolean} fromStart
 * @returns {{kind: ListGroup['kind'], rank: number}}
 */
function groupOf({ place }, by, ranks, fromStart) {
  const p = place.properties;
  const end = ranks.size;
  if (!place.geometry) {
    return (p.mode ?? 'at_place') === 'at_place' ? { kind: 'unplaced', rank: end + 4 } : { kind: 'away', rank: end + 3 };
  }
  if (fromStart) return { kind: 'by_distance', rank: end + 1 };
  const rank = ranks.get((by === 'district' ? p.district ?? p.town : p.category) ?? '');
  if (rank !== undefined) return { kind: 'nth', rank };
  return by === 'district' ? { kind: 'no_district', rank: end + 2 } : { kind: 'nth', rank: end };
}

/**
 * @param {ListGroup['kind']} kind
 * @param {string} name
 * @param {Record<string, string>} texts
 */
function heading(kind, name, texts) {
  if (kind === 'away') return texts['list.away'] ?? '';
  if (kind === 'unplaced') return texts['list.unplaced'] ?? '';
  if (kind === 'near') return texts['list.near'] ?? '';
  if (kind === 'unknown') return texts['list.unknown'] ?? '';
  // `here` has no name: its heading is the name itself.
  if (kind === 'by_distance') return name ? (texts['list.from'] ?? '').replaceAll('{place}', name) : texts['filter.here_chosen'] ?? '';
  return kind === 'no_district' ? texts['list.no_district'] ?? '' : name;
}

/**
 * @param {IndexedPlace} a
 * @param {IndexedPlace} b
 */
function byReading(a, b) {
  if (a.reading !== b.reading) return a.reading < b.reading ? -1 : 1;
  return a.place.id < b.place.id ? -1 : 1;
}

/**
 * Pagination: the part of the groups on one page of the list.
 *
 * @param {readonly ListGroup[]} groups
 * @param {number} offset
 * @param {number} length
 */
export function pageOf(groups, offset, length) {
  let before = 0;
  return groups.flatMap((group) => {
    const from = Math.max(0, offset - before);
    const to = Math.max(0, offset + length - before);
    before += group.entries.length;
    const entries = group.entries.slice(from, to);
    return entries.length > 0 ? [{ ...group, size: group.entries.length, entries }] : [];
  });
}
