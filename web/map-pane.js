// @ts-check
/**
 * The pane of the map: its tab on a small screen, its switches, the list of places on one spot, and the words where no map can
 * be drawn. The library is loaded only when the pane is seen; the list never waits for it.
 *
 * @module map-pane
 */

import { byId, make } from './dom.js';
import { placeUrl, START } from './state.js';

/** @typedef {import('./types.js').Place} Place */
/** @typedef {import('./types.js').State} State */
/** @typedef {Awaited<ReturnType<typeof import('./map.js').createMap>>} Drawing */
/** @typedef {{data: import('./types.js').PageData, text: import('./i18n.js').Text}} Context */

const WIDE = '(min-width: 900px)';

/**
 * @param {Context} context
 * @param {{
 *   moved: (camera: import('./types.js').Camera) => void,
 *   opened: (id: string) => void,
 *   pointed: (id: string | null) => void,
 *   restricted: (on: boolean) => void,
 * }} listener
 */
export function mapPane(context, listener) {
  const { text } = context;
  const [pane, message] = [byId('map-pane'), byId('map-message')];
  /** @type {Drawing | null} */
  let drawing = null;
  /** @type {Promise<void> | null} */
  let starting = null;
  /** @type {{places: readonly Place[], counts: Map<string, number>, districts: readonly string[], chosen: string | null}} */
  const wanted = { places: [], counts: new Map(), districts: [], chosen: null };
  /** @type {State['map']} */
  let camera = null;
  let lang = START.lang;
  let restricted = false;

  const apply = () => {
    if (!drawing) return;
    drawing.places = wanted.places;
    drawing.counts = wanted.counts;
    drawing.chosenDistricts = wanted.districts;
    drawing.draw();
    drawing.choose(wanted.chosen);
  };

  /** @param {Place[]} places */
  const gathered = (places) => {
    const title = make('h2', { tabindex: '-1' }, text('map.same_spot', { n: places.length }));
    const close = make('button', { type: 'button' }, text('detail.close'));
    const items = places.map((place) => make('li', {},
      make('a', { href: placeUrl({ ...START, lang }, place.id), 'data-spot': place.id }, place.properties.name)));
    const panel = make('div', { class: 'spot', id: 'spot', role: 'group', 'aria-label': text('map.same_spot', { n: places.length }) },
      title, make('ul', {}, ...items), close);
    const shut = () => {
      panel.remove();
      drawing?.map.getCanvas().focus();
    };
    close.addEventListener('click', shut);
    panel.addEventListener('keydown', (event) => { if (event.key === 'Escape') shut(); });
    panel.addEventListener('click', (event) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (!link?.dataset['spot'] || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      listener.opened(link.dataset['spot']);
    });
    document.getElementById('spot')?.remove();
    pane.append(panel);
    title.focus();
  };

  const draw = async () => {
    try {
      const { canDraw, createMap } = await import('./map.js');
      if (!canDraw()) throw new Error('this device has no WebGL 2');
      const made = await createMap(byId('map'), context, { camera, places: wanted.places }, {
        moved: listener.moved, pointed: listener.pointed, gathered,
        opened: (id) => {
          showTab('list');
          listener.opened(id);
        },
      });
      drawing = made;
      message.remove();
      pane.append(controls(context, restricted, listener.restricted));
      apply();
    } catch (error) {
      byId('map').replaceChildren();
      message.textContent = text('map.unavailable');
      document.body.classList.add('no-map');
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

  return {
    /**
     * @param {State} state
     * @param {readonly Place[] | null} places
     */
    async start(state, places) {
      ({ map: camera, lang, inView: restricted } = state);
      wanted.places = places ?? [];
      wanted.chosen = state.place;
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
      Object.assign(wanted, { places, counts, districts });
      apply();
    },
    /** @param {string | null} id */
    choose(id) {
      wanted.chosen = id;
      drawing?.choose(id);
    },
    /** @param {string | null} id */
    point(id) {
      drawing?.point(id);
    },
    /** @param {string} words  What to say over the map; nothing takes it away. */
    say(words) {
      if (!drawing) return;
      message.textContent = words;
      if (words) pane.append(message);
      else message.remove();
    },
    /** What the map shows; `null` while there is none. */
    view: () => drawing?.view() ?? null,
    reveal() {
      if (!matchMedia(WIDE).matches) showTab('map');
    },
    /** For tests: the map of the library. */
    get library() {
      return drawing?.map ?? null;
    },
  };
}

/**
 * @param {Context} context
 * @param {boolean} restricted
 * @param {(on: boolean) => void} onChange
 */
function controls({ data, text }, restricted, onChange) {
  const box = make('input', { type: 'checkbox', id: 'in-view' });
  box.checked = restricted;
  box.addEventListener('change', () => onChange(box.checked));
  return make('div', { class: 'map-controls' },
    data.loadAll ? make('label', { for: 'in-view', class: 'check' }, box, ' ', text('map.in_view')) : null,
    make('ul', { class: 'legend' },
      make('li', { class: 'exact' }, text('map.legend_exact')), make('li', { class: 'around' }, text('map.legend_approximate'))));
}
