// @ts-check
/**
 * Which longitude and latitude a point of the planners' map is: the inverse of the server's projection. Pure.
 *
 * @module plan/pin-position
 */

/** Radius of the sphere on which the program measures, in metres. */
const EARTH_RADIUS_M = 6_371_008.8;
/** The middle of the view box, in user units. */
const MIDDLE = { x: 500, y: 370 };

/** @typedef {{ lon: number, lat: number, unitsPerMetre: number }} MapMetres  The middle of the map in degrees, and its scale. */

/**
 * @param {DOMStringMap | Record<string, string | undefined>} data  The data attributes of the drawing.
 * @returns {MapMetres}
 */
export const metresOf = (data) => ({ lon: Number(data['lon']), lat: Number(data['lat']), unitsPerMetre: Number(data['unitsPerMetre']) });

/**
 * @param {MapMetres} map
 * @param {{ x: number, y: number }} at  In user units.
 */
export function positionAt({ lon, lat, unitsPerMetre }, { x, y }) {
  const degrees = (/** @type {number} */ metres) => (metres / EARTH_RADIUS_M) * (180 / Math.PI);
  const east = (x - MIDDLE.x) / unitsPerMetre;
  const north = (MIDDLE.y - y) / unitsPerMetre;
  return { lon: lon + degrees(east) / Math.cos((lat * Math.PI) / 180), lat: lat + degrees(north) };
}
