// @ts-check
/**
 * Radar chart: one line per date of rating. Dash and shape of the markers tell the two lines apart, so that no colour is needed.
 *
 * @module sheets/radar-chart
 */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * The point of a value on an axis: the first axis points up, the others follow clockwise.
 *
 * @param {number} axis    which of six
 * @param {number} value   0 to 10
 * @param {number} radius  from the centre to 10
 * @returns {[number, number]} x to the right, y downwards
 */
export function pointOnAxis(axis, value, radius) {
  const angle = (Math.PI / 3) * axis - Math.PI / 2;
  const length = (radius * value) / 10;
  const round = (/** @type {number} */ n) => Math.round(n * 100) / 100 + 0;
  return [round(length * Math.cos(angle)), round(length * Math.sin(angle))];
}

/**
 * The pairs of adjacent axes that both have a value.
 *
 * @param {(number | null)[]} values
 * @returns {[number, number][]}
 */
export function adjacentPairs(values) {
  return values
    .map((_, at) => /** @type {[number, number]} */ ([at, (at + 1) % values.length]))
    .filter(([a, b]) => values[a] != null && values[b] != null);
}

/**
 * Draws one line into its group and removes the previous drawing.
 *
 * @param {SVGElement} chart
 * @param {'now' | 'later'} line
 * @param {(number | null)[]} values
 */
export function drawLine(chart, line, values) {
  const radius = Number(chart.dataset['radius']);
  const points = values.map((value, axis) => (value === null ? null : pointOnAxis(axis, value, radius)));
  const lines = adjacentPairs(values).map(([a, b]) => segment(line, /** @type {any} */ (points[a]), /** @type {any} */ (points[b])));
  const markers = points.filter((it) => it !== null).map((at) => marker(line, at));
  chart.querySelector(`[data-line="${line}"]`)?.replaceChildren(...lines, ...markers);
}

/**
 * @param {string} line
 * @param {[number, number]} from
 * @param {[number, number]} to
 */
function segment(line, [x1, y1], [x2, y2]) {
  return svgElement('line', { class: `line ${line}`, x1, y1, x2, y2 });
}

/**
 * @param {'now' | 'later'} line
 * @param {[number, number]} at
 */
function marker(line, [x, y]) {
  const attributes = { class: `mark ${line}` };
  return line === 'now' ? svgElement('circle', { ...attributes, cx: x, cy: y, r: 3.5 }) : svgElement('rect', { ...attributes, x: x - 5.5, y: y - 5.5, width: 11, height: 11 });
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function svgElement(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
