// @ts-check
/**
 * What `POST /handout` answers, as `docs/handout.schema.json` says.
 *
 * @module handout/types
 */

/** @typedef {{text: string, reading?: string}} Ruby */
/** @typedef {Ruby[]} Words */
/** @typedef {{url: string, size: number, path: string}} Qr */
/** @typedef {{mode?: string, words?: string, venue?: string, address?: Words, about: boolean, heading?: Words, travel?: Words[]}} Directions */
/** @typedef {{words: string[], understood: boolean, next: {start: string, end: string | null, text: string, unsure: boolean}[]}} When */
/**
 * @typedef {object} Part
 * @property {number} number
 * @property {string} id
 * @property {boolean} public
 * @property {Words} name
 * @property {string} kind
 * @property {string} [what]
 * @property {string[]} warnings
 * @property {Directions} way
 * @property {When} when
 * @property {{phone?: string, ask_for?: string, city: boolean}} contact
 * @property {{kind: string, words: Words}[]} facts
 * @property {Qr} [qr]
 */
/** @typedef {{svg: string, alt: string, start: boolean, rough: boolean, numbers: number[]}} PaperMap */
/** @typedef {{year: number, month: number, starts_on: number, days: number, holidays: number[]}} Month */
/** @typedef {{date: string, time: string, number: number}} Entry */
/** @typedef {{months: Month[], entries: Entry[], unread: number[]}} Calendar */
/**
 * @typedef {object} Parts
 * @property {string} made_on
 * @property {string} made_on_words
 * @property {{city: Words, name: string, phone?: string, sample: boolean}} office
 * @property {boolean} links
 * @property {Words} from
 * @property {Part[]} places
 * @property {PaperMap | null} map
 * @property {Calendar} calendar
 */
/** @typedef {import('./words.js').Say} Say */

export {};
