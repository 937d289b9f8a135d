// @ts-check
/**
 * A circle on the globe, for the map. Pure.
 *
 * @module find/circle
 */

const METRES_A_DEGREE = 111_195;
const CORNERS = 72;

/**
 * @param {[number, number]} centre  Longitude, latitude.
 * @param {number} radius_m
 * @returns {GeoJSON.Feature<GeoJSON.Polygon>}
 */
export function circle([lon, lat], radius_m) {
  const north = radius_m / METRES_A_DEGREE;
  const east = north / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  const corner = (/** @type {number} */ nth) => {
    const angle = (2 * Math.PI * nth) / CORNERS;
    return [lon + east * Math.cos(angle), lat + north * Math.sin(angle)];
  };
  const ring = Array.from({ length: CORNERS }, (_, nth) => corner(nth));
  return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [[...ring, corner(0)]] } };
}

/**
 * To about a hundred metres: nobody's door need be known.
 *
 * @param {number} degrees
 */
export function roughly(degrees) {
  return Math.round(degrees * 1000) / 1000;
}
