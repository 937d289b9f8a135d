// @ts-check
/**
 * Progressive enhancement of the list's page: live search (debounced), filters without loading, a place beside the map. Without
 * this module every link and form of the page works as it is.
 *
 * @module main
 */

import { drawActiveFilters, markCurrent, updateChips, updateConditions, updateLinks } from './chips.js';
import { showDetail } from './detail.js';
import { connectDownloads } from './download.js';
import { byId, make, setText } from './dom.js';
import { connectEmbedding, updateEmbedding } from './embed-code.js';
import { isWithin } from './filter.js';
import { formatNumber, foundText } from './format.js';
import { createTranslate } from './i18n.js';
import { drawList } from './list.js';
import { loadPlaces } from './load.js';
import { keepForOffline, sayFromWhen } from './offline.js';
import { mapPane } from './map-pane.js';
import { connectStart } from './search/here.js';
import { createSearch } from './search/search.js';
import { moreText, nearbyDistricts, nothingFound, understoodText } from './search/explain.js';
import { showBar, syncTab } from './small-screen.js';
import { fileOf, parseState, stateUrl, toggled } from './state.js';
import { addTextSizes } from './text-size.js';
import { countsFromChips, fetchPlacesIn, MIN_PLACES_ZOOM } from './viewport-places.js';

/** @typedef {import('./types.js').State} State */

const DEBOUNCE_MS = 120;

/** @type {import('./types.js').PageData} */
const data = JSON.parse(byId('page-data').textContent ?? '{}');
const text = createTranslate(data.texts);
const context = { data, text };
const search = /** @type {HTMLInputElement} */ (byId('q'));

/** How many places the list shows: what certainly fits, else what may. */
let listed = 0;

/** @type {ReturnType<typeof setTimeout> | null}  While something typed waits for its answer. */
let debounce = null;

/** @type {State} */
let state = parseState(location.search, location.hash, data);
/** @type {ReturnType<typeof createSearch> | null}  `null` until loaded; it stays `null` where there are too many places to load. */
let loaded = null;

