// @ts-check
/**
 * The land as the map draws it: `land.geojson` with a small sign for each kind of point.
 *
 * @module land-icons
 */

import { letterOrIcon } from './map-icons.js';

/** @type {Record<string, string>}  Maki icons. */
const SIGNS = {
  station: 'rail', town_hall: 'town-hall', hospital: 'hospital-JP', school: 'school-JP', post_office: 'post-JP', bus_stop: 'bus', landmark: 'star-stroked',
};
const SIZE = 20;
const SCALE = 2;

/** @type {GeoJSON.FeatureCollection} */
const NOTHING = { type: 'FeatureCollection', features: [] };

/**
 * Where the outline, the names and the base map are. A map without them is still a map.
 *
 * @param {string} [root]  The way to the site's first folder.
 * @returns {Promise<GeoJSON.FeatureCollection>}
 */
export async function loadLand(root = '') {
  try {
    const response = await fetch(`${root}land.geojson`);
    if (!response.ok) return NOTHING;
    const land = await response.json();
    return { type: 'FeatureCollection', features: land.features.map(withSign) };
  } catch {
    return NOTHING;
  }
}

/** @param {GeoJSON.Feature} feature @returns {GeoJSON.Feature} */
function withSign(feature) {
  const kind = String(feature.properties?.['kind']);
  return kind in SIGNS && feature.geometry?.type === 'Point' ? { ...feature, properties: { ...feature.properties, image: `land:${kind}` } } : feature;
}

/**
 * Adds the signs of the kinds that the land has.
 *
 * @param {import('maplibre-gl').Map} map
 * @param {GeoJSON.FeatureCollection} land
 */
export async function addSigns(map, land) {
  const images = new Set(land.features.flatMap(({ properties }) => (properties?.['image'] ? [String(properties['image'])] : [])));
  await Promise.all([...images].map(async (image) => {
    const sign = SIGNS[image.slice('land:'.length)] ?? 'square';
    const icon = await letterOrIcon(sign, '', { size: 14 * SCALE, color: '#ffffff' });
    if (!map.hasImage(image)) map.addImage(image, drawSign(icon), { pixelRatio: SCALE });
  }));
}

/** @param {CanvasImageSource | null} icon */
function drawSign(icon) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIZE * SCALE;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = '#4a4f55';
  pen.fillRect(2, 2, canvas.width - 4, canvas.height - 4);
  if (icon) pen.drawImage(icon, 3 * SCALE, 3 * SCALE);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}
