// @ts-check
/**
 * MapLibre layers of the finder: the reach, the pins with their numbers, the start. Pure.
 *
 * @module find/map-layers
 */

import { baseStyle, EMPTY, FONT } from '../map-style.js';

/** @typedef {import('maplibre-gl').LayerSpecification} LayerSpecification */

/** Pixels: a pin of several places must hold several numbers. */
const RADIUS = /** @type {import('maplibre-gl').ExpressionSpecification} */ (['match', ['get', 'n'], 1, 13, 2, 20, 25]);

/**
 * @param {boolean} dark
 * @returns {import('maplibre-gl').StyleSpecification}
 */
export function findStyle(dark) {
  const source = () => ({ type: /** @type {const} */ ('geojson'), data: EMPTY });
  return baseStyle(dark, { reach: source(), hits: source(), start: source() }, layers);
}

/**
 * @param {import('../map-style.js').Palette} palette
 * @returns {LayerSpecification[]}
 */
function layers(palette) {
  return [
    { id: 'reach-fill', type: 'fill', source: 'reach', paint: { 'fill-color': palette.mark, 'fill-opacity': 0.07 } },
    { id: 'reach-line', type: 'line', source: 'reach', paint: { 'line-color': palette.mark, 'line-width': 2, 'line-dasharray': [2, 2] } },
    { id: 'start', type: 'circle', source: 'start', paint: {
      'circle-radius': 27, 'circle-color': '#ffd43d', 'circle-opacity': 0.85, 'circle-stroke-color': '#000000', 'circle-stroke-width': 2 } },
    { id: 'hit', type: 'circle', source: 'hits', layout: { 'circle-sort-key': ['-', ['get', 'first']] }, paint: {
      'circle-radius': RADIUS, 'circle-color': ['case', ['get', 'best'], palette.mark, palette.cluster],
      'circle-stroke-color': ['case', ['get', 'highlighted'], '#ffd43d', ['get', 'best'], palette.cluster, palette.clusterLine],
      'circle-stroke-width': ['case', ['get', 'highlighted'], 5, 2] } },
    { id: 'hit-number', type: 'symbol', source: 'hits', layout: {
      'text-field': ['get', 'numbers'], 'text-font': FONT, 'text-size': 13, 'text-padding': 7, 'symbol-sort-key': ['get', 'first'] },
    paint: { 'text-color': ['case', ['get', 'best'], palette.cluster, palette.clusterText] } },
    { id: 'start-name', type: 'symbol', source: 'start', layout: {
      'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 15, 'text-anchor': 'bottom', 'text-offset': [0, -1.9], 'text-allow-overlap': true, 'text-ignore-placement': true },
    paint: { 'text-color': palette.label, 'text-halo-color': palette.halo, 'text-halo-width': 2 } },
  ];
}
