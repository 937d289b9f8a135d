// @ts-check
/**
 * The reach as a GeoJSON polygon: a circle around the start, equirectangular, which is exact enough at the size of a city. Pure.
 *
 * @module find/reach-circle
 */

const METRES_PER_DEGREE = 111_195;
const CORNERS = 72;

/**
 * @param {[number, number]} centre  Longitude, latitude.
 * @param {number} radius_m
 * @returns {GeoJSON.Feature<GeoJSON.Polygon>}
 */
export function reachCircle([lon, lat], radius_m) {
  const north = radius_m / METRES_PER_DEGREE;
  const east = north / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  const corner = (/** @type {number} */ nth) => {
    const angle = (2 * Math.PI * nth) / CORNERS;
    return [lon + east * Math.cos(angle), lat + north * Math.sin(angle)];
  };
  const ring = Array.from({ length: CORNERS }, (_, nth) => corner(nth));
  return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [[...ring, corner(0)]] } };
}

/**
 * Location privacy: rounds a coordinate to about a hundred metres, so that no request names somebody's door.
 *
 * @param {number} degrees
 */
export function roundedDegrees(degrees) {
  return Math.round(degrees * 1000) / 1000;
}
