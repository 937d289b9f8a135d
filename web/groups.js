// @ts-check
/**
 * The order of the list: groups by category or district, sorted by reading within a group; the server's list has the same order.
 *
 * Pure: no DOM.
 *
 * @module groups
 */

/** @typedef {import('./types.js').PageData} PageData */
/** @typedef {import('./filter.js').IndexedPlace} IndexedPlace */
/** @typedef {{kind: 'nth' | 'no_district' | 'away' | 'unplaced', heading: string, rank: number, entries: IndexedPlace[]}} ListGroup */

/**
 * @param {readonly IndexedPlace[]} entries
 * @param {'category' | 'district'} by
 * @param {PageData} data
 * @returns {ListGroup[]}  Only groups that are not empty, each sorted.
 */
export function grouped(entries, by, data) {
  const table = by === 'district' ? data.districts : data.categories;
  const ranks = new Map(table.map((row, rank) => [row.id, rank]));
  /** @type {Map<number, ListGroup>} */
  const groups = new Map();
  for (const entry of entries) {
    const { kind, rank } = groupOf(entry, by, ranks);
    let group = groups.get(rank);
    if (!group) {
      group = { kind, rank, heading: heading(kind, table[rank]?.name ?? '', data.texts), entries: [] };
      groups.set(rank, group);
    }
    group.entries.push(entry);
  }
  const sorted = [...groups.values()].sort((a, b) => a.rank - b.rank);
  sorted.forEach((group) => group.entries.sort(byReading));
  return sorted;
}

/**
 * @param {IndexedPlace} entry
 * @param {'category' | 'district'} by
 * @param {Map<string, number>} ranks
 * @returns {{kind: ListGroup['kind'], rank: number}}
 */
function groupOf({ place }, by, ranks) {
  const p = place.properties;
  const end = ranks.size;
  if (!place.geometry) {
    return (p.mode ?? 'at_place') === 'at_place' ? { kind: 'unplaced', rank: end + 3 } : { kind: 'away', rank: end + 2 };
  }
  const rank = ranks.get((by === 'district' ? p.district : p.category) ?? '');
  if (rank !== undefined) return { kind: 'nth', rank };
  return by === 'district' ? { kind: 'no_district', rank: end + 1 } : { kind: 'nth', rank: end };
}

/**
 * @param {ListGroup['kind']} kind
 * @param {string} name
 * @param {Record<string, string>} texts
 */
function heading(kind, name, texts) {
  if (kind === 'away') return texts['list.away'] ?? '';
  if (kind === 'unplaced') return texts['list.unplaced'] ?? '';
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