const map = mapPane(context, {
  /** @param {import('./types.js').Camera} camera */
  onMove: (camera) => {
    state = { ...state, map: camera };
    history.replaceState(null, '', stateUrl(state));
    if (state.inView) redraw();
    if (!data.loadAll) void showViewport();
  },
  /** @param {string} id */
  onOpen: (id) => go({ ...state, place: id, tab: state.tab && 'list' }),
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
  state = how === 'keep' ? next : withTyped(next);
  if (debounce !== null) clearTimeout(debounce);
  debounce = null;
  if (how === 'push') history.pushState(null, '', stateUrl(state));
  if (how === 'replace') history.replaceState(null, '', stateUrl(state));
  if (search.value.trim() !== state.q && document.activeElement !== search) search.value = state.q;
  redraw();
  if (how === 'keep') syncTab(state);
  void showDetail(state, previous, context, loaded?.entries ?? []).then(() => map.choose(state.place));
  document.title = title();
}

/**
 * What was typed and still waits for its answer goes with whatever is done next, so that it neither is lost nor comes afterwards and
 * closes the place that was opened.
 *
 * @param {State} next
 * @returns {State}
 */
const withTyped = (next) => (debounce === null ? next : { ...next, q: search.value.trim() });

function title() {
  const place = loaded?.entries.find((entry) => entry.place.id === state.place)?.place.properties.name;
  return place ? `${place} | ${data.site}` : data.site;
}

/** Renders list, chips, count and map from the state. The map's camera does not move. */
function redraw() {
  updateLinks(state);
  updateEmbedding(state, data.site);
  map.follow(state);
  updateConditions(state);
  if (!loaded) return;
  const { fold } = loaded;
  const { words, answer } = loaded.answer(state);
  const view = state.inView ? map.view() : null;
  /** @param {import('./filter.js').IndexedPlace[]} places */
  const inView = (places) => (view ? places.filter((entry) => isWithin(entry.place, view)) : places);
  const shown = { ...answer, certain: inView(answer.certain), near: inView(answer.near), unknown: inView(answer.unknown) };
  updateChips(state, answer);
  drawActiveFilters(byId('chosen'), state, context);
  byId('nearby').replaceChildren(...nearbyDistricts(state, answer.byDistrict, context));
  const said = understoodText(words, text, fold);
  byId('understood').replaceChildren(...(said ? [make('p', { class: 'note' }, said)] : []));
  const nothing = shown.certain.length > 0 ? null
    : nothingFound(state, words, shown.near.length + shown.unknown.length > 0, loaded.countOf, context);
  drawList(byId('list'), shown, loaded.start(state), nothing, state, context);
  const n = shown.certain.length;
  listed = n || shown.near.length + shown.unknown.length;
  setText(byId('count'), view ? text('list.count_in_view', { n: formatNumber(n) }) : foundText(n, text));
  setText(byId('count-more'), [moreText(shown, text), view ? offTheMap([...answer.certain, ...answer.near, ...answer.unknown]) : ''].filter(Boolean).join(' '));
  map.show(answer.certain.map((entry) => entry.place), answer.byDistrict, state.districts);
}

/**
 * How many places a list that shows only what the map does leaves out, because nobody knows where they are.
 *
 * @param {readonly import('./filter.js').IndexedPlace[]} places
 */
function offTheMap(places) {
  const n = places.filter((entry) => !entry.place.geometry).length;
  return n > 0 ? text('list.not_on_map', { n: formatNumber(n) }) : '';
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
  loaded = createSearch(await loadPlaces(data.total, data.lang), data);
}

/**
 * Client-side routing: the state that a link of this page leads to; `null` for every other link.
 *
 * @param {HTMLAnchorElement} link
 * @returns {State | null}
 */
function stateOf(link) {
  const root = new URL('.', location.href);
  if (!link.href.startsWith(root.href) || link.dataset['lang'] || link.hash) return null;
  const { map: camera, inView, here, tab } = state;
  const next = { ...parseState(link.search, '', data), map: camera, inView, here, tab };
  const name = link.pathname.slice(root.pathname.length);
  const [before, after] = ['places/', fileOf('', data.lang)];
  if (name.startsWith(before) && name.endsWith(after)) {
    return { ...next, place: decodeURIComponent(name.slice(before.length, -after.length)), offset: state.offset };
  }
  return name === fileOf(data.page, data.lang) && link.closest('main') ? next : null;
}

/** @param {MouseEvent} event */
function followLink(event) {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const isPlainClick = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlainClick || event.defaultPrevented) return;
  const next = stateOf(link);
  const opens = next !== null && next.place !== null;
  const closes = link.closest('.back') !== null && byId('browse').classList.contains('behind');
  if (!next || (!loaded && !opens && !closes)) return;
  event.preventDefault();
  if (link.classList.contains('to-map')) {
    map.reveal();
    next.tab = 'map';
  }
  const { category, district, town, by, when, fact } = link.dataset;
  const focus = category || district || town || by || when || fact ? link : null;
  go(next);
  if (link.closest('.filters')) showBar(listed, text);
  if (link.closest('.pager')) byId('results').scrollIntoView();
  if (!focus && !closes && !opens && !document.contains(link)) byId('results').focus({ preventScroll: true });
}

/**
 * The links at the top of the page, for keyboards: to the list, or to what stands in its place, and to the map, wherever it is.
 *
 * @param {Event} event
 */
function skip(event) {
  event.preventDefault();
  const isToMap = event.currentTarget instanceof Element && event.currentTarget.classList.contains('skip-map');
  map.reveal(isToMap ? 'map' : 'list');
  const opened = byId('browse').classList.contains('behind') ? byId('detail').querySelector('h1') : null;
  (isToMap ? byId('map-pane') : opened ?? byId('results')).focus();
}

