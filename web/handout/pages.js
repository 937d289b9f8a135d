// @ts-check
/**
 * Blocks on sheets of A4: as many as fit on each, none broken over two.
 *
 * @module handout/pages
 */

/** A sheet without its margins, in millimetres; a little is left free, since printers differ. */
const ROOM_MM = 273 - 3;
const PX_A_MM = 96 / 25.4;

/** The same in pixels. */
export const ROOM = ROOM_MM * PX_A_MM;

/**
 * Shares blocks out in their order; only the map, where it is the last block, may come earlier, so that the first sheet is not
 * left with a heading alone.
 *
 * @param {number[]} heights  Of each block; the first is the heading of the first sheet.
 * @param {number} room  The height of a sheet without its foot.
 * @param {boolean} endsWithMap
 * @returns {number[][]}  The blocks of each sheet, by their numbers.
 */
export function share(heights, room, endsWithMap) {
  /** @type {number[][]} */
  const sheets = [];
  const rest = heights.map((_, block) => block);
  while (rest.length) {
    const sheet = [/** @type {number} */ (rest.shift())];
    let left = room - (heights[sheet[0] ?? 0] ?? 0);
    const fits = (/** @type {number} */ block) => (heights[block] ?? 0) <= left;
    while (rest.length) {
      const last = rest.at(-1) ?? 0;
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
 * How high something is on paper, in pixels.
 *
 * @param {HTMLElement} ruler
 * @param {HTMLElement} block
 */
export function heightOf(ruler, block) {
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
  const height = (/** @type {HTMLElement} */ block) => heightOf(ruler, block);
  const sheets = share(blocks.map(height), ROOM - height(foot), endsWithMap);
  return sheets.map((sheet) => sheet.flatMap((block) => blocks[block] ?? []));
}
