// @ts-check
/**
 * The map on which the point of a place is set: a pin that is dragged, moved by arrow keys, or put where the map is touched. The numbers
 * below the map say the same, so that where no map can be drawn, the page works without it.
 *
 * @module edit/pin-map
 */

import { make } from '../dom.js';

/** How far an arrow key moves the pin, in pixels; with shift, ten times as far. */
const STEP = 4;
/** @type {Record<string, readonly [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const LIBRARY = new URL('../vendor/maplibre-gl.mjs', import.meta.url).href;

/** @typedef {{ lon: number, lat: number }} Point */

/**
 * @param {HTMLElement} container
 * @param {import('../base-map.js').BaseMapData} data
 * @param {{ start: Point | null, label: string, moved: (point: Point) => void }} pin
 * @returns {Promise<{ put: (point: Point | null) => void, at: () => Point }>}
 */
export async function pinMap(container, data, { start, label, moved }) {
  const [{ canDraw, districtAreas, districtLabels, openMap }, { baseStyle }] = await Promise.all([import('../base-map.js'), import('../map-style.js')]);
  if (!canDraw()) throw new Error('this device has no WebGL 2');
  const library = /** @type {typeof import('maplibre-gl')} */ (await import(LIBRARY));
  const camera = start ? { ...start, zoom: 14 } : null;
  const { map, districts, onRestyle } = await openMap(container, data, { style: (dark) => baseStyle(dark, {}, () => []), camera });
  const draw = () => {
    const areas = /** @type {import('maplibre-gl').GeoJSONSource | undefined} */ (map.getSource('districts'));
    areas?.setData(districtAreas(districts, data, []));
    const labels = /** @type {import('maplibre-gl').GeoJSONSource | undefined} */ (map.getSource('labels'));
    labels?.setData(districtLabels(data, () => ''));
  };
  draw();
  onRestyle(draw);

  const element = make('div', { class: 'edit-pin', tabindex: '0', role: 'button', 'aria-label': label });
  const marker = new library.Marker({ element, draggable: true, anchor: 'bottom' });
  const put = (/** @type {Point | null} */ point) => {
    if (point) marker.setLngLat([point.lon, point.lat]).addTo(map);
    else marker.remove();
  };
  put(start);
  const tell = () => moved(at());
  const at = () => {
    const { lng: lon, lat } = marker.getLngLat() ?? map.getCenter();
    return { lon, lat };
  };
  marker.on('dragend', tell);
  map.on('click', ({ lngLat: { lng: lon, lat } }) => {
    put({ lon, lat });
    tell();
  });
  element.addEventListener('keydown', (event) => {
    const direction = ARROWS[event.key];
    if (!direction) return;
    event.preventDefault();
    const step = STEP * (event.shiftKey ? 10 : 1);
    const { x, y } = map.project(marker.getLngLat());
    marker.setLngLat(map.unproject([x + direction[0] * step, y + direction[1] * step]));
    tell();
  });
  return {
    put(point) {
      put(point);
      if (point) map.easeTo({ center: [point.lon, point.lat], animate: false });
    },
    at,
  };
}
