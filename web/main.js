// @ts-check
/**
 * Progressive enhancement of the list's page: live search (debounced), filters without loading, a place beside the map. Without
 * this module every link and form of the page works as it is.
 *
 * @module main
 */

import { drawActiveFilters, markCurrent, updateChips, updateLinks } from './chips.js';
import { showDetail } from './detail.js';
import { byId, make, setText } from './dom.js';
import { indexPlaces, isWithin, searchWords, select } from './filter.js';
import { createFold } from './fold.js';
import { formatCount, formatNumber } from './format.js';
import { createTranslate } from './i18n.js';
import { drawList } from './list.js';
import { mapPane } from './map-pane.js';
import { parseState, stateUrl, toggled } from './state.js';
import { countsFromChips, fetchPlacesIn, MIN_PLACES_ZOOM } from './viewport-places.js';

/** @typedef {import('./types.js').State} State */
/** @typedef {import('./filter.js').IndexedPlace} IndexedPlace */

const DEBOUNCE_MS = 120;

/** @type {import('./types.js').PageData} */
const data = JSON.parse(byId('page-data').textContent ?? '{}');
const text = createTranslate(data.texts);
const context = { data, text };
const search = /** @type {HTMLInputElement} */ (byId('q'));

/** @type {State} */
let state = parseState(location.search, location.hash);
/** @type {IndexedPlace[] | null}  `null` until loaded; it stays `null` where there are too many places to load. */
let entries = null;
/** @type {(text: string) => string} */
let fold = (words) => words.toLowerCase();

const map = mapPane(context, {
  /** @param {import('./types.js').Camera} camera */
  onMove: (camera) => {
    state = { ...state, map: camera };
    history.replaceState(null, '', stateUrl(state));
    if (state.inView) redraw();
    if (!data.loadAll) void showViewport();
  },
  /** @param {string} id */
  onOpen: (id) => go({ ...state, place: id }),
  /** @param {string} id */
  onDistrict: (id) => go({ ...state, districts: toggled(state.districts, id), offset: 0, place: null }),
  /** @param {string | null} id */
  onHover: (id) => highlightCard(id),
  /** @param {boolean} on */
  onRestrict: (on) => {
    state = { ...state, inView: on };
    history.replaceState(null, '', stateUrl(state));
    redraw();
  },
});

/**
 * Navigates: makes `next` the state, and its address the address of the page.
 *
 * @param {State} next
 * @param {'push' | 'replace' | 'keep'} [how]
 */
function go(next, how = 'push') {
  const previous = state;
  state = next;
  if (how === 'push') history.pushState(null, '', stateUrl(state));
  if (how === 'replace') history.replaceState(null, '', stateUrl(state));
  if (search.value.trim() !== state.q && document.activeElement !== search) search.value = state.q;
  redraw();
  void showDetail(state, previous, context).then(() => map.choose(state.place));
  document.title = title();
}

function title() {
  const place = entries?.find((entry) => entry.place.id === state.place)?.place.properties.name;
  return place ? `${place} | ${data.site}` : data.site;
}

/** Renders list, chips, count and map from the state. The map's camera does not move. */
function redraw() {
  updateLinks(state);
  map.follow(state);
  if (!entries) return;
  const { selected, byCategory, byDistrict } = select(entries, state, searchWords(state.q, fold));
  const view = state.inView ? map.view() : null;
  const listed = view ? selected.filter((entry) => isWithin(entry.place, view)) : selected;
  updateChips(state, { byCategory, byDistrict });
  drawActiveFilters(byId('chosen'), state, context);
  drawList(byId('list'), listed, state, context);
  setText(byId('count'), view ? text('list.count_in_view', { n: formatNumber(listed.length) }) : formatCount(listed.length, text));
  map.show(selected.map((entry) => entry.place), byDistrict, state.districts);
}

/** Viewport loading: shows the places within the map's bounds, from a minimum zoom on. */
async function showViewport() {
  const [view, isClose] = [map.view(), (map.library?.getZoom() ?? 0) >= MIN_PLACES_ZOOM];
  if (!view) return;
  map.showMessage(isClose ? '' : text('map.zoom_for_places'));
  try {
    map.show(isClose ? await fetchPlacesIn(state, view) : [], countsFromChips(), state.districts);
  } catch {
    // aborted by a newer request, or no answer: the drawn places stay
  }
}

