// @ts-check
/**
 * Translations: looks up the messages that the server put into the page. Pure.
 *
 * @module i18n
 */

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Translate */

/**
 * @param {Record<string, string>} texts
 * @returns {Translate}  The message for a key, with `{name}` replaced by its value; the key itself where there is none.
 */
export function createTranslate(texts) {
  return (key, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, String(value)), texts[key] ?? key);
}
