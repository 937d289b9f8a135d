// @ts-check
/**
 * Types of the search. No code.
 *
 * @module search/types
 */

/**
 * What the server gets ready for search and filters (`/search.json`); rows are in the order of `/places.geojson`.
 *
 * @typedef {object} SearchData
 * @property {string} first  The first day of the dates.
 * @property {string[]} fields  Paths of the searched properties.
 * @property {string[]} facts  Codes, in the order of their bits.
 * @property {string[]} fillers
 * @property {string} separators  Characters between words, besides white space.
 * @property {string} particles  Characters at which what is left of a word is split.
 * @property {[string, string][]} romaji
 * @property {string} compounds  Words of two kanji, one after the other: where two of them meet, no third one stands.
 * @property {Record<string, string>} words  `when:mon`, `fact:toilet`, `name`, or names that are read so (`name:大屋`), by folded word.
 * @property {[string, string[], number, number[], number[]][]} interests  Term, words, how many of them find it, kinds, neighbours.
 * @property {Record<string, number[]>} foreign  Numbers of interests, by words of other languages.
 * @property {Record<string, string>} districtLatin
 * @property {[string, string[], number, number][]} starts  Name, folded names, longitude, latitude.
 * @property {MeetingDates[]} dates  Per set of schedules.
 * @property {([string, boolean] | null)[]} spoken  Per set: days and hours in the page's language, and whether that is all; empty in Japanese.
 * @property {[Segment[], string | null, Segment[] | null][]} names  Per place: name, line below it, where; empty in Japanese.
 * @property {[number, number, number, string][]} places  Number of its times, bits of what is so and of what is known, readings.
 *
 * @typedef {object} UnderstoodWord
 * @property {string} written
 * @property {'text' | 'interest' | 'when' | 'fact' | 'ignored'} kind
 * @property {string} code  Of a time or a fact.
 * @property {string[]} terms  Of an interest.
 * @property {string[]} same  Folded texts, one of which must occur.
 * @property {string[]} near  Folded texts of what is near it.
 *
 * @typedef {[number, number, RuleDates[]]} MeetingDates  Whether all was read, whether the next dates can be told, the dates by rule.
 * @typedef {[[string, string, number][], string]} RuleDates  Slots (days, hours, bits of the parts of the day), and days that are open; days as
 *   `meeting_dates.rs` writes them.
 *
 * @typedef {string | [string, string]} Segment  Text, or text and its reading.
 *
 * @typedef {{days: string, weekdays: number, parts: number}} MeetingWish  Sets of bits; empty means any.
 */

export {};
