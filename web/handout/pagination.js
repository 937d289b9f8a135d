// @ts-check
/**
 * Pagination: distributes blocks over sheets of A4, as many as fit on each, none broken over two.
 *
 * @module handout/pagination
 */

/** Of a sheet without its margins, less a tolerance, because printers differ. */
const CONTENT_HEIGHT_MM = 273 - 3;
const PX_PER_MM = 96 / 25.4;

/** Pixels. */
export const CONTENT_HEIGHT = CONTENT_HEIGHT_MM * PX_PER_MM;

/**
 * Distributes blocks in their order. Only the map, where it is the last block, may move forward, so that the first sheet does not
 * hold a heading alone.
 *
 * @param {number[]} heights  Of each block; the first is the heading of the first sheet.
 * @param {number} available  Height of a sheet without its foot.
 * @param {boolean} endsWithMap
 * @returns {number[][]}  Indices of blocks, per sheet.
 */
export function distribute(heights, available, endsWithMap) {
  /** @type {number[][]} */
  const sheets = [];
  const rest = heights.map((_, block) => block);
  while (rest.length) {
    const sheet = [/** @type {number} */ (rest.shift())];
    let left = available - (heights[sheet[0] ?? 0] ?? 0);
    const fits = (/** @type {number} */ block) => (heights[block] ?? 0) <= left;
    while (rest.length) {
      const last = rest[rest.length - 1] ?? 0;
      const alone = endsWithMap && !sheets.length && sheet.length === 1;
      const next = fits(rest[0] ?? 0) ? 0 : alone && fits(last) ? rest.length - 1 : -1;
      if (next < 0) break;
      const [block = 0] = rest.splice(next, 1);
      left -= heights[block] ?? 0;
      sheet.push(block);
    }
    sheets.push(sheet);
  }
  return sheets;
}

/**
 * The height of an element on paper with its margins, in pixels.
 *
 * @param {HTMLElement} ruler
 * @param {HTMLElement} block
 */
export function measureHeight(ruler, block) {
  ruler.replaceChildren(block);
  const style = getComputedStyle(block);
  const height = block.getBoundingClientRect().height + parseFloat(style.marginTop) + parseFloat(style.marginBottom);
  ruler.replaceChildren();
  return height;
}

/**
 * Measures blocks as wide as they will be on paper, in `ruler`, which is laid out but not seen.
 *
 * @param {HTMLElement} ruler
 * @param {HTMLElement[]} blocks
 * @param {HTMLElement} foot
 * @param {boolean} endsWithMap
 * @returns {HTMLElement[][]}
 */
export function paginate(ruler, blocks, foot, endsWithMap) {
  const height = (/** @type {HTMLElement} */ block) => measureHeight(ruler, block);
  const sheets = distribute(blocks.map(height), CONTENT_HEIGHT - height(foot), endsWithMap);
  return sheets.map((sheet) => sheet.flatMap((block) => blocks[block] ?? []));
}
