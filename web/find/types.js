// @ts-check
/**
 * Types of the finder's modules: the JSON of `docs/wish.schema.json` and `docs/find.schema.json`, and the data in the page.
 * No code.
 *
 * @module find/types
 */

/**
 * @typedef {{district: string} | {town: string} | {position: [number, number]}} StartPoint  Longitude first.
 *
 * @typedef {object} FreeTime  An interval on a weekday, in whole hours.
 * @property {string} day
 * @property {number} from
 * @property {number} to
 *
 * @typedef {object} Person  What the link worker entered of a person. It lives in the page's memory; only the body of a request carries it.
 * @property {StartPoint | null} from
 * @property {string[]} travel
 * @property {number | null} minutes
 * @property {boolean} homeOnly  Whether they cannot leave home.
 * @property {boolean} early  Whether mornings begin before eight.
 * @property {string[]} likes
 * @property {boolean} company  Whether they look for somebody to do it with.
 * @property {string[]} avoid  Names of the chips that are on.
 * @property {string[]} avoidWords
 * @property {FreeTime[]} free
 * @property {string[]} matters
 * @property {string[]} gives
 * @property {string[]} canGive
 * @property {string} age  As typed.
 * @property {string} gender
 * @property {string[]} axes
 *
 * @typedef {Record<string, unknown>} Wish
 */

/**
 * @typedef {{kind: string, text: string}} HitReason
 * @typedef {{word: string, means: string[], by: 'chip' | 'thesaurus' | 'text' | 'nothing' | 'beyond'}} UnderstoodWord
 *
 * @typedef {object} Hit
 * @property {string} id
 * @property {string} name
 * @property {boolean} [sample]  Whether it is invented.
 * @property {string} category
 * @property {string | null} district
 * @property {string} [organization]
 * @property {string} [venue]
 * @property {[number, number]} [position]  Longitude first.
 * @property {string} [precision]
 * @property {number} [distance_m]
 * @property {boolean} matches
 * @property {boolean} [near]  Whether it offers only something near.
 * @property {string[]} [words]  The list's own.
 * @property {string[]} schedule
 * @property {{text: string}[]} next
 * @property {HitReason[]} reasons
 * @property {HitReason[]} cautions
 * @property {HitReason[]} ask
 * @property {{office?: string, phone?: string, fax?: string, email?: string, internal?: boolean}} contact
 *
 * @typedef {{count: number, hits: Hit[]}} HitGroup
 * @typedef {'phone' | 'visits' | 'online' | 'roaming' | 'unlocated'} PlacelessKind
 * @typedef {{id: string, name: string, matches: boolean, calls_by_day?: boolean, distance_m?: number}} ExcludedPlace
 *
 * @typedef {object} FindAnswer
 * @property {{from: {name: string | null, district: string | null, about: boolean} | null, likes: UnderstoodWord[], company?: boolean, avoid: UnderstoodWord[], can_give: UnderstoodWord[]}} understood
 * @property {{ways: {way: string, minutes: number, metres: number}[], metres: number, said: boolean}} reach
 * @property {HitGroup} fits
 * @property {HitGroup} near
 * @property {HitGroup} desks
 * @property {HitGroup} others
 * @property {HitGroup} farther
 * @property {number} farther_fits  How many of them are the thing itself.
 * @property {string[]} offered  Terms near what was written.
 * @property {Record<PlacelessKind, HitGroup>} placeless
 * @property {{count: number, text: string, groups: {text: string, count: number, places: ExcludedPlace[]}[]}} left_out
 */

/**
 * @typedef {object} FindData  The JSON block of the page; the server writes it.
 * @property {import('../types.js').Category[]} categories
 * @property {import('../types.js').District[]} districts
 * @property {[string, [number, number], string | null][]} towns  Name, position, reading.
 * @property {[string, string, string[]][]} terms  Term, reading, synonyms.
 * @property {Record<string, string>} texts
 *
 * @typedef {{id: string, name: string, category: string, line: string}} ShortlistItem  `line` is the link worker's own.
 *
 * @typedef {{data: FindData, text: import('../i18n.js').Translate}} FinderContext
 */

export {};
