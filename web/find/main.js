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
import { asking } from './asking.js';
import { personForm } from './form.js';
import { marksOf, MOST, sectionsOf, STEP } from './groups.js';
import { showChosen } from './hit.js';
import { safeLinks } from './leave.js';
import { listen } from './listen.js';
import { mapPart } from './map-part.js';
import { neighbours } from './neighbours.js';
import { shortlistPanel } from './shortlist-panel.js';
import { startPosition } from './start.js';
import { showFailure, showRefusal } from './trouble.js';
import { isSaid, wishOf } from './wish.js';

/** @typedef {import('./types.js').Answer} Answer */
/** @typedef {import('./types.js').Start} Start */

/** @type {import('./types.js').FindData} */
const data = JSON.parse(byId('page-data').textContent ?? '{}');
const text = createText(data.texts);
const context = { data, text };

/** @type {Answer | null}  To what the form says now. */
let answer = null;
/** @type {Start | null}  Whose surroundings the map shows. */
let framed = null;
/** @type {Map<string, number>}  How many places of a group are to be shown. */
const wanted = new Map();
/** @type {Map<string, boolean>}  What was folded or unfolded by hand. */
const open = new Map();

const limit = () => Math.max(STEP, ...wanted.values());

/** @param {(text: string) => string} fold */
function begin(fold) {
  const form = personForm(context, fold, () => {
    wanted.clear();
    keepSafe();
    question.soon();
  });
  const map = mapPart(context, { started: (position) => form.setStart({ position }), opened: showHit });
  const shortlist = shortlistPanel(context, { changed: showShortlist, print: (items) => void next.print(form.person.from, items) });
  const next = neighbours(context, { shortlist, form, answer: () => answer });
  const guard = safeLinks(text);
  const keepSafe = () => guard(isSaid(form.person) || shortlist.length > 0);
  const question = asking({ wish: () => wishOf(form.person, limit()), wrong: form.wrong }, {
    answered: (got) => {
      answer = got;
      byId('trouble').replaceChildren();
      form.understood(got.understood);
      draw(got);
    },
    refused: (field) => {
      answer = null;
      form.refuse(field);
      showRefusal(field, text);
      next.offer();
    },
    troubled: (status) => {
      answer = null;
      showFailure(status, () => void question.now(), text);
      next.offer();
    },
  });

  /** @param {Answer} got */
  function draw(got) {
    const sections = sectionsOf(got, (key) => wanted.get(key) ?? STEP);
    drawAnswer(got, sections, { isSaid: isSaid(form.person), open, isChosen: shortlist.has, limit: limit() }, context);
    setText(byId('bar-answers'), text('bar.answers', { n: got.fits.count }));
    const { from } = form.person;
    const start = startPosition(from, data, got.understood.from?.name ?? null);
    map.show({ start, reach_m: got.reach.metres, marks: marksOf(sections) }, from !== framed && !(from && 'position' in from));
    framed = from;
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
    await question.now();
    const first = document.querySelectorAll(`[data-part="${key}"] .hit h4`)[before];
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

  const reset = () => {
    forget();
    void question.now();
  };
  listen({
    choose, forget, reset, point: map.point, aim: () => void map.choose(), showMore: (key) => void showMore(key),
    folded: (group, isOpen) => open.set(group, isOpen),
  });
  forget();
  return { map, question };
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

async function start() {
  const fold = createFold(await (await fetch('/assets/fold-table.json')).json());
  const { map, question } = begin(fold);
  // For tests, and for the curious.
  Object.defineProperty(window, 'tsunagari', { value: { get map() { return map.library; } } });
  await question.now();
}

document.documentElement.dataset['ready'] = 'false';
void start().finally(() => {
  document.documentElement.dataset['ready'] = 'true';
});
