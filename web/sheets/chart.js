// @ts-check
/**
 * The spider's web: lines from numbers. The two lines differ by dash and by the shape of their marks.
 *
 * @module sheets/chart
 */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Where a number lies on an axis: the first points up, the others follow clockwise.
 *
 * @param {number} at      which of six
 * @param {number} value   0 to 10
 * @param {number} radius  from the middle to 10
 * @returns {[number, number]} x to the right, y downwards
 */
export function point(at, value, radius) {
  const angle = (Math.PI / 3) * at - Math.PI / 2;
  const length = (radius * value) / 10;
  const round = (/** @type {number} */ n) => Math.round(n * 100) / 100 + 0;
  return [round(length * Math.cos(angle)), round(length * Math.sin(angle))];
}

/**
 * The pairs of neighbouring axes that both have a number.
 *
 * @param {(number | null)[]} values
 * @returns {[number, number][]}
 */
export function joined(values) {
  return values
    .map((_, at) => /** @type {[number, number]} */ ([at, (at + 1) % values.length]))
    .filter(([a, b]) => values[a] != null && values[b] != null);
}

/**
 * Draws one line into its group, in place of what was there.
 *
 * @param {SVGElement} web
 * @param {'now' | 'later'} line
 * @param {(number | null)[]} values
 */
export function draw(web, line, values) {
  const radius = Number(web.dataset['radius']);
  const points = values.map((value, at) => (value === null ? null : point(at, value, radius)));
  const lines = joined(values).map(([a, b]) => stroke(line, /** @type {any} */ (points[a]), /** @type {any} */ (points[b])));
  const marks = points.filter((it) => it !== null).map((at) => mark(line, at));
  web.querySelector(`[data-line="${line}"]`)?.replaceChildren(...lines, ...marks);
}

/**
 * @param {string} line
 * @param {[number, number]} from
 * @param {[number, number]} to
 */
function stroke(line, [x1, y1], [x2, y2]) {
  return shape('line', { class: `line ${line}`, x1, y1, x2, y2 });
}

/**
 * @param {'now' | 'later'} line
 * @param {[number, number]} at
 */
function mark(line, [x, y]) {
  const about = { class: `mark ${line}` };
  return line === 'now' ? shape('circle', { ...about, cx: x, cy: y, r: 3.5 }) : shape('rect', { ...about, x: x - 5.5, y: y - 5.5, width: 11, height: 11 });
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
