// @ts-check
/**
 * MapLibre styles: districts, their labels, and places. No tiles and no glyphs from other hosts; MapLibre draws text with the fonts
 * of the device. Pure.
 *
 * @module map-style
 */

/** @typedef {import('maplibre-gl').StyleSpecification} StyleSpecification */
/** @typedef {import('maplibre-gl').LayerSpecification} LayerSpecification */

export const FONT = ['BIZ UDPGothic', 'Hiragino Sans', 'Noto Sans JP', 'Yu Gothic', 'IPAexGothic', 'sans-serif'];

const LIGHT = {
  sea: '#e9edf0', land: ['#fbf8f1', '#f4f1e6', '#f8f4ee', '#f1f0e8'], line: '#b9b3a3', label: '#4a463c', halo: '#fffdf7',
  chosen: '#0031d8', cluster: '#ffffff', clusterLine: '#1a1a1a', clusterText: '#1a1a1a', mark: '#0031d8',
};
const DARK = {
  sea: '#16191d', land: ['#262a2f', '#2b2f34', '#24282c', '#2e3237'], line: '#5c646d', label: '#d7dce1', halo: '#1d2125',
  chosen: '#9db7f9', cluster: '#1a1a1a', clusterLine: '#ffffff', clusterText: '#ffffff', mark: '#9db7f9',
};

/** @type {GeoJSON.FeatureCollection} */
export const EMPTY = { type: 'FeatureCollection', features: [] };

/** @typedef {typeof LIGHT} Palette */

/**
 * The style of the base map with the layers of its caller.
 *
 * @param {boolean} dark
 * @param {StyleSpecification['sources']} sources
 * @param {(palette: Palette) => LayerSpecification[]} layers
 * @returns {StyleSpecification}
 */
export function baseStyle(dark, sources, layers) {
  const palette = dark ? DARK : LIGHT;
  const baseSources = { districts: { type: /** @type {const} */ ('geojson'), data: EMPTY }, labels: { type: /** @type {const} */ ('geojson'), data: EMPTY } };
  return { version: 8, sources: { ...baseSources, ...sources }, layers: [...districtLayers(palette), ...layers(palette)] };
}

/**
 * The base map with places, clustered.
 *
 * @param {boolean} dark
 * @returns {StyleSpecification}
 */
export function placesStyle(dark) {
  return baseStyle(dark, {
    places: { type: 'geojson', data: EMPTY, cluster: true, clusterRadius: 44, clusterMaxZoom: 19, maxzoom: 20 },
    marked: { type: 'geojson', data: EMPTY },
  }, placeLayers);
}

/**
 * @param {Palette} palette
 * @returns {LayerSpecification[]}
 */
function districtLayers(palette) {
  const [first = '', second = '', third = '', fourth = ''] = palette.land;
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': palette.sea } },
    { id: 'district-sketch', type: 'line', source: 'districts', filter: ['==', ['get', 'sketch'], true],
      layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': palette.line, 'line-width': 2, 'line-dasharray': [0, 3] } },
    { id: 'district-fill', type: 'fill', source: 'districts', filter: ['!=', ['get', 'sketch'], true], paint: {
      'fill-color': ['match', ['%', ['get', 'shade'], 4], 0, first, 1, second, 2, third, fourth], 'fill-antialias': false } },
    { id: 'district-line', type: 'line', source: 'districts', filter: ['!=', ['get', 'sketch'], true], paint: {
      'line-color': palette.line, 'line-width': 1, 'line-dasharray': [3, 2] } },
    { id: 'district-chosen', type: 'line', source: 'districts', filter: ['==', ['get', 'chosen'], true],
      layout: { 'line-join': 'round' }, paint: { 'line-color': palette.chosen, 'line-width': 3 } },
    { id: 'district-label', type: 'symbol', source: 'labels', layout: {
      'text-field': ['format', ['get', 'name'], {}, '\n', {}, ['get', 'words'], { 'font-scale': 0.8 }],
      'text-font': FONT, 'text-size': ['interpolate', ['linear'], ['zoom'], 9, 12, 13, 17], 'text-padding': 0,
      'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'], 'text-radial-offset': 2.1, 'text-justify': 'auto' },
    paint: { 'text-color': palette.label, 'text-halo-color': palette.halo, 'text-halo-width': 1.5 } },
  ];
}

/**
 * @param {Palette} palette
 * @returns {LayerSpecification[]}
 */
function placeLayers(palette) {
  return [
    { id: 'cluster', type: 'circle', source: 'places', filter: ['has', 'point_count'], paint: {
      'circle-color': palette.cluster, 'circle-stroke-color': palette.clusterLine, 'circle-stroke-width': 2,
      'circle-radius': ['step', ['get', 'point_count'], 15, 10, 18, 50, 22, 200, 26] } },
    { id: 'cluster-count', type: 'symbol', source: 'places', filter: ['has', 'point_count'], layout: {
      'text-field': ['to-string', ['get', 'point_count']], 'text-font': FONT, 'text-size': 15, 'text-allow-overlap': true, 'text-padding': 14 },
    paint: { 'text-color': palette.clusterText } },
    { id: 'place', type: 'symbol', source: 'places', filter: ['!', ['has', 'point_count']], layout: {
      'icon-image': ['get', 'image'], 'icon-allow-overlap': true } },
    { id: 'highlighted', type: 'circle', source: 'marked', filter: ['==', ['get', 'how'], 'highlighted'], paint: {
      'circle-radius': 21, 'circle-color': palette.mark, 'circle-opacity': 0.15, 'circle-stroke-color': palette.mark,
      'circle-stroke-width': 2 } },
    { id: 'chosen', type: 'circle', source: 'marked', filter: ['==', ['get', 'how'], 'chosen'], paint: {
      'circle-radius': 23, 'circle-opacity': 0, 'circle-stroke-color': palette.mark, 'circle-stroke-width': 4 } },
    { id: 'chosen-place', type: 'symbol', source: 'marked', filter: ['==', ['get', 'how'], 'chosen'], layout: {
      'icon-image': ['get', 'image'], 'icon-allow-overlap': true, 'icon-size': 1.15 } },
  ];
}

/**
 * The bounding box of all positions, in degrees: west, south, east, north.
 *
 * @param {unknown} data  A GeoJSON feature collection.
 * @returns {[number, number, number, number] | null}
 */
export function boundsOf(data) {
  const box = /** @type {[number, number, number, number]} */ ([Infinity, Infinity, -Infinity, -Infinity]);
  /** @param {unknown} part */
  const visit = (part) => {
    if (!Array.isArray(part)) return;
    const [lon, lat] = part;
    if (typeof lon === 'number' && typeof lat === 'number') {
      box[0] = Math.min(box[0], lon);
      box[1] = Math.min(box[1], lat);
      box[2] = Math.max(box[2], lon);
      box[3] = Math.max(box[3], lat);
    } else part.forEach(visit);
  };
  const features = /** @type {{features?: {geometry?: {coordinates?: unknown} | null}[]}} */ (data).features ?? [];
  features.forEach((feature) => visit(feature.geometry?.coordinates));
  return box[0] <= box[2] ? box : null;
}
