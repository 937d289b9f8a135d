// @ts-check
/**
 * Brings the page of the finder to life. What is said of a person is asked for at once, and lives as long as the page: leaving it,
 * or coming back to it, begins with nobody.
 *
 * @module find/main
 */

import { byId, make, setText } from '../dom.js';
import { createFold } from '../fold.js';
import { createText } from '../i18n.js';
import { drawAnswer } from './answers.js';
import { ask } from './ask.js';
import { personForm } from './form.js';
import { marksOf, MOST, sectionsOf, STEP } from './groups.js';
import { showChosen } from './hit.js';
import { safeLinks } from './leave.js';
import { mapPart } from './map-part.js';
import { neighbours } from './neighbours.js';
import { shortlistPanel } from './shortlist-panel.js';
import { startPosition } from './start.js';
import { fieldOf, isSaid, wishOf } from './wish.js';

/** @typedef {import('./types.js').Answer} Answer */
/** @typedef {import('./types.js').Start} Start */

const PAUSE_MS = 150;

/** @type {import('./types.js').FindData} */
const data = JSON.parse(byId('page-data').textContent ?? '{}');
const text = createText(data.texts);
const context = { data, text };

/** @type {Answer | null} */
let answer = null;
/** @type {Start | null}  Whose surroundings the map shows. */
let framed = null;
/** How many places of a group are to be shown, and what was folded or unfolded by hand. */
const wanted = new Map();
const open = new Map();

/** @param {(text: string) => string} fold */
function begin(fold) {
  const form = personForm(context, fold, () => {
    wanted.clear();
    keepSafe();
    askSoon();
  });
  const guard = safeLinks(text);
  const keepSafe = () => guard(isSaid(form.person) || shortlist.length > 0);
  const map = mapPart(context, { started: (position) => form.setStart({ position }), opened: showHit });
  const shortlist = shortlistPanel(context, { changed: showShortlist, print: (items) => void next.print(form.person.from, items) });
  const next = neighbours(context, { shortlist, form, answer: () => answer });

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  let asked = new AbortController();

  function askSoon() {
    clearTimeout(pause);
    asked.abort();
    byId('groups').setAttribute('aria-busy', 'true');
    pause = setTimeout(() => void askNow(), PAUSE_MS);
  }

  async function askNow() {
    asked.abort();
    asked = new AbortController();
    const [wrong] = form.wrong();
    if (wrong !== undefined) {
      refuse(wrong);
      return;
    }
    const { signal } = asked;
    try {
      const outcome = await ask(wishOf(form.person, Math.max(STEP, ...wanted.values())), signal);
      if (signal.aborted) return;
      if ('answer' in outcome) show(outcome.answer);
      else if ('parameter' in outcome) refuse(fieldOf(outcome.parameter));
      else trouble(outcome.status === 'no answer' ? text('network') : text('network.server', { status: outcome.status }));
    } catch {
      // Asked again meanwhile: that answer will come.
    }
  }

  /** @param {Answer} got */
  function show(got) {
    answer = got;
    byId('trouble').replaceChildren();
    form.understood(got.understood);
    draw();
  }

  function draw() {
    if (!answer) return;
    const sections = sectionsOf(answer, (key) => wanted.get(key) ?? STEP);
    const limit = Math.max(STEP, ...wanted.values());
    drawAnswer(answer, sections, { isSaid: isSaid(form.person), open, isChosen: shortlist.has, limit }, context);
    setText(byId('bar-answers'), text('bar.answers', { n: answer.fits.count }));
    const { from } = form.person;
    const start = startPosition(from, data, answer.understood.from?.name ?? null);
    map.show({ start, reach_m: answer.reach.metres, marks: marksOf(sections) }, from !== framed && !(from && 'position' in from));
    framed = from;
    next.offer();
  }

  /** @param {string} field  That cannot be used as it is. */
  function refuse(field) {
    form.refuse(field);
    const back = make('button', { type: 'button' }, text('count.wrong'));
    back.addEventListener('click', () => {
      const at = document.getElementById(`field-${field === 'can_give' ? 'gives' : field === 'age' ? 'about' : field}`) ?? byId('field-from');
      at.scrollIntoView({ block: 'center' });
      at.querySelector('input')?.focus({ preventScroll: true });
    });
    blank(text('count.wrong'), back);
  }

  /** @param {string} words */
  function trouble(words) {
    const again = make('button', { type: 'button' }, text('again'));
    again.addEventListener('click', () => void askNow());
    blank(text('count.none_sent'), make('p', { class: 'error' }, words), again);
  }

  /** Old answers must not be taken for those to what the form says now. @param {string} status @param {HTMLElement[]} children */
  function blank(status, ...children) {
    answer = null;
    setText(byId('count'), status);
    setText(byId('reach'), '');
    setText(byId('bar-answers'), text('answers'));
    byId('trouble').replaceChildren(...children);
    byId('understood').hidden = true;
    byId('groups').replaceChildren();
    byId('groups').setAttribute('aria-busy', 'false');
    next.offer();
  }

  function showShortlist() {
    for (const button of document.querySelectorAll('[data-choose]')) {
      if (button instanceof HTMLElement) showChosen(button, shortlist.has(button.dataset['choose'] ?? ''), text);
    }
    setText(byId('bar-shortlist'), text('bar.shortlist', { n: shortlist.length }));
    keepSafe();
  }

  /** @param {HTMLElement} button */
  function choose({ dataset: { choose: id = '', name = '' }, parentElement }) {
    const hit = answer ? allHits(answer).find((it) => it.id === id) : undefined;
    const isFull = !shortlist.toggle({ id, name, category: hit?.category ?? '' });
    parentElement?.querySelector('.full')?.remove();
    if (isFull) parentElement?.append(make('p', { class: 'error full' }, byId('shortlist-trouble').textContent ?? ''));
  }

  /** @param {string} key  Of a group of which more is wanted. */
  async function showMore(key) {
    const before = wanted.get(key) ?? STEP;
    wanted.set(key, Math.min(MOST, before + STEP));
    await askNow();
    const list = document.querySelectorAll(`[data-part="${key}"] .hit h4`);
    const first = list[before];
    if (first instanceof HTMLElement) first.focus();
  }

  function forget() {
    answer = null;
    framed = null;
    wanted.clear();
    open.clear();
    form.reset();
    shortlist.reset();
    map.reset();
    next.forget();
  }

  listen({ choose, showMore, askNow, forget, map });
  forget();
  return { map, askNow };
}

