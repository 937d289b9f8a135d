// @ts-check
/**
 * The pane of the map: its tab on a small screen, its controls, the list of places at one position, and the message where no map
 * can be drawn. Lazy loading: the library is loaded when the pane becomes visible; the list never waits for it.
 *
 * @module map-pane
 */

import { byId, make } from './dom.js';
import { showDrawnMap } from './drawn-map.js';
import { closeCard, showCard } from './map-card.js';
import { placeUrl, printUrl, START } from './state.js';

/** @typedef {import('./types.js').Place} Place */
/** @typedef {import('./types.js').State} State */
/** @typedef {Awaited<ReturnType<typeof import('./map.js').createMap>>} MapDrawing */
/** @typedef {{data: import('./types.js').PageData, text: import('./i18n.js').Translate}} PageContext */

const WIDE = '(min-width: 900px)';

/**
 * @param {PageContext} context
 * @param {{
 *   onMove: (camera: import('./types.js').Camera) => void,
 *   onOpen: (id: string) => void,
 *   onDistrict: (id: string) => void,
 *   onHover: (id: string | null) => void,
 *   onRestrict: (on: boolean) => void,
 * }} listener
 */
export function mapPane(context, listener) {
  const { text } = context;
  const [frame, message] = [byId('map-frame'), byId('map-message')];
  let isDrawnByServer = false;
  /** @type {State} */
  let current = START;
  /** @type {MapDrawing | null} */
  let drawing = null;
  /** @type {Promise<void> | null} */
  let starting = null;
  /** @type {{places: readonly Place[], counts: Map<string, number>, districts: readonly string[], chosen: string | null}} */
  const shown = { places: [], counts: new Map(), districts: [], chosen: null };
  /** @type {State['map']} */
  let camera = null;
  let isRestricted = false;

  const apply = () => {
    if (!drawing) return;
    drawing.places = shown.places;
    drawing.counts = shown.counts;
    drawing.chosenDistricts = shown.districts;
    drawing.draw();
    drawing.choose(shown.chosen);
  };

  /** @param {string} id */
  const openPlace = (id) => {
    showTab('list');
    listener.onOpen(id);
  };

  /** @param {string} id */
  const showPlaceCard = (id) => {
    const place = shown.places.find((known) => known.id === id);
    document.getElementById('spot')?.remove();
    drawing?.choose(id);
    const onClose = () => {
      drawing?.choose(shown.chosen);
      drawing?.map.getCanvas().focus();
    };
    if (place) void showCard(frame, place, { ...context, state: current, onOpen: openPlace, onClose });
  };

  /** @param {Place[]} places */
  const showSamePosition = (places) => {
    const title = make('h2', { tabindex: '-1' }, text('map.same_spot', { n: places.length }));
    const close = make('button', { type: 'button' }, text('detail.close'));
    const items = places.map((place) => make('li', {},
      make('a', { href: placeUrl({ ...START, lang: current.lang }, place.id), 'data-spot': place.id }, place.properties.name)));
    const panel = make('div', { class: 'spot', id: 'spot', role: 'group', 'aria-label': text('map.same_spot', { n: places.length }) },
      title, make('ul', {}, ...items), close);
    const closePanel = () => {
      panel.remove();
      drawing?.map.getCanvas().focus();
    };
    close.addEventListener('click', closePanel);
    panel.addEventListener('keydown', (event) => { if (event.key === 'Escape') closePanel(); });
    panel.addEventListener('click', (event) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (!link?.dataset['spot'] || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      openPlace(link.dataset['spot']);
    });
    document.getElementById('spot')?.remove();
    closeCard();
    frame.append(panel);
    title.focus();
  };

  const draw = async () => {
    try {
      const { canDraw, createMap } = await import('./map.js');
      if (!canDraw()) throw new Error('this device has no WebGL 2');
      const created = await createMap(byId('map'), context, { camera, places: shown.places }, {
        onMove: listener.onMove, onHover: listener.onHover, onOpenSamePosition: showSamePosition,
        onOpen: showPlaceCard,
        onDistrict: (id) => {
          const isNew = !shown.districts.includes(id);
          listener.onDistrict(id);
          if (isNew) created.showDistrict(id);
        },
      });
      drawing = created;
      message.remove();
      byId('map-foot').prepend(...controls(context, isRestricted, listener.onRestrict));
      apply();
    } catch (error) {
      byId('map').replaceChildren();
      isDrawnByServer = await showDrawnMap(byId('map'), current);
      message.textContent = text(isDrawnByServer ? 'map.drawn' : 'map.unavailable');
      document.body.classList.add(isDrawnByServer ? 'drawn-map' : 'no-map');
      console.info(error instanceof Error ? error.message : String(error));
    }
  };

  const ensure = () => {
    starting ??= draw();
    return starting;
  };

  /** @param {'list' | 'map'} which */
  const showTab = (which) => {
    document.body.dataset['tab'] = which;
    for (const tab of document.querySelectorAll('.tabs button')) {
      tab.setAttribute('aria-pressed', String(tab.getAttribute('data-show') === which));
    }
    if (which === 'map') void ensure().then(() => drawing?.map.resize());
  };
  for (const tab of document.querySelectorAll('.tabs button')) {
    tab.addEventListener('click', () => showTab(tab.getAttribute('data-show') === 'map' ? 'map' : 'list'));
  }

  fitToScreen(byId('map-pane'));
  return {
    /**
     * @param {State} state
     * @param {readonly Place[] | null} places
     */
    async start(state, places) {
      ({ map: camera, inView: isRestricted } = state);
      current = state;
      shown.places = places ?? [];
      shown.chosen = state.place;
      const wide = matchMedia(WIDE);
      if (camera && !wide.matches && !state.place) showTab('map');
      if (wide.matches || camera) await ensure();
      wide.addEventListener('change', () => { if (wide.matches) void ensure(); });
    },
    /**
     * @param {readonly Place[]} places
     * @param {Map<string, number>} counts
     * @param {readonly string[]} districts
     */
    show(places, counts, districts) {
      Object.assign(shown, { places, counts, districts });
      apply();
    },
    /** @param {State} state  The state of the page, for links and for the map that the server draws. */
    follow(state) {
      const isOther = printUrl(state) !== printUrl(current);
      current = state;
      if (isOther && isDrawnByServer) void showDrawnMap(byId('map'), state);
    },
    /** @param {string | null} id */
    choose(id) {
      shown.chosen = id;
      drawing?.choose(id);
    },
    /** @param {string | null} id */
    highlight(id) {
      drawing?.highlight(id);
    },
    /** @param {string} words  Over the map; empty removes the message. */
    showMessage(words) {
      if (!drawing) return;
      message.textContent = words;
      if (words) frame.append(message);
      else message.remove();
    },
    /** The bounds of the map; `null` while there is none. */
    view: () => drawing?.view() ?? null,
    /** @param {'list' | 'map'} [which]  What a small screen shows. */
    reveal(which = 'map') {
      if (!matchMedia(WIDE).matches) showTab(which);
    },
    /** The MapLibre map, for tests. */
    get library() {
      return drawing?.map ?? null;
    },
  };
}

