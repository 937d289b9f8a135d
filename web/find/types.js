// @ts-check
/**
 * The shapes that the finder's modules share: what `docs/wish.schema.json` and `docs/find.schema.json` describe, and what the
 * page brings along. No code.
 *
 * @module find/types
 */

/**
 * @typedef {{district: string} | {town: string} | {position: [number, number]}} Start  Longitude first.
 *
 * @typedef {object} Free  A stretch of a weekday, in whole hours.
 * @property {string} day
 * @property {number} from
 * @property {number} to
 *
 * @typedef {object} Person  What was said of a person. It lives in the page and is sent in the body of a request, nowhere else.
 * @property {Start | null} from
 * @property {string[]} travel
 * @property {number | null} minutes
 * @property {string[]} likes
 * @property {string[]} avoid  Chips that are switched on, by name.
 * @property {string[]} avoidWords
 * @property {Free[]} free
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
 * @typedef {{kind: string, text: string}} Reason
 * @typedef {{word: string, means: string[], by: 'chip' | 'thesaurus' | 'text' | 'nothing'}} Understood
 *
 * @typedef {object} Hit
 * @property {string} id
 * @property {string} name
 * @property {string} category
 * @property {string | null} district
 * @property {string} [organization]
 * @property {string} [venue]
 * @property {[number, number]} [position]  Longitude first.
 * @property {string} [precision]
 * @property {number} [distance_m]
 * @property {boolean} matches
 * @property {string[]} schedule
 * @property {{text: string}[]} next
 * @property {Reason[]} reasons
 * @property {Reason[]} cautions
 * @property {Reason[]} ask
 * @property {{office?: string, phone?: string}} contact
 *
 * @typedef {{count: number, hits: Hit[]}} Group
 * @typedef {'phone' | 'visits' | 'online' | 'roaming' | 'unlocated'} PlacelessKind
 * @typedef {{id: string, name: string, matches: boolean, distance_m?: number}} LeftOutPlace
 *
 * @typedef {object} Answer
 * @property {{from: {name: string | null, district: string | null, about: boolean} | null, likes: Understood[], avoid: Understood[], can_give: Understood[]}} understood
 * @property {{ways: {way: string, minutes: number, metres: number}[], metres: number, said: boolean}} reach
 * @property {Group} fits
 * @property {Group} others
 * @property {Group} farther
 * @property {Record<PlacelessKind, Group>} placeless
 * @property {{count: number, text: string, groups: {text: string, count: number, places: LeftOutPlace[]}[]}} left_out
 */

/**
 * @typedef {object} FindData  What the server puts into the page (`src/publish/desk/find/data.rs`).
 * @property {import('../types.js').Category[]} categories
 * @property {import('../types.js').District[]} districts
 * @property {[string, [number, number], string | null][]} towns  Name, point and reading.
 * @property {[string, string, string[]][]} terms  Term, reading, other words for it.
 * @property {Record<string, string>} texts
 *
 * @typedef {{id: string, name: string, category: string, line: string}} Chosen  A place of the shortlist, with a line of the link worker's own.
 *
 * @typedef {{data: FindData, text: import('../i18n.js').Text}} Context
 */

export {};
