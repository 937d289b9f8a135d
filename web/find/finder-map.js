// @ts-check
/**
 * The finder's map: the start, the reach, and the places with their numbers. The list contains all of it as well, so where no map
 * can be drawn, the page shows a message and works without it.
 *
 * @module find/finder-map
 */

import { byId, setText } from '../dom.js';
import { CLOSE_ZOOM } from '../base-map.js';
import { boundsOf } from '../map-style.js';
import { reachCircle, roundedDegrees } from './reach-circle.js';

/** @typedef {import('maplibre-gl').Map} MapLibreMap */
/** @typedef {{start: [number, number] | null, reach_m: number, pins: ReturnType<typeof import('./groups.js').pinsOf>}} MapContent */

const WIDE = '(min-width: 1200px)';
/** Numbers that fit into a pin. */
const MAX_NUMBERS = 2;

/**
 * @param {import('./types.js').FinderContext} context
 * @param {{onStartPicked: (position: [number, number]) => void, onOpenPlace: (id: string) => void}} listener
 */
export function finderMap(context, listener) {
  const { data, text } = context;
  const wide = matchMedia(WIDE);
  /** @type {MapContent} */
  let content = { start: null, reach_m: 0, pins: [] };
  /** @type {MapLibreMap | null} */
  let map = null;
  /** @type {Promise<void> | null} */
  let opening = null;
  let isPickingStart = false;
  let highlighted = '';

  const draw = () => {
    if (!map) return;
    const { start, reach_m: reach, pins } = content;
    setSource(map, 'reach', start ? [reachCircle(start, reach)] : []);
    setSource(map, 'start', start ? [pointFeature(start, { name: text('map.start') })] : []);
    setSource(map, 'hits', pins.map(({ at, ids, numbers, best }) => pointFeature(at, {
      id: ids[0] ?? '', best, first: numbers[0] ?? 0, n: numbers.length, highlighted: ids.includes(highlighted),
      numbers: numbers.slice(0, MAX_NUMBERS).join('·') + (numbers.length > MAX_NUMBERS ? '…' : ''),
    })));
  };
  const setPicking = (/** @type {boolean} */ on) => {
    isPickingStart = on;
    setText(byId('map-message'), on ? text('map.tap') : '');
    map?.getCanvas().classList.toggle('picking', on);
  };
  const pick = (/** @type {{lng: number, lat: number}} */ { lng: lon, lat }) => {
    setPicking(false);
    listener.onStartPicked([roundedDegrees(lon), roundedDegrees(lat)]);
    setText(byId('map-message'), text('map.started'));
  };

  const open = async () => {
    byId('map-show').hidden = true;
    try {
      const [{ canDraw, districtAreas, districtLabels, openMap, sketchedDistricts }, { findStyle }] = await Promise.all([import('../base-map.js'), import('./map-layers.js')]);
      if (!canDraw()) throw new Error('this device has no WebGL 2');
      byId('finder-map').classList.add('drawn');
      const opened = await openMap(byId('map'), data, { style: findStyle });
      map = opened.map;
      const drawAll = () => {
        setSource(opened.map, 'districts', districtAreas(opened.districts, data, []).features);
        const sketches = sketchedDistricts(opened.districts);
        setSource(opened.map, 'labels', districtLabels(data, ({ id }) => (sketches.has(id) ? text('map.sketch_mark') : '')).features);
        draw();
      };
      drawAll();
      opened.onRestyle(drawAll);
      opened.map.on('click', (event) => {
        const [hit] = opened.map.queryRenderedFeatures(event.point, { layers: ['hit'] });
        if (isPickingStart || (!hit && !content.start)) pick(event.lngLat);
        else if (hit) listener.onOpenPlace(String(hit.properties['id']));
      });
      byId('map-centre').hidden = false;
      byId('map-centre').addEventListener('click', () => pick(opened.map.getCenter()));
      fitReach();
      setPicking(isPickingStart);
    } catch (error) {
      byId('map').replaceChildren();
      byId('finder-map').classList.remove('drawn');
      byId('finder-map').classList.add('no-map');
      setText(byId('map-message'), text('map.unavailable'));
      console.info(error instanceof Error ? error.message : String(error));
    }
  };
  const ensureOpen = () => (opening ??= open());
  /** Fits the view to start and reach. */
  const fitReach = () => {
    const bounds = content.start ? boundsOf({ features: [reachCircle(content.start, content.reach_m)] }) : null;
    if (bounds) map?.fitBounds(bounds, { padding: 24, maxZoom: CLOSE_ZOOM, animate: false });
  };

  byId('map-show').addEventListener('click', () => void ensureOpen());
  if (wide.matches) void ensureOpen();
  wide.addEventListener('change', () => { if (wide.matches) void ensureOpen(); });

  return {
    /** @param {MapContent} next @param {boolean} fits  Whether to fit the view to start and reach. */
    show(next, fits) {
      content = next;
      draw();
      if (fits) fitReach();
    },
    /** @param {string} id */
    highlight(id) {
      if (id === highlighted) return;
      highlighted = id;
      draw();
    },
    /** The next click on the map sets the start. */
    async pickStart() {
      await ensureOpen();
      byId('finder-map').scrollIntoView({ block: 'nearest' });
      if (!map) return;
      setPicking(true);
      map.getCanvas().focus({ preventScroll: true });
    },
    reset() {
      setPicking(false);
      highlighted = '';
      content = { start: null, reach_m: 0, pins: [] };
      draw();
    },
    /** The MapLibre map, for tests. */
    get library() { return map; },
  };
}

/**
 * @param {MapLibreMap} map
 * @param {string} name
 * @param {GeoJSON.Feature[]} features
 */
function setSource(map, name, features) {
  const source = /** @type {import('maplibre-gl').GeoJSONSource | undefined} */ (map.getSource(name));
  source?.setData({ type: 'FeatureCollection', features });
}

/**
 * @param {[number, number]} at
 * @param {Record<string, unknown>} properties
 * @returns {GeoJSON.Feature}
 */
function pointFeature(at, properties) {
  return { type: 'Feature', geometry: { type: 'Point', coordinates: at }, properties };
}
