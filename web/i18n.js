// @ts-check
/**
 * The texts of the page, as the server put them into it. Pure.
 *
 * @module i18n
 */

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Text */

/**
 * @param {Record<string, string>} texts
 * @returns {Text}  The text for a key, `{name}` replaced by its value; the key itself where there is none.
 */
export function createText(texts) {
  return (key, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, String(value)), texts[key] ?? key);
}
