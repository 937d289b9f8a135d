// @ts-check
/**
 * “Download exactly this” for a filter that no fixed file has: what matches is cut from the fixed files, so that it works from a host of
 * files too, and has the bytes of a server's answer.
 *
 * @module download
 */

import { byId, make } from './dom.js';
import { dataUrl } from './state.js';

/** @typedef {import('./types.js').State} State */

/** Media types of what can be cut. @type {Record<string, string>} */
const MEDIA = { csv: 'text/csv;charset=utf-8', geojson: 'application/geo+json', jsonl: 'application/x-ndjson' };

/** Each way to cut: the whole file, and which places stay. @type {Record<string, (whole: string, ids: ReadonlySet<string>) => string>} */
const CUT = { csv: cutCsv, geojson: cutGeojson, jsonl: (whole, ids) => whole.split('\n').filter((line) => line && ids.has(idOf(line))).map((line) => `${line}\n`).join('') };

/**
 * @param {string} whole  A CSV file with the ids of places in its first column.
 * @param {ReadonlySet<string>} ids
 */
export function cutCsv(whole, ids) {
  const [heading = '', ...records] = recordsOf(whole);
  return heading + records.filter((record) => ids.has(firstCell(record))).join('');
}

/**
 * The records of a CSV file (RFC 4180), each with its end of line: one within quotes ends none.
 *
 * @param {string} whole
 */
function recordsOf(whole) {
  const records = [];
  let [from, isQuoted] = [0, false];
  for (let at = 0; at < whole.length; at += 1) {
    if (whole[at] === '"') isQuoted = !isQuoted;
    if (whole[at] !== '\n' || isQuoted) continue;
    records.push(whole.slice(from, at + 1));
    from = at + 1;
  }
  return from < whole.length ? [...records, whole.slice(from)] : records;
}

/** @param {string} record */
function firstCell(record) {
  const quoted = /^"((?:[^"]|"")*)"/.exec(record)?.[1];
  const text = quoted === undefined ? /^[^,\r\n]*/.exec(record)?.[0] ?? '' : quoted.replaceAll('""', '"');
  // A spreadsheet's formula is disarmed by an apostrophe, which is none of the id.
  return /^'[=+\-@\t\r＝＋－＠]/.test(text) ? text.slice(1) : text;
}

/**
 * @param {string} whole  GeoJSON with a feature a line.
 * @param {ReadonlySet<string>} ids
 */
export function cutGeojson(whole, ids) {
  const lines = whole.split('\n');
  const isFeature = (/** @type {string} */ line) => line.startsWith('{"type":"Feature",');
  const first = lines.findIndex(isFeature);
  if (first < 0) return whole;
  const end = lines.length - [...lines].reverse().findIndex(isFeature);
  const kept = lines.slice(first, end).map((line) => line.replace(/,$/, '')).filter((line) => ids.has(idOf(line)));
  const [before, after] = [lines.slice(0, first), lines.slice(end)];
  return [...before, ...(kept.length > 0 ? [kept.join(',\n')] : []), ...after].join('\n');
}

/** @param {string} line  A feature. @returns {string} */
const idOf = (line) => JSON.parse(line).id;

/**
 * Makes the links to the data of a filter work from files.
 *
 * @param {{text: import('./i18n.js').Translate}} context
 * @param {() => {state: State, ids: ReadonlySet<string>} | null} shown  `null` until the places are there.
 */
export function connectDownloads({ text }, shown) {
  for (const link of document.querySelectorAll('.download a')) {
    link.addEventListener('click', (event) => {
      const now = shown();
      const format = link.getAttribute('data-format') ?? 'geojson';
      const url = now ? dataUrl(now.state, format) : '';
      if (!now || !url.startsWith('collections/')) return;
      event.preventDefault();
      void (format === 'xlsx' ? saveWorkbook(url, now.ids, text) : saveCut(format, now.ids)).catch(() => {
        byId('download-note').textContent = text('error.load');
      });
    });
  }
}

/**
 * @param {string} format
 * @param {ReadonlySet<string>} ids
 */
async function saveCut(format, ids) {
  const response = await fetch(`places.${format}`);
  if (!response.ok) throw new Error(`places.${format} answered ${response.status}`);
  // A text would lose the mark at the beginning by which Excel knows the encoding.
  const whole = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
  save(new Blob([CUT[format]?.(whole, ids) ?? ''], { type: MEDIA[format] ?? '' }), `places.${format}`);
}

/**
 * A workbook of a filter only a server can make; a host of files gives CSV, and the page says so.
 *
 * @param {string} url
 * @param {ReadonlySet<string>} ids
 * @param {import('./i18n.js').Translate} text
 */
async function saveWorkbook(url, ids, text) {
  const response = await fetch(url).catch(() => null);
  const isWorkbook = response?.ok && response.headers.get('content-type')?.includes('spreadsheetml');
  if (response && isWorkbook) return save(await response.blob(), 'places.xlsx');
  byId('download-note').textContent = text('list.download_no_xlsx');
  return saveCut('csv', ids);
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
function save(blob, name) {
  const href = URL.createObjectURL(blob);
  const link = make('a', { href, download: name, hidden: '' });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
