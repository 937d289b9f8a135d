// @ts-check
/**
 * Types of the response of `POST /handout` (`docs/handout.schema.json`).
 *
 * @module handout/types
 */

/** @typedef {{text: string, reading?: string}} RubyPart */
/** @typedef {RubyPart[]} RubyText  Text with furigana. */
/** @typedef {{url: string, size: number, path: string}} QrCode */
/** @typedef {{mode?: string, words?: string, venue?: string, address?: RubyText, about: boolean, heading?: RubyText, travel?: RubyText[]}} Directions */
/** @typedef {{words: string[], understood: boolean, next: {start: string, end: string | null, text: string, unsure: boolean}[]}} HandoutTimes */
/**
 * @typedef {object} HandoutPlace
 * @property {number} number
 * @property {string} id
 * @property {boolean} public
 * @property {RubyText} name
 * @property {string} kind
 * @property {string} [what]
 * @property {string[]} warnings
 * @property {Directions} way
 * @property {HandoutTimes} when
 * @property {{phone?: string, ask_for?: string, city: boolean}} contact
 * @property {{kind: string, words: RubyText}[]} facts
 * @property {QrCode} [qr]
 */
/** @typedef {{svg: string, alt: string, start: boolean, rough: boolean, sketch: boolean, numbers: number[]}} PaperMap */
/** @typedef {{date: string, time: string, number: number}} CalendarEntry */
/**
 * @typedef {{first: string, first_words: string, last: string, last_words: string, holidays: string[], entries: CalendarEntry[],
 *   unread: number[]}} HandoutCalendar
 */
/**
 * @typedef {object} HandoutParts
 * @property {string} made_on
 * @property {string} made_on_words
 * @property {{city: RubyText, name: string, phone?: string, sample: boolean}} office
 * @property {boolean} links
 * @property {RubyText} from
 * @property {HandoutPlace[]} places
 * @property {PaperMap | null} map
 * @property {HandoutCalendar} calendar
 * @property {import('./paper-code.js').CodeParts} code
 */
/** @typedef {import('./ruby-text.js').RubyMessages} RubyMessages */

export {};