/**
 * @param {PageContext} context
 * @param {boolean} isRestricted
 * @param {(on: boolean) => void} onChange
 */
function controls({ data, text }, isRestricted, onChange) {
  const checkbox = make('input', { type: 'checkbox', id: 'in-view' });
  checkbox.checked = isRestricted;
  checkbox.addEventListener('change', () => onChange(checkbox.checked));
  const legend = make('ul', { class: 'legend' },
    make('li', { class: 'exact' }, text('map.legend_exact')), make('li', { class: 'around' }, text('map.legend_approximate')),
    make('li', { class: 'several' }, text('map.legend_several')), make('li', { class: 'north' }, text('map.north')));
  return data.loadAll ? [make('label', { for: 'in-view', class: 'check' }, checkbox, ' ', text('map.in_view')), legend] : [legend];
}

/**
 * Keeps the foot of the map on the screen while the page's head is above it, on a wide screen.
 *
 * @param {HTMLElement} pane
 */
function fitToScreen(pane) {
  const fit = () => {
    const above = Math.max(0, Math.round(pane.getBoundingClientRect().top));
    pane.style.height = matchMedia(WIDE).matches && above > 0 ? `${innerHeight - above}px` : '';
  };
  new ResizeObserver(fit).observe(document.body);
  addEventListener('scroll', fit, { passive: true });
  addEventListener('resize', fit);
}
