// @ts-check
/**
 * Loads the places with what search and filters need. What arrives broken or in part is loaded once more, and then is an error: no list
 * and no number is made from a part.
 *
 * @module load
 */

/** @typedef {import('./types.js').Place} Place */
/** @typedef {{places: Place[], table: import('./fold.js').FoldTable, search: import('./search/types.js').SearchData}} LoadedPlaces */

/** @param {string} lang */
const filesFor = (lang) => ['places.geojson', new URL('./fold-table.json', import.meta.url).href, lang === 'ja' ? 'search.json' : `search.${lang}.json`];
/** Before the second attempt, in milliseconds. */
const PAUSE = 800;

/**
 * @param {number} total  How many places the server's page counted.
 * @param {string} lang  Of the page.
 * @returns {Promise<LoadedPlaces>}
 */
export async function loadPlaces(total, lang) {
  try {
    return await loadOnce(total, lang);
  } catch (error) {
    console.info(error instanceof Error ? error.message : String(error));
    await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
    return loadOnce(null, lang);
  }
}

/**
 * @param {number | null} total  `null` accepts any: the places may have changed since the page was made.
 * @param {string} lang
 * @returns {Promise<LoadedPlaces>}
 */
async function loadOnce(total, lang) {
  const [collection, table, search] = await Promise.all(filesFor(lang).map(loadJson));
  const places = /** @type {unknown} */ (collection?.features);
  if (!Array.isArray(places) || !places.every(isPlace)) throw new Error('places.geojson is damaged');
  if (total !== null && places.length !== total) throw new Error(`${places.length} places arrived of ${total}`);
  if (search?.places?.length !== places.length) throw new Error('search.json is of other places');
  return { places, table, search };
}

/** @param {string} url */
async function loadJson(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}

/** @param {unknown} feature */
function isPlace(feature) {
  const { id, properties } = /** @type {Partial<Place>} */ (feature ?? {});
  return typeof id === 'string' && typeof properties?.name === 'string' && typeof properties.category === 'string';
}
