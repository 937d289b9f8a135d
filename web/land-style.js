// @ts-check
/**
 * Layers of the land: water, outline, rivers, roads, railways, names of 大字 and former towns by zoom. No tiles and no glyphs from
 * other hosts; MapLibre draws text with the fonts of the device. Pure.
 *
 * @module land-style
 */

/** @typedef {import('maplibre-gl').LayerSpecification} LayerSpecification */
/** @typedef {import('maplibre-gl').ExpressionSpecification} Expression */

/** Zooms (tiles of 512 pixels) between which former towns are named. */
const FORMER_TOWNS = { minzoom: 7, maxzoom: 12.5 };
/** From this zoom on, points of the base map are shown, and from the second on all of them. */
const POINTS = { first: 9, all: 13 };

/** Points by which people find their way from afar. */
const FIRST_POINTS = ['station', 'town_hall', 'hospital'];

/**
 * @typedef {object} LandPalette
 * @property {string} water
 * @property {string} ground
 * @property {string} coast
 * @property {string} river
 * @property {string} riverName
 * @property {string} road
 * @property {string} roadEdge
 * @property {string} rail
 * @property {string} railGap
 * @property {string} town
 * @property {string} former
 * @property {string} halo
 */

/** @type {LandPalette} */
export const LIGHT_LAND = {
  water: '#dde9f1', ground: '#fbf8f1', coast: '#9fb3c1', river: '#8db9da', riverName: '#24628f', road: '#f0cf9b', roadEdge: '#b98f52', rail: '#5a5a5a', railGap: '#ffffff',
  town: '#5a554a', former: '#776f5c', halo: '#fffdf7',
};
/** @type {LandPalette} */
export const DARK_LAND = {
  water: '#111d27', ground: '#24282c', coast: '#55697a', river: '#3c6d93', riverName: '#93c3e6', road: '#6f5b38', roadEdge: '#94794b', rail: '#a8a8a8', railGap: '#24282c',
  town: '#b9bec4', former: '#9aa1a8', halo: '#1d2125',
};

/** What is around a city whose outline nobody has imported: neither water nor ground. */
export const SURROUNDINGS = { light: '#eceeef', dark: '#171a1e' };

/** The source of the land. */
export const LAND_SOURCE = 'land';

/** @param {string} kind @returns {Expression} */
const is = (kind) => ['==', ['get', 'kind'], kind];

/**
 * What lies below the districts: the ground within the outline.
 *
 * @param {LandPalette} palette
 * @returns {LayerSpecification[]}
 */
export function groundLayers(palette) {
  return [{ id: 'ground', type: 'fill', source: LAND_SOURCE, filter: is('outline'), paint: { 'fill-color': palette.ground } }];
}

/**
 * What lies above the districts and below every place: lines.
 *
 * @param {LandPalette} palette
 * @returns {LayerSpecification[]}
 */
export function lineLayers(palette) {
  const round = { 'line-cap': /** @type {const} */ ('round'), 'line-join': /** @type {const} */ ('round') };
  /** @param {number} far @param {number} close @returns {Expression} */
  const width = (far, close) => ['interpolate', ['linear'], ['zoom'], 9, far, 15, close];
  return [
    { id: 'river', type: 'line', source: LAND_SOURCE, filter: is('river'), layout: round, paint: { 'line-color': palette.river, 'line-width': width(2, 7) } },
    { id: 'road-edge', type: 'line', source: LAND_SOURCE, filter: is('road'), layout: round, paint: { 'line-color': palette.roadEdge, 'line-width': width(2.6, 8) } },
    { id: 'road', type: 'line', source: LAND_SOURCE, filter: is('road'), layout: round, paint: { 'line-color': palette.road, 'line-width': width(1.4, 6) } },
    { id: 'railway', type: 'line', source: LAND_SOURCE, filter: is('railway'), layout: { 'line-join': 'round' }, paint: { 'line-color': palette.rail, 'line-width': width(2.4, 5) } },
    { id: 'railway-gap', type: 'line', source: LAND_SOURCE, filter: is('railway'), layout: { 'line-join': 'round' }, paint: {
      'line-color': palette.railGap, 'line-width': width(1.2, 3), 'line-dasharray': [5, 5] } },
    { id: 'coast', type: 'line', source: LAND_SOURCE, filter: is('outline'), layout: round, paint: { 'line-color': palette.coast, 'line-width': 1.4 } },
  ];
}

/**
 * Names, the least important first: later ones get their place before them.
 *
 * @param {LandPalette} palette
 * @param {string[]} font
 * @returns {LayerSpecification[]}
 */
export function nameLayers(palette, font) {
  const paint = { 'text-color': palette.town, 'text-halo-color': palette.halo, 'text-halo-width': 1.4 };
  return [
    { id: 'line-name', type: 'symbol', source: LAND_SOURCE, minzoom: 9.5, filter: ['all', ['in', ['get', 'kind'], ['literal', ['river', 'road', 'railway']]], ['has', 'name']],
      layout: { 'symbol-placement': 'line', 'text-field': ['get', 'name'], 'text-font': font, 'text-size': 13, 'symbol-spacing': 320, 'text-max-angle': 60 },
      paint: { ...paint, 'text-color': ['case', is('river'), palette.riverName, palette.town] } },
    { id: 'point', type: 'symbol', source: LAND_SOURCE, minzoom: POINTS.first, filter: ['all', ['==', ['geometry-type'], 'Point'], ['has', 'image'],
      ['any', ['>=', ['zoom'], POINTS.all], ['in', ['get', 'kind'], ['literal', FIRST_POINTS]]]],
    layout: { 'icon-image': ['get', 'image'], 'icon-size': 0.8, 'icon-padding': 1, 'icon-allow-overlap': true, 'text-field': ['coalesce', ['get', 'name'], ''], 'text-font': font, 'text-size': 12.5,
      'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-radial-offset': 0.9, 'text-optional': true, 'text-max-width': 9 }, paint },
    { id: 'town-name', type: 'symbol', source: LAND_SOURCE, filter: ['all', is('town'), ['<=', ['get', 'zoom'], ['zoom']]],
      layout: { 'symbol-sort-key': ['get', 'zoom'], 'text-field': ['get', 'name'], 'text-font': font, 'text-size': ['interpolate', ['linear'], ['zoom'], 9, 13.5, 14, 16],
        'text-padding': 3, 'text-max-width': 12, 'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'], 'text-radial-offset': 1.3 }, paint },
    { id: 'former-town-name', type: 'symbol', source: LAND_SOURCE, ...FORMER_TOWNS, filter: is('former_town'),
      layout: { 'text-field': ['get', 'name'], 'text-font': font, 'text-size': ['interpolate', ['linear'], ['zoom'], 8, 13, 12, 19], 'text-letter-spacing': 0.18, 'text-padding': 4, 'text-max-width': 30, 'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'], 'text-radial-offset': 1.6 },
      paint: { ...paint, 'text-color': palette.former } },
  ];
}
