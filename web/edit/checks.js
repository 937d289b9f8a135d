// @ts-check
/**
 * What is told while somebody types: the next dates of a schedule, and where an address may be.
 *
 * @module edit/checks
 */

import { make } from '../dom.js';
import { send } from './send.js';

/** Milliseconds without a key before the server is asked. */
const PAUSE = 400;

/** @typedef {{ town: string, lon: number, lat: number, precision: string, sure: boolean }} Candidate */

/**
 * 「11月26日（木）13:30」 of a date, or a date and time, without a time zone.
 *
 * @param {string} moment
 * @param {(key: string, values?: Record<string, string | number>) => string} message
 */
export function shownDate(moment, message) {
  const [day = '', time = ''] = moment.split('T');
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const weekday = message('date.weekdays').split(',')[new Date(Date.UTC(year, month - 1, date)).getUTCDay()] ?? '';
  return `${message('date.short', { month, day: date, weekday })}${time.slice(0, 5)}`;
}

/**
 * @param {(key: string, values?: Record<string, string | number>) => string} message
 * @param {(candidate: Candidate) => void} use  Takes the point of a candidate.
 */
export function liveChecks(message, use) {
  const show = {
    schedule(/** @type {HTMLElement} */ line, /** @type {{ next: { start: string }[], not_understood: string[] }} */ found) {
      const parts = [];
      if (found.not_understood.length > 0) parts.push(message('check.not_understood', { words: found.not_understood.join('」「') }));
      if (found.next.length > 0) parts.push(message('check.next', { dates: found.next.map(({ start }) => shownDate(start, message)).join('、') }));
      else if (found.not_understood.length === 0) parts.push(message('check.no_dates'));
      line.replaceChildren(...parts.map((text) => make('p', {}, text)));
    },
    address(/** @type {HTMLElement} */ line, /** @type {Candidate[]} */ found) {
      const sure = found.find((it) => it.sure);
      const said = sure ? message('check.found', { town: sure.town }) : message('check.unknown');
      const buttons = found.map((candidate) => {
        const button = make('button', { type: 'button' }, message('check.use', { town: candidate.town }));
        button.addEventListener('click', () => use(candidate));
        return button;
      });
      line.replaceChildren(make('p', {}, said), make('p', { class: 'edit-candidates' }, ...buttons));
    },
  };
  for (const name of /** @type {const} */ (['schedule', 'address'])) {
    const field = /** @type {HTMLInputElement | HTMLTextAreaElement | null} */ (document.querySelector(`#field-${name}`));
    const line = /** @type {HTMLElement | null} */ (document.querySelector(`#check-${name}`));
    if (!field || !line) continue;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    let asked = 0;
    const ask = async () => {
      const number = (asked += 1);
      const text = field.value.trim();
      if (!text) return void line.replaceChildren();
      const { status, body } = await send('POST', '/edit/check', { [name]: text });
      if (status === 200 && number === asked) show[name](line, body[name]);
    };
    field.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), PAUSE);
    });
    if (name === 'schedule') void ask();
  }
}
