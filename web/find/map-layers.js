// @ts-check
/**
 * What the finder draws on the paper: the reach, the places with their numbers, the start. Pure: plain values for MapLibre.
 *
 * @module find/map-layers
 */

import { EMPTY, FONT, paper } from '../map-style.js';

/** @typedef {import('maplibre-gl').LayerSpecification} LayerSpecification */

/** A circle around places on one spot must hold several numbers. */
const RADIUS = /** @type {import('maplibre-gl').ExpressionSpecification} */ (['match', ['get', 'n'], 1, 13, 2, 20, 25]);

/**
 * @param {boolean} dark
 * @returns {import('maplibre-gl').StyleSpecification}
 */
export function findStyle(dark) {
  const source = () => ({ type: /** @type {const} */ ('geojson'), data: EMPTY });
  return paper(dark, { reach: source(), hits: source(), start: source() }, layers);
}

/**
 * @param {import('../map-style.js').Ink} ink
 * @returns {LayerSpecification[]}
 */
function layers(ink) {
  return [
    { id: 'reach-fill', type: 'fill', source: 'reach', paint: { 'fill-color': ink.mark, 'fill-opacity': 0.07 } },
    { id: 'reach-line', type: 'line', source: 'reach', paint: { 'line-color': ink.mark, 'line-width': 2, 'line-dasharray': [2, 2] } },
    { id: 'start', type: 'circle', source: 'start', paint: {
      'circle-radius': 27, 'circle-color': '#ffd43d', 'circle-opacity': 0.85, 'circle-stroke-color': '#000000', 'circle-stroke-width': 2 } },
    { id: 'hit', type: 'circle', source: 'hits', layout: { 'circle-sort-key': ['-', ['get', 'first']] }, paint: {
      'circle-radius': RADIUS, 'circle-color': ['case', ['get', 'best'], ink.mark, ink.cluster],
      'circle-stroke-color': ['case', ['get', 'pointed'], '#ffd43d', ['get', 'best'], ink.cluster, ink.clusterLine],
      'circle-stroke-width': ['case', ['get', 'pointed'], 5, 2] } },
    { id: 'hit-number', type: 'symbol', source: 'hits', layout: {
      'text-field': ['get', 'numbers'], 'text-font': FONT, 'text-size': 13, 'text-padding': 7, 'symbol-sort-key': ['get', 'first'] },
    paint: { 'text-color': ['case', ['get', 'best'], ink.cluster, ink.clusterText] } },
    { id: 'start-name', type: 'symbol', source: 'start', layout: {
      'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 15, 'text-anchor': 'bottom', 'text-offset': [0, -1.9], 'text-allow-overlap': true, 'text-ignore-placement': true },
    paint: { 'text-color': ink.label, 'text-halo-color': ink.halo, 'text-halo-width': 2 } },
  ];
}
