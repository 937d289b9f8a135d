// @ts-check
/**
 * The base map: MapLibre, loaded lazily, the districts with their names, light and dark. Callers add their own layers.
 *
 * @module base-map
 */

import { make } from './dom.js';
import { addSigns, loadLand } from './land-icons.js';
import { LAND_SOURCE, SURROUNDINGS } from './land-style.js';
import { boundsOf } from './map-style.js';

/** @typedef {import('./types.js').Camera} Camera */
/** @typedef {import('./types.js').District} District */
/** @typedef {import('maplibre-gl').Map} MapLibreMap */
/** @typedef {{districts: District[], texts: Record<string, string>, tiles?: string | null, root?: string}} BaseMapData  What a map needs of the page's data;
 *   `root` is the way to the site's first folder, empty for a page that lies in it. */

export const MAX_ZOOM = 18;
export const CLOSE_ZOOM = 14;
// Beside this module, so that its address has the same hash.
const LIBRARY = new URL('./vendor/maplibre-gl.mjs', import.meta.url).href;
const LIBRARY_STYLE = new URL('./vendor/maplibre-gl.css', import.meta.url).href;
/** @type {[number, number, number, number]} */
const JAPAN = [122, 24, 146, 46];

/** Whether this device has WebGL 2. */
export function canDraw() {
  return document.createElement('canvas').getContext('webgl2') !== null;
}

/**
 * An empty map of the city. Its style follows `prefers-color-scheme`; `onRestyle` registers a callback that draws the content anew
 * after each change of style.
 *
 * @param {HTMLElement} container
 * @param {BaseMapData} data
 * @param {{style: (dark: boolean) => import('maplibre-gl').StyleSpecification, camera?: Camera | null, contents?: readonly GeoJSON.Feature<GeoJSON.Geometry | null>[]}} options
 * @returns {Promise<{map: MapLibreMap, districts: GeoJSON.FeatureCollection, wholeZoom: number, onRestyle: (redraw: () => void) => void}>}  `wholeZoom` shows the
 *   whole city.
 */
export async function openMap(container, data, { style, camera = null, contents = [] }) {
  const [library, districts, land] = await Promise.all([
    /** @type {Promise<typeof import('maplibre-gl')>} */ (import(LIBRARY)),
    loadDistricts(data),
    loadLand(data.root),
    loadStyle(),
  ]);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const outline = boundsOf({ features: land.features.filter((feature) => feature.properties?.['kind'] === 'outline') });
  const outlined = districts.features.length > 0 && districts.features.every((area) => area.geometry && area.properties?.['sketch'] !== true);
  const bounds = outline ?? (outlined ? boundsOf(districts) : boundsOf({ features: [...districts.features, ...contents, ...centresOf(data)] })) ?? JAPAN;
  const view = camera ? { center: /** @type {[number, number]} */ ([camera.lon, camera.lat]), zoom: camera.zoom }
    : { bounds, fitBoundsOptions: { padding: 24, maxZoom: CLOSE_ZOOM } };
  const map = new library.Map({
    container, style: style(dark.matches), ...view, maxZoom: MAX_ZOOM, attributionControl: false, dragRotate: false,
    pitchWithRotate: false, touchPitch: false, locale: localeOf(data.texts), fadeDuration: 0, canvasContextAttributes: { antialias: true },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }), 'top-right');
  map.addControl(new library.ScaleControl({ maxWidth: 120, unit: 'metric' }), 'bottom-left');
  await new Promise((resolve) => void map.once('load', resolve));
  const drawLand = () => {
    if (data.tiles) addTiles(map, data.tiles);
    /** @type {import('maplibre-gl').GeoJSONSource} */ (map.getSource(LAND_SOURCE)).setData(land);
    if (!outline) map.setPaintProperty('sea', 'background-color', dark.matches ? SURROUNDINGS.dark : SURROUNDINGS.light);
  };
  await addSigns(map, land);
  drawLand();
  const onRestyle = (/** @type {() => void} */ redraw) => dark.addEventListener('change', () => {
    map.setStyle(style(dark.matches), { diff: true });
    drawLand();
    redraw();
  });
  const wholeZoom = map.cameraForBounds(bounds, { padding: 24, maxZoom: CLOSE_ZOOM })?.zoom ?? map.getZoom();
  return { map, districts, wholeZoom, onRestyle };
}

