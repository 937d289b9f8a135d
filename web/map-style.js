// @ts-check
/**
 * MapLibre styles: land, districts, their labels, and places. Pure.
 *
 * @module map-style
 */

import { DARK_LAND, groundLayers, LAND_SOURCE, LIGHT_LAND, lineLayers, nameLayers } from './land-style.js';

/** @typedef {import('maplibre-gl').StyleSpecification} StyleSpecification */
/** @typedef {import('maplibre-gl').LayerSpecification} LayerSpecification */

export const FONT = ['BIZ UDPGothic', 'Hiragino Sans', 'Noto Sans JP', 'Yu Gothic', 'IPAexGothic', 'sans-serif'];

const LIGHT = {
  land: ['#fbf8f1', '#f4f1e6', '#f8f4ee', '#f1f0e8'], line: '#b9b3a3', label: '#4a463c', halo: '#fffdf7',
  chosen: '#0031d8', cluster: '#ffffff', clusterLine: '#1a1a1a', clusterText: '#1a1a1a', mark: '#0031d8',
};
const DARK = {
  land: ['#262a2f', '#2b2f34', '#24282c', '#2e3237'], line: '#5c646d', label: '#d7dce1', halo: '#1d2125',
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
  const land = dark ? DARK_LAND : LIGHT_LAND;
  const source = { type: /** @type {const} */ ('geojson'), data: EMPTY };
  const baseSources = { [LAND_SOURCE]: source, districts: source, labels: source };
  return { version: 8, sources: { ...baseSources, ...sources }, layers: [
    { id: 'sea', type: 'background', paint: { 'background-color': land.water } }, ...groundLayers(land), ...districtLayers(palette),
    ...lineLayers(land), ...nameLayers(land, FONT), ...districtNames(palette), ...layers(palette),
  ] };
}

/**
 * The base map with places, clustered.
 *
 * @param {boolean} dark
 * @param {number} kinds  How many kinds of place there are.
 * @returns {StyleSpecification}
 */
export function placesStyle(dark, kinds) {
  return baseStyle(dark, {
    places: { type: 'geojson', data: EMPTY, cluster: true, clusterRadius: 44, clusterMaxZoom: 19, maxzoom: 20, clusterProperties: clusterCounts(kinds) },
    marked: { type: 'geojson', data: EMPTY },
  }, (palette) => placeLayers(palette, kinds));
}

/**
 * @param {Palette} palette
 * @returns {LayerSpecification[]}
 */
function districtLayers(palette) {
  const [first = '', second = '', third = '', fourth = ''] = palette.land;
  return [
    { id: 'district-sketch', type: 'line', source: 'districts', filter: ['==', ['get', 'sketch'], true],
      layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': palette.line, 'line-width': 2, 'line-dasharray': [0, 3] } },
    { id: 'district-fill', type: 'fill', source: 'districts', filter: ['!=', ['get', 'sketch'], true], paint: {
      'fill-color': ['match', ['%', ['get', 'shade'], 4], 0, first, 1, second, 2, third, fourth], 'fill-antialias': false } },
    { id: 'district-line', type: 'line', source: 'districts', filter: ['!=', ['get', 'sketch'], true], paint: {
      'line-color': palette.line, 'line-width': 1, 'line-dasharray': [3, 2] } },
    { id: 'district-chosen', type: 'line', source: 'districts', filter: ['==', ['get', 'chosen'], true],
      layout: { 'line-join': 'round' }, paint: { 'line-color': palette.chosen, 'line-width': 3 } },
  ];
}

/**
 * @param {Palette} palette
 * @returns {LayerSpecification[]}
 */
function districtNames(palette) {
  return [
    { id: 'district-label', type: 'symbol', source: 'labels', layout: {
      'text-field': ['format', ['get', 'name'], {}, '\n', {}, ['get', 'words'], { 'font-scale': 0.92 }],
      'text-font': FONT, 'text-size': ['interpolate', ['linear'], ['zoom'], 9, 14, 13, 18], 'text-padding': 0,
      'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'], 'text-radial-offset': 2.1, 'text-justify': 'auto' },
    paint: { 'text-color': palette.label, 'text-halo-color': palette.halo, 'text-halo-width': 1.5, 'text-opacity': ['case', ['==', ['get', 'empty'], true], 0.5, 1] } },
  ];
}

/**
 * How many places of each kind a cluster holds.
 *
 * @param {number} kinds
 */
function clusterCounts(kinds) {
  return Object.fromEntries(Array.from({ length: kinds }, (_, rank) => [`k${rank}`,
    /** @type {[string, import('maplibre-gl').ExpressionSpecification]} */ (['+', ['case', ['==', ['get', 'rank'], rank], 1, 0]])]));
}

/**
 * The name of a cluster's image: the shares of its kinds, in twelfths, so that few images serve all.
 *
 * @param {number} kinds
 * @returns {import('maplibre-gl').ExpressionSpecification}
 */
function clusterImage(kinds) {
  /** @param {number} rank @returns {import('maplibre-gl').ExpressionSpecification} */
  const share = (rank) => ['concat', ':', ['to-string', ['ceil', ['/', ['*', 12, ['get', `k${rank}`]], ['get', 'point_count']]]]];
  return ['concat', 'cluster', ...Array.from({ length: kinds }, (_, rank) => share(rank))];
}

/**
 * @param {Palette} palette
 * @param {number} kinds
 * @returns {LayerSpecification[]}
 */
function placeLayers(palette, kinds) {
  return [
    { id: 'cluster', type: 'symbol', source: 'places', filter: ['has', 'point_count'], layout: {
      'icon-image': clusterImage(kinds), 'icon-allow-overlap': true, 'icon-padding': 0, 'icon-size': ['step', ['get', 'point_count'], 0.85, 10, 1, 100, 1.2] } },
    { id: 'cluster-count', type: 'symbol', source: 'places', filter: ['has', 'point_count'], layout: {
      'text-field': ['to-string', ['get', 'point_count']], 'text-font': FONT, 'text-size': 15, 'text-allow-overlap': true, 'text-padding': 0 },
    paint: { 'text-color': '#1a1a1a' } },
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
