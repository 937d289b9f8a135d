// @ts-check
/**
 * The shapes that the modules share. No code.
 *
 * @module types
 */

/**
 * What a place says of itself in GeoJSON; what is missing is unknown.
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
 * @property {string} [mode]
 * @property {'door' | 'block' | 'town' | 'district'} [precision]  What the point stands for.
 * @property {string[]} [schedule]  In the words of the list.
 * @property {Record<string, {yes: boolean, words: string}>} [access]
 * @property {string} [cost]
 * @property {{phone?: string}} [contact]
 * @property {'active' | 'paused' | 'closed'} [status]
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
 * @property {string} on  Black or white, whatever reads better on `color`.
 * @property {string} icon  Name of a Maki icon.
 *
 * @typedef {object} District
 * @property {string} id
 * @property {string} name
 * @property {string | null} kana  How its name is read.
 * @property {string | null} town  The former town.
 * @property {[number, number]} centre  Longitude, latitude.
 *
 * @typedef {object} PageData  What the server puts into the page (`src/publish/page/data.rs`).
 * @property {string} lang
 * @property {string} site
 * @property {number} total
 * @property {boolean} loadAll  Whether there are few enough places to load them all.
 * @property {number} pageLength
 * @property {Category[]} categories
 * @property {District[]} districts
 * @property {Record<string, string>} texts
 */

/**
 * What the map shows: never where a person is.
 *
 * @typedef {{zoom: number, lat: number, lon: number}} Camera
 *
 * @typedef {object} State  Everything that stands in the address.
 * @property {string} q
 * @property {string[]} categories
 * @property {string[]} districts
 * @property {'category' | 'district'} by
 * @property {number} offset
 * @property {string | null} place
 * @property {string | null} lang  Only if the address names it.
 * @property {Camera | null} map
 * @property {boolean} inView  Whether the list is restricted to what the map shows.
 */

export {};
