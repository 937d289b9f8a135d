// @ts-check
/**
 * The texts of a form: which were changed, and what becomes of them when somebody else has changed the place, too. Pure.
 *
 * @module edit/form-texts
 */

/** @typedef {Record<string, string>} Texts  Texts by the key of their column; one that is not there is empty. */

/** A text as the server compares it: without blanks around it and with one kind of line end. */
export const plain = (/** @type {string | undefined} */ text) => (text ?? '').replace(/\r\n?/g, '\n').trim();

/**
 * The texts of `now` that are not those of `before`.
 *
 * @param {Texts} before
 * @param {Texts} now
 * @returns {Texts}
 */
export function changedTexts(before, now) {
  return Object.fromEntries(Object.entries(now).filter(([key, text]) => plain(text) !== plain(before[key])));
}

/**
 * Three-way merge: what only they have changed is theirs, what only you have changed is yours; the keys that both have changed, each
 * otherwise, somebody has to decide.
 *
 * @param {{ base: Texts, yours: Texts, theirs: Texts }} sides  `yours` has the changed texts alone.
 * @returns {{ texts: Texts, conflicts: string[] }}  All texts, in conflict with yours.
 */
export function mergedTexts({ base, yours, theirs }) {
  /** @type {Texts} */
  const texts = { ...theirs };
  /** @type {string[]} */
  const conflicts = [];
  for (const [key, text] of Object.entries(yours)) {
    texts[key] = text;
    const isTheirs = plain(theirs[key]) !== plain(base[key]);
    if (isTheirs && plain(theirs[key]) !== plain(text)) conflicts.push(key);
  }
  return { texts, conflicts };
}

/** The answer about getting in as one text: 「×：送迎はありません」. */
export const answerText = (/** @type {string} */ short, /** @type {string} */ words) => {
  if (!short) return words.trim();
  return words.trim() ? `${short}：${words.trim()}` : short;
};

/** The parts of such a text; words alone where it is none. */
export const answerParts = (/** @type {string} */ text, /** @type {readonly string[]} */ shorts) => {
  const [short = '', ...words] = text.split('：');
  return shorts.includes(short) && short ? { short, words: words.join('：') } : { short: '', words: text };
};