/** @param {Answer} answer */
function allHits({ fits, others, farther, placeless }) {
  return [fits, others, farther, ...Object.values(placeless)].flatMap(({ hits }) => hits);
}

/** @param {string} id  Of a place that the map was asked for. */
function showHit(id) {
  const hit = document.querySelector(`[data-hit="${CSS.escape(id)}"]`);
  hit?.closest('details')?.setAttribute('open', '');
  hit?.scrollIntoView({ block: 'center' });
  const title = hit?.querySelector('h4');
  if (title instanceof HTMLElement) title.focus({ preventScroll: true });
}

/**
 * @param {{choose: (button: HTMLElement) => void, showMore: (key: string) => Promise<void>, askNow: () => Promise<void>, forget: () => void, map: ReturnType<typeof mapPart>}} page
 */
function listen({ choose, showMore, askNow, forget, map }) {
  const groups = byId('groups');
  groups.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (button?.dataset['choose']) choose(button);
    if (button?.dataset['more']) void showMore(button.dataset['more']);
    const summary = event.target instanceof Element ? event.target.closest('summary')?.parentElement : null;
    if (summary instanceof HTMLDetailsElement) open.set(summary.dataset['group'], !summary.open);
  });
  for (const name of /** @type {const} */ (['pointerover', 'focusin'])) {
    groups.addEventListener(name, (event) => {
      const hit = event.target instanceof Element ? event.target.closest('[data-hit]') : null;
      map.point(hit?.getAttribute('data-hit') ?? '');
    });
  }
  byId('from-map').addEventListener('click', () => void map.choose());
  for (const button of document.querySelectorAll('.finder-bar [data-to]')) {
    button.addEventListener('click', () => {
      const part = byId(button.getAttribute('data-to') ?? '');
      part.scrollIntoView({ block: 'start' });
      part.focus({ preventScroll: true });
    });
  }
  const dialog = /** @type {HTMLDialogElement} */ (byId('reset-dialog'));
  byId('reset').addEventListener('click', () => dialog.showModal());
  byId('reset-no').addEventListener('click', () => dialog.close());
  byId('reset-yes').addEventListener('click', () => {
    dialog.close();
    forget();
    scrollTo(0, 0);
    void askNow();
  });
  // A shared computer: who comes back to this page, or finds it in the browser's memory, finds nobody's wish.
  addEventListener('pagehide', forget);
  addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
}

async function start() {
  const fold = createFold(await (await fetch('/assets/fold-table.json')).json());
  const { map, askNow } = begin(fold);
  // For tests, and for the curious.
  Object.defineProperty(window, 'tsunagari', { value: { get map() { return map.library; } } });
  await askNow();
}

document.documentElement.dataset['ready'] = 'false';
void start().finally(() => {
  document.documentElement.dataset['ready'] = 'true';
});
