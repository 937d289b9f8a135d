// @ts-check
/**
 * The finder's map: where the person starts and how far they come, and the places with their numbers. Everything that it shows
 * stands in the list as well; where it cannot be drawn, the page says so and goes on.
 *
 * @module find/map-part
 */

import { byId, setText } from '../dom.js';
import { CLOSE_ZOOM } from '../map-frame.js';
import { boundsOf } from '../map-style.js';
import { circle, roughly } from './circle.js';

/** @typedef {import('maplibre-gl').Map} MapLibreMap */
/** @typedef {{start: [number, number] | null, reach_m: number, marks: ReturnType<typeof import('./groups.js').marksOf>}} Picture */

const WIDE = '(min-width: 1200px)';
/** So many numbers fit into a mark. */
const NUMBERS = 2;

/**
 * @param {import('./types.js').Context} context
 * @param {{started: (position: [number, number]) => void, opened: (id: string) => void}} listener
 */
export function mapPart(context, listener) {
  const { data, text } = context;
  const wide = matchMedia(WIDE);
  /** @type {Picture} */
  let picture = { start: null, reach_m: 0, marks: [] };
  /** @type {MapLibreMap | null} */
  let map = null;
  /** @type {Promise<void> | null} */
  let opening = null;
  let isArmed = false;
  let pointed = '';

  const draw = () => {
    if (!map) return;
    const { start, reach_m: reach, marks } = picture;
    set(map, 'reach', start ? [circle(start, reach)] : []);
    set(map, 'start', start ? [point(start, { name: text('map.start') })] : []);
    set(map, 'hits', marks.map(({ at, ids, numbers, best }) => point(at, {
      id: ids[0] ?? '', best, first: numbers[0] ?? 0, n: numbers.length, pointed: ids.includes(pointed),
      numbers: numbers.slice(0, NUMBERS).join('·') + (numbers.length > NUMBERS ? '…' : ''),
    })));
  };
  const arm = (/** @type {boolean} */ on) => {
    isArmed = on;
    setText(byId('map-message'), on ? text('map.tap') : '');
    map?.getCanvas().classList.toggle('aiming', on);
  };
  const start = (/** @type {{lng: number, lat: number}} */ { lng: lon, lat }) => {
    arm(false);
    listener.started([roughly(lon), roughly(lat)]);
    setText(byId('map-message'), text('map.started'));
  };

  const open = async () => {
    byId('map-show').hidden = true;
    try {
      const [{ canDraw, districtAreas, districtLabels, openMap }, { findStyle }] = await Promise.all([import('../map-frame.js'), import('./map-layers.js')]);
      if (!canDraw()) throw new Error('this device has no WebGL 2');
      byId('map-part').classList.add('drawn');
      const made = await openMap(byId('map'), data, { style: findStyle });
      map = made.map;
      const drawAll = () => {
        set(made.map, 'districts', districtAreas(made.districts, data, []).features);
        set(made.map, 'labels', districtLabels(data, () => '').features);
        draw();
      };
      drawAll();
      made.whenRestyled(drawAll);
      made.map.on('click', (event) => {
        const [hit] = made.map.queryRenderedFeatures(event.point, { layers: ['hit'] });
        if (isArmed || (!hit && !picture.start)) start(event.lngLat);
        else if (hit) listener.opened(String(hit.properties['id']));
      });
      byId('map-centre').hidden = false;
      byId('map-centre').addEventListener('click', () => start(made.map.getCenter()));
      frame();
      arm(isArmed);
    } catch (error) {
      byId('map').replaceChildren();
      byId('map-part').classList.remove('drawn');
      byId('map-part').classList.add('no-map');
      setText(byId('map-message'), text('map.unavailable'));
      console.info(error instanceof Error ? error.message : String(error));
    }
  };
  const ensure = () => (opening ??= open());
  /** Brings start and reach into view. */
  const frame = () => {
    const bounds = picture.start ? boundsOf({ features: [circle(picture.start, picture.reach_m)] }) : null;
    if (bounds) map?.fitBounds(bounds, { padding: 24, maxZoom: CLOSE_ZOOM, animate: false });
  };

  byId('map-show').addEventListener('click', () => void ensure());
  if (wide.matches) void ensure();
  wide.addEventListener('change', () => { if (wide.matches) void ensure(); });

  return {
    /** @param {Picture} next @param {boolean} moves  Whether to show the start anew. */
    show(next, moves) {
      picture = next;
      draw();
      if (moves) frame();
    },
    /** @param {string} id */
    point(id) {
      if (id === pointed) return;
      pointed = id;
      draw();
    },
    /** Lets the next touch of the map be the start. */
    async choose() {
      await ensure();
      byId('map-part').scrollIntoView({ block: 'nearest' });
      if (!map) return;
      arm(true);
      map.getCanvas().focus({ preventScroll: true });
    },
    reset() {
      arm(false);
      pointed = '';
      picture = { start: null, reach_m: 0, marks: [] };
      draw();
    },
    /** For tests: the map of the library. */
    get library() { return map; },
  };
}

/**
 * @param {MapLibreMap} map
 * @param {string} source
 * @param {GeoJSON.Feature[]} features
 */
function set(map, source, features) {
  const it = /** @type {import('maplibre-gl').GeoJSONSource | undefined} */ (map.getSource(source));
  it?.setData({ type: 'FeatureCollection', features });
}

/**
 * @param {[number, number]} at
 * @param {Record<string, unknown>} properties
 * @returns {GeoJSON.Feature}
 */
function point(at, properties) {
  return { type: 'Feature', geometry: { type: 'Point', coordinates: at }, properties };
}