/**
 * The outlines of the districts, in a shade for each former town; sketches (概形) are marked as such.
 *
 * @param {GeoJSON.FeatureCollection} districts
 * @param {BaseMapData} data
 * @param {readonly string[]} chosen
 * @returns {GeoJSON.FeatureCollection}
 */
export function districtAreas(districts, data, chosen) {
  const towns = [...new Set(data.districts.map((d) => d.town))];
  const features = districts.features.filter((area) => area.geometry).map((area) => {
    const id = String(area.properties?.['id'] ?? area.id);
    const nth = data.districts.findIndex((d) => d.id === id);
    const shade = Math.max(0, towns.indexOf(data.districts[nth]?.town ?? null));
    return { ...area, properties: { id, shade, chosen: chosen.includes(id), sketch: area.properties?.['sketch'] === true } };
  });
  return { type: 'FeatureCollection', features };
}

/**
 * Labels of the districts at their centres: the name, with some words below.
 *
 * @param {BaseMapData} data
 * @param {(district: District) => string} words
 * @param {(district: District) => boolean} [isEmpty]  Whether it has nothing of what is asked for; its name stands back then.
 * @returns {GeoJSON.FeatureCollection}
 */
export function districtLabels(data, words, isEmpty = () => false) {
  const features = data.districts.flatMap((district) => (district.centre ? [/** @type {GeoJSON.Feature} */ ({
    type: 'Feature', geometry: { type: 'Point', coordinates: district.centre },
    properties: { id: district.id, name: district.name, words: words(district), empty: isEmpty(district) },
  })] : []));
  return { type: 'FeatureCollection', features };
}

/**
 * The codes of the districts of which only a sketch (概形) is known: the hull of what is known to lie there.
 *
 * @param {GeoJSON.FeatureCollection} districts
 * @returns {Set<string>}
 */
export function sketchedDistricts(districts) {
  const sketches = districts.features.filter((area) => area.properties?.['sketch'] === true);
  return new Set(sketches.map((area) => String(area.properties?.['id'] ?? area.id)));
}

/** @returns {Promise<void>} */
function loadStyle() {
  const link = make('link', { rel: 'stylesheet', href: LIBRARY_STYLE });
  document.head.prepend(link); // before our style sheets, which override it
  return new Promise((resolve, reject) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => reject(new Error(`${LIBRARY_STYLE} is missing; scripts/web-assets copies it`)));
  });
}

/**
 * Tiles that the city has asked for, above the ground and below all names; where they fail, the land is there as without them.
 *
 * @param {MapLibreMap} map
 * @param {string} url
 */
function addTiles(map, url) {
  if (map.getSource('tiles')) return;
  map.addSource('tiles', { type: 'raster', tiles: [url], tileSize: 256, maxzoom: 18 });
  map.addLayer({ id: 'tiles', type: 'raster', source: 'tiles', paint: { 'raster-opacity': 0.9 } }, 'district-sketch');
  map.setPaintProperty('district-fill', 'fill-opacity', 0.25);
}

/** @param {BaseMapData} data @returns {Promise<GeoJSON.FeatureCollection>} */
async function loadDistricts(data) {
  if (data.districts.length === 0) return { type: 'FeatureCollection', features: [] };
  const response = await fetch(`${data.root ?? ''}districts.geojson`);
  return response.ok ? response.json() : { type: 'FeatureCollection', features: [] };
}

/** @param {BaseMapData} data  Where districts have no outline, their centres locate the city. */
function centresOf(data) {
  return data.districts.flatMap(({ centre }) => (centre ? [{ geometry: { coordinates: centre } }] : []));
}

/** @param {Record<string, string>} texts */
function localeOf(texts) {
  const prefix = 'map.locale.';
  return Object.fromEntries(Object.entries(texts).filter(([key]) => key.startsWith(prefix)).map(([key, value]) => [key.slice(prefix.length), value]));
}