function connectEvents() {
  document.addEventListener('click', followLink);
  for (const link of document.querySelectorAll('a.skip')) link.addEventListener('click', skip);
  addEventListener('popstate', () => go(parseState(location.search, location.hash, data), 'keep'));
  search.form?.addEventListener('submit', (event) => {
    if (!loaded) return;
    event.preventDefault();
    go({ ...state, q: search.value.trim(), offset: 0, place: null });
    showBar(listed, text);
  });
  connectStart(context, {
    onName: (from) => {
      if (!loaded) return false;
      go({ ...state, from, here: null, offset: 0, place: null });
      return loaded.start(state) !== null || !from;
    },
    onHere: (here) => go({ ...state, from: '', here, offset: 0, place: null }),
  });
  for (const tab of document.querySelectorAll('.tabs button')) {
    tab.addEventListener('click', (event) => {
      if (!event.isTrusted) return;
      state = { ...state, tab: tab.getAttribute('data-show') === 'map' ? 'map' : 'list' };
      history.pushState(null, '', stateUrl(state));
    });
  }
  connectEmbedding(text);
  connectDownloads(context, () => (loaded ? { state, ids: new Set(loaded.answer(state).answer.certain.map((entry) => entry.place.id)) } : null));
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    const fold = event.target instanceof Element ? event.target.closest('details[open]') : null;
    if (fold instanceof HTMLDetailsElement) {
      fold.open = false;
      fold.querySelector('summary')?.focus();
    } else if (state.place) go({ ...state, place: null });
  });
  search.addEventListener('input', () => {
    if (debounce !== null) clearTimeout(debounce);
    debounce = loaded ? setTimeout(() => go({ ...state, offset: 0, place: null }, 'replace'), DEBOUNCE_MS) : null;
  });
  for (const name of /** @type {const} */ (['pointerover', 'focusin'])) {
    byId('list').addEventListener(name, (event) => {
      const card = event.target instanceof Element ? event.target.closest('.card') : null;
      map.highlight(card instanceof HTMLElement ? card.dataset['place'] ?? null : null);
    });
  }
}

/** Loads the places, twice if need be; without them links and form still work through the server, and the page says so. */
async function startSearch() {
  const note = byId('load-note');
  try {
    await load();
    note.replaceChildren();
    const typed = document.activeElement === search ? search.value.trim() : state.q;
    if (typed === state.q) go(state, 'keep');
    else go({ ...state, q: typed, offset: 0, place: null }, 'replace');
    if (data.keep) void sayFromWhen(data.lang, text);
  } catch {
    loaded = null;
    const retry = make('button', { type: 'button' }, text('error.retry'));
    retry.addEventListener('click', () => void startSearch());
    note.replaceChildren(make('p', {}, text('error.places')), retry);
  }
}

async function start() {
  byId('results').tabIndex = -1;
  addTextSizes(text);
  connectEvents();
  if (data.loadAll) {
    await startSearch();
  }
  for (const link of document.querySelectorAll('a[data-lang]')) markCurrent(link, link.getAttribute('data-lang') === data.lang);
}

/** Keeps what is loaded by now: the list, and later the map. */
function keepSite() {
  if (data.keep) void keepForOffline();
}

/** The map comes after the list, which does not wait for it. */
async function startMap() {
  await map.start(state, loaded?.entries.map((entry) => entry.place) ?? null);
  if (state.tab) syncTab(state);
  if (loaded) redraw();
  // No number that was not loaded: those of the server's page stand.
  if (!loaded && data.loadAll) map.show([], countsFromChips(), state.districts);
  if (!data.loadAll) await showViewport();
  map.choose(state.place);
}

// For tests, and for the curious.
Object.defineProperty(window, 'tsunagari', {
  value: {
    get map() { return map.library; },
    /** @param {string} id */
    go: (id) => go({ ...state, place: id }),
    /** @param {string} url */
    show: (url) => go({ ...parseState(new URL(url, location.href).search, '', data) }),
  },
});
const { dataset } = document.documentElement;
Object.assign(dataset, { ready: 'false', mapReady: 'false' });
const wanted = parseState(location.search, location.hash, data);
// A host of files answers every language with the file that was named.
if (wanted.lang !== data.lang) location.replace(stateUrl(wanted));
void start()
  .finally(() => {
    dataset['ready'] = 'true';
    keepSite();
  })
  .then(startMap)
  .finally(() => {
    dataset['mapReady'] = 'true';
    keepSite();
  });
