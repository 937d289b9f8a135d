// @ts-check
/**
 * "What if one stood here?": a pin on the planners' map, moved by pointer or arrow keys. The server computes how many people a place
 * there would newly reach; the last answer wins.
 *
 * @module plan/plan
 */
import { metresOf, positionAt } from './pin-position.js';
import { setText } from '../dom.js';

const SVG = 'http://www.w3.org/2000/svg';
/** The tip of the pin is at 0, 0. */
const PIN = 'M0 0C-6 -14 -16 -20 -16 -32A16 16 0 0 1 16 -32C16 -20 6 -14 0 0Z';
/** How far an arrow key moves the pin, in user units; with shift, ten times as far. */
const STEP = 5;
/** While the pin is dragged, the server is asked no more often than this. */
const PAUSE_MS = 60;

/** @type {Record<string, readonly [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const figure = /** @type {HTMLElement | null} */ (document.querySelector('.plan-map[data-what-if]'));
const svg = /** @type {SVGSVGElement | null} */ (figure?.querySelector('svg') ?? null);
if (figure && svg) start(figure, svg);
document.documentElement.dataset['ready'] = 'true';

/**
 * @param {HTMLElement} map
 * @param {SVGSVGElement} drawing
 */
function start(map, drawing) {
  const panel = /** @type {HTMLElement} */ (map.parentElement?.querySelector('.plan-pin-panel'));
  const answer = /** @type {HTMLElement} */ (panel.querySelector('.plan-pin-answer'));
  panel.hidden = false;
  const { width, height } = drawing.viewBox.baseVal;
  const pin = document.createElementNS(SVG, 'g');
  pin.setAttribute('class', 'plan-pin');
  pin.setAttribute('tabindex', '0');
  pin.setAttribute('role', 'slider');
  pin.setAttribute('aria-label', panel.querySelector('p')?.textContent ?? '');
  pin.setAttribute('aria-valuenow', '0');
  const shape = document.createElementNS(SVG, 'path');
  shape.setAttribute('d', PIN);
  pin.append(shape);
  // An image has no controls within it; with the pin, the map is a group.
  drawing.setAttribute('role', 'group');
  drawing.append(pin);

  const question = whatIf(map.dataset['whatIf'] ?? '', metresOf(drawing.dataset), {
    answered(/** @type {{ shown: string, newly_reached: number }} */ { shown, newly_reached: count }) {
      const text = (answer.dataset['text'] ?? '').replace('{shown}', shown);
      setText(answer, text);
      pin.setAttribute('aria-valuenow', String(count));
      pin.setAttribute('aria-valuetext', text);
    },
    failed: () => setText(answer, answer.dataset['failed'] ?? ''),
  });

  let at = { x: width / 2, y: height / 2 };
  const move = (/** @type {{ x: number, y: number }} */ to) => {
    at = { x: Math.min(Math.max(to.x, 0), width), y: Math.min(Math.max(to.y, 0), height) };
    pin.setAttribute('transform', `translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`);
  };
  const pointOf = (/** @type {PointerEvent | MouseEvent} */ event) => {
    const matrix = drawing.getScreenCTM();
    return matrix ? new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse()) : at;
  };
  const ask = () => question.ask(at);

  pin.addEventListener('pointerdown', (event) => {
    pin.setPointerCapture(event.pointerId);
    event.preventDefault();
    pin.focus();
  });
  pin.addEventListener('pointermove', (event) => {
    if (!pin.hasPointerCapture(event.pointerId)) return;
    move(pointOf(event));
    ask();
  });
  drawing.addEventListener('click', (event) => {
    move(pointOf(event));
    ask();
  });
  pin.addEventListener('keydown', (event) => {
    const direction = ARROWS[event.key];
    if (!direction) return;
    event.preventDefault();
    const step = STEP * (event.shiftKey ? 10 : 1);
    move({ x: at.x + direction[0] * step, y: at.y + direction[1] * step });
    ask();
  });
  move(at);
}

/**
 * Asks the server, at most once in a while; an answer that a later one has overtaken is dropped.
 *
 * @param {string} url
 * @param {import('./pin-position.js').MapMetres} metres
 * @param {{ answered: (answer: { shown: string, newly_reached: number }) => void, failed: () => void }} listener
 */
function whatIf(url, metres, { answered, failed }) {
  let asked = 0;
  /** @type {ReturnType<typeof setTimeout> | null} */
  let waiting = null;
  /** @type {{ x: number, y: number } | null} */
  let next = null;
  const send = async () => {
    waiting = null;
    if (!next) return;
    const number = (asked += 1);
    const { lon, lat } = positionAt(metres, next);
    next = null;
    try {
      const response = await fetch(`${url}${url.includes('?') ? '&' : '?'}lon=${lon.toFixed(6)}&lat=${lat.toFixed(6)}`, { cache: 'no-store' });
      if (!response.ok) throw new Error(String(response.status));
      const answer = await response.json();
      if (number === asked) answered(answer);
    } catch {
      if (number === asked) failed();
    }
  };
  return {
    /** @param {{ x: number, y: number }} at */
    ask(at) {
      next = at;
      waiting ??= setTimeout(() => void send(), PAUSE_MS);
    },
  };
}
