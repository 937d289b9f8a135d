// @ts-check
/**
 * Brings the server's page to life: search as one types, chips without loading, a place beside the map. Without this module
 * every link and form of the page works as it is.
 *
 * @module main
 */

import { countsOnChips, NEAR_ZOOM, placesIn } from './area.js';
import { drawChosen, mark, updateChips, updateLinks } from './chips.js';
import { showDetail } from './detail.js';
import { byId, setText } from './dom.js';
import { indexPlaces, isWithin, searchWords, select } from './filter.js';
import { createFold } from './fold.js';
import { countWords, thousands } from './format.js';
import { createText } from './i18n.js';
import { drawList } from './list.js';
import { mapPane } from './map-pane.js';
import { parseState, stateUrl } from './state.js';

/** @typedef {import('./types.js').State} State */
/** @typedef {import('./filter.js').Entry} Entry */

const TYPING_PAUSE_MS = 120;

/** @type {import('./types.js').PageData} */
const data = JSON.parse(byId('page-data').textContent ?? '{}');
const text = createText(data.texts);
const context = { data, text };
const search = /** @type {HTMLInputElement} */ (byId('q'));

/** @type {State} */
let state = parseState(location.search, location.hash);
/** @type {Entry[] | null}  `null` until loaded, and for ever where there are too many to load. */
let entries = null;
/** @type {(text: string) => string} */
let fold = (words) => words.toLowerCase();

const map = mapPane(context, {
  /** @param {import('./types.js').Camera} camera */
  moved: (camera) => {
    state = { ...state, map: camera };
    history.replaceState(null, '', stateUrl(state));
    if (state.inView) redraw();
    if (!data.loadAll) void showArea();
  },
  /** @param {string} id */
  opened: (id) => go({ ...state, place: id }),
  /** @param {string | null} id */
  pointed: (id) => pointAtCard(id),
  /** @param {boolean} on */
  restricted: (on) => {
    state = { ...state, inView: on };
    history.replaceState(null, '', stateUrl(state));
    redraw();
  },
});

/**
 * Makes `next` the state and its address the page's.
 *
 * @param {State} next
 * @param {'push' | 'replace' | 'keep'} [how]
 */
function go(next, how = 'push') {
  const before = state;
  state = next;
  if (how === 'push') history.pushState(null, '', stateUrl(state));
  if (how === 'replace') history.replaceState(null, '', stateUrl(state));
  if (search.value.trim() !== state.q && document.activeElement !== search) search.value = state.q;
  redraw();
  void showDetail(state, before, context).then(() => map.choose(state.place));
  document.title = title();
}

function title() {
  const place = entries?.find((entry) => entry.place.id === state.place)?.place.properties.name;
  return place ? `${place} | ${data.site}` : data.site;
}

/** Draws list, chips, count and map from the state. The map's camera stays where it is. */
function redraw() {
  updateLinks(state);
  if (!entries) return;
  const { selected, byCategory, byDistrict } = select(entries, state, searchWords(state.q, fold));
  const view = state.inView ? map.view() : null;
  const listed = view ? selected.filter((entry) => isWithin(entry.place, view)) : selected;
  updateChips(state, { byCategory, byDistrict });
  drawChosen(byId('chosen'), state, context);
  drawList(byId('list'), listed, state, context);
  setText(byId('count'), view ? text('list.count_in_view', { n: thousands(listed.length) }) : countWords(listed.length, text));
  map.show(selected.map((entry) => entry.place), byDistrict, state.districts);
}

/** Where there are too many places to load: draws those that the map shows, once it is close enough. */
async function showArea() {
  const [view, near] = [map.view(), (map.library?.getZoom() ?? 0) >= NEAR_ZOOM];
  if (!view) return;
  map.say(near ? '' : text('map.zoom_for_places'));
  try {
    map.show(near ? await placesIn(state, view) : [], countsOnChips(), state.districts);
  } catch {
    // asked again meanwhile, or no answer: what is drawn stays
  }
}

/** @param {string | null} id */
function pointAtCard(id) {
  for (const card of document.querySelectorAll('.card.pointed')) card.classList.remove('pointed');
  if (id) document.querySelector(`.card[data-place="${CSS.escape(id)}"]`)?.classList.add('pointed');
}

async function load() {
  const [places, table] = await Promise.all(
    ['/places.geojson', '/assets/fold-table.json'].map(async (url) => (await fetch(url)).json()));
  fold = createFold(table);
  entries = indexPlaces(places.features, fold, data);
}

/**
 * The state a link of this page leads to, or `null` for every other link.
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
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || event.defaultPrevented) return;
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
let typing;

function listen() {
  document.addEventListener('click', followLink);
  addEventListener('popstate', () => go(parseState(location.search, location.hash), 'keep'));
  search.form?.addEventListener('submit', (event) => {
    if (!entries) return;
    event.preventDefault();
    go({ ...state, q: search.value.trim(), offset: 0, place: null });
  });
  search.addEventListener('input', () => {
    clearTimeout(typing);
    if (entries) typing = setTimeout(() => go({ ...state, q: search.value.trim(), offset: 0, place: null }, 'replace'), TYPING_PAUSE_MS);
  });
  for (const name of /** @type {const} */ (['pointerover', 'focusin'])) {
    byId('list').addEventListener(name, (event) => {
      const card = event.target instanceof Element ? event.target.closest('.card') : null;
      map.point(card instanceof HTMLElement ? card.dataset['place'] ?? null : null);
    });
  }
}

async function start() {
  byId('results').tabIndex = -1;
  listen();
  if (data.loadAll) {
    try {
      await load();
      go(state, 'keep');
    } catch {
      entries = null; // links and the form still lead to the server
    }
  }
  for (const link of document.querySelectorAll('a[data-lang]')) mark(link, link.getAttribute('data-lang') === data.lang);
  await map.start(state, entries?.map((entry) => entry.place) ?? null);
  if (entries) redraw();
  if (!data.loadAll) await showArea();
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
document.documentElement.dataset['ready'] = 'false';
void start().finally(() => {
  document.documentElement.dataset['ready'] = 'true';
});