/** @param {string | null} id */
function highlightCard(id) {
  for (const card of document.querySelectorAll('.card.highlighted')) card.classList.remove('highlighted');
  if (id) document.querySelector(`.card[data-place="${CSS.escape(id)}"]`)?.classList.add('highlighted');
}

async function load() {
  const [places, table] = await Promise.all(
    ['/places.geojson', new URL('./fold-table.json', import.meta.url).href].map(async (url) => (await fetch(url)).json()));
  fold = createFold(table);
  entries = indexPlaces(places.features, fold, data);
}

/**
 * Client-side routing: the state that a link of this page leads to; `null` for every other link.
 *
 * @param {HTMLAnchorElement} link
 * @returns {State | null}
 */
function stateOf(link) {
  if (link.origin !== location.origin || link.dataset['lang'] || link.hash) return null;
  const { map: camera, inView } = state;
  const next = { ...parseState(link.search), map: camera, inView };
  const place = /^\/places\/([^/]+)$/.exec(link.pathname)?.[1];
  if (place) return { ...next, place: decodeURIComponent(place), offset: state.offset };
  return link.pathname === '/' && link.closest('main') ? next : null;
}

/** @param {MouseEvent} event */
function followLink(event) {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const isPlainClick = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlainClick || event.defaultPrevented) return;
  const next = stateOf(link);
  const opens = next !== null && next.place !== null;
  const closes = link.closest('.back') !== null && byId('browse').classList.contains('behind');
  if (!next || (!entries && !opens && !closes)) return;
  event.preventDefault();
  if (link.classList.contains('to-map')) map.reveal();
  const focus = link.dataset['category'] || link.dataset['district'] || link.dataset['by'] ? link : null;
  go(next);
  if (link.closest('.pager')) byId('results').scrollIntoView();
  if (!focus && !closes && !opens && !document.contains(link)) byId('results').focus({ preventScroll: true });
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let debounce;

function connectEvents() {
  document.addEventListener('click', followLink);
  addEventListener('popstate', () => go(parseState(location.search, location.hash), 'keep'));
  search.form?.addEventListener('submit', (event) => {
    if (!entries) return;
    event.preventDefault();
    go({ ...state, q: search.value.trim(), offset: 0, place: null });
  });
  search.addEventListener('input', () => {
    clearTimeout(debounce);
    if (entries) debounce = setTimeout(() => go({ ...state, q: search.value.trim(), offset: 0, place: null }, 'replace'), DEBOUNCE_MS);
  });
  for (const name of /** @type {const} */ (['pointerover', 'focusin'])) {
    byId('list').addEventListener(name, (event) => {
      const card = event.target instanceof Element ? event.target.closest('.card') : null;
      map.highlight(card instanceof HTMLElement ? card.dataset['place'] ?? null : null);
    });
  }
}

async function start() {
  byId('results').tabIndex = -1;
  connectEvents();
  if (data.loadAll) {
    // What came broken or not at all is requested once more; then links and form still work through the server.
    const isLoaded = await load().then(() => true, () => load().then(() => true, () => false));
    if (isLoaded) go(state, 'keep');
    else {
      entries = null;
      byId('results').after(make('p', { class: 'closed', role: 'alert' }, text('error.load_list')));
    }
  }
  for (const link of document.querySelectorAll('a[data-lang]')) markCurrent(link, link.getAttribute('data-lang') === data.lang);
}

/** The map comes after the list, which does not wait for it. */
async function startMap() {
  await map.start(state, entries?.map((entry) => entry.place) ?? null);
  if (entries) redraw();
  // No number that was not loaded: those of the server's page stand.
  if (!entries && data.loadAll) map.show([], countsFromChips(), state.districts);
  if (!data.loadAll) await showViewport();
  map.choose(state.place);
}

// For tests, and for the curious.
Object.defineProperty(window, 'tsunagari', {
  value: {
    get map() { return map.library; },
    /** @param {string} id */
    go: (id) => go({ ...state, place: id }),
  },
});
const { dataset } = document.documentElement;
Object.assign(dataset, { ready: 'false', mapReady: 'false' });
void start()
  .finally(() => { dataset['ready'] = 'true'; })
  .then(startMap)
  .finally(() => { dataset['mapReady'] = 'true'; });
