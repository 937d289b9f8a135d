// @ts-check
/**
 * Types of the list's page. No code.
 *
 * @module types
 */

/**
 * The properties of a place in GeoJSON; a missing one is unknown.
 *
 * @typedef {object} PlaceFacts
 * @property {string} name
 * @property {string} [kana]
 * @property {string} category  Code of its category.
 * @property {string} [district]  Code of its district.
 * @property {string[]} [tags]
 * @property {string[]} [interests]
 * @property {string} [description]
 * @property {string} [organization]
 * @property {string} [venue]
 * @property {string} [address]
 * @property {string} [town]  Its 大字.
 * @property {string} [verified_on]  The day on which somebody confirmed it.
 * @property {string} [mode]
 * @property {'door' | 'block' | 'town' | 'district'} [precision]  What the position stands for.
 * @property {string[]} [schedule]  In the words of the list.
 * @property {Record<string, {yes: boolean, words: string}>} [access]
 * @property {string} [cost]
 * @property {{phone?: string}} [contact]
 * @property {'active' | 'paused' | 'closed'} [status]
 * @property {boolean} [sample]  Whether it is invented.
 *
 * @typedef {GeoJSON.Feature<GeoJSON.Point | null, PlaceFacts> & {id: string}} Place
 */

/**
 * @typedef {object} Category
 * @property {string} id
 * @property {string} name
 * @property {string} group
 * @property {string[]} words  Its names and its group's, in every language.
 * @property {string} color
 * @property {string} on  Text colour: black or white, by contrast with `color`.
 * @property {string} icon  Name of a Maki icon.
 *
 * @typedef {object} District
 * @property {string} id
 * @property {string} name
 * @property {string | null} kana  How its name is read.
 * @property {string | null} town  The former town.
 * @property {import('./search/types.js').Segment[]} [shown]  Its name as the page shows it, in other languages than Japanese.
 * @property {[number, number] | null} centre  Longitude, latitude; `null` where nobody knows.
 *
 * @typedef {object} PageData  The JSON block of the page; the server writes it.
 * @property {string} lang
 * @property {'index' | 'embed'} page
 * @property {boolean} keep  Whether the site is kept for when there is no connection.
 * @property {string} site
 * @property {number} total
 * @property {boolean} loadAll  `false` where there are too many places to load them all.
 * @property {number} pageLength
 * @property {Category[]} categories
 * @property {District[]} districts
 * @property {string | null} [tiles]  The address of raster tiles, where the city asks for them.
 * @property {string[]} towns  The 大字 by which places are grouped where there are no districts.
 * @property {{name: string, phone: string, number: string} | null} office  Whom to call.
 * @property {Record<string, string>} texts
 */

/**
 * The view of the map: never the position of a person.
 *
 * @typedef {{zoom: number, lat: number, lon: number}} Camera
 *
 * @typedef {object} State  The state of the page; all of it is in the address.
 * @property {'index' | 'embed'} page  The page that shows it.
 * @property {string} q
 * @property {string[]} categories
 * @property {string[]} districts
 * @property {string[]} towns  Names of 大字, where there are no districts.
 * @property {string[]} when  Codes of times, in their canonical order.
 * @property {string[]} facts  Codes of what must be known of a place.
 * @property {string} from  The name where a list ordered by distance begins.
 * @property {[number, number] | null} here  Where this device is, if it was asked for: in no address, sent nowhere.
 * @property {'category' | 'district'} by
 * @property {number} offset
 * @property {string | null} place
 * @property {string} lang
 * @property {Camera | null} map
 * @property {'list' | 'map' | null} tab  What a small screen shows; `null` until somebody chooses.
 * @property {boolean} inView  Whether the list is restricted to the map's bounds.
 */

export {};
