// @ts-check
/**
 * The finder's page. Every change of the form starts a live search. What the page knows of a person lives in memory only: leaving
 * the page, or coming back to it, begins with an empty form.
 *
 * @module find/main
 */

import { byId, make, setText } from '../dom.js';
import { createFold } from '../fold.js';
import { createTranslate } from '../i18n.js';
import { drawAnswer } from './answers.js';
import { showInvalidField, showRequestError } from './error-message.js';
import { connectEvents } from './events.js';
import { finderMap } from './finder-map.js';
import { personForm } from './form.js';
import { MAX_HITS, PAGE_SIZE, pinsOf, sectionsOf } from './groups.js';
import { updateShortlistButton } from './hit.js';
import { householdPanel } from './household.js';
import { liveSearch } from './live-search.js';
import { optionalModules } from './optional-modules.js';
import { practiceWords } from './practice.js';
import { safeLinks } from './safe-links.js';
import { shortlistPanel } from './shortlist-panel.js';
import { startPosition } from './start-point.js';
import { emptyPerson, hasDetails, wishOf } from './wish.js';

/** @typedef {import('./types.js').FindAnswer} FindAnswer */
/** @typedef {import('./types.js').StartPoint} StartPoint */

/** @type {import('./types.js').FindData} */
const data = JSON.parse(byId('page-data').textContent ?? '{}');
const text = createTranslate(data.texts);
const context = { data, text };
const practising = practiceWords(location.hash);

/** @type {FindAnswer | null}  `null` where there is none to the current form. */
let answer = null;
/** @type {StartPoint | null}  The start that the map's view was last fitted to. */
let fittedStart = null;
/** @type {Map<string, number>}  How many places to show, by group. */
const groupSizes = new Map();
/** @type {Map<string, boolean>}  Which groups the reader has folded or unfolded. */
const open = new Map();

const limit = () => Math.max(PAGE_SIZE, ...groupSizes.values());

/** @param {(text: string) => string} fold */
function initialise(fold) {
  const form = personForm(context, fold, () => {
    groupSizes.clear();
    updateLinks();
    search.searchSoon();
  });
  const map = finderMap(context, { onStartPicked: (position) => form.setStart({ position }), onOpenPlace: showHit });
  const shortlist = shortlistPanel(context, { onChange: showShortlist, onMakeHandout: (items) => void optional.openHandout(form.person.from, items) });
  const optional = optionalModules(context, { shortlist, form, answer: () => answer, isPractice: practising !== null });
  const protectLinks = safeLinks(text);
  const household = householdPanel(text, {
    now: () => ({ person: form.person, items: shortlist.items, answer }),
    show: showMember,
    onChange: () => updateLinks(),
  });
  const updateLinks = () => protectLinks(household.other !== null || hasDetails(form.person) || shortlist.length > 0);
  const search = liveSearch({ wish: () => wishOf(form.person, limit()), invalidFields: form.invalidFields }, {
    onAnswer: (received) => {
      answer = received;
      byId('error-message').replaceChildren();
      form.showUnderstood(received.understood);
      draw(received);
    },
    onInvalidField: (field) => {
      answer = null;
      form.showInvalid(field);
      showInvalidField(field, text);
      optional.updateUnmetButtons();
    },
    onError: (status) => {
      answer = null;
      showRequestError(status, () => void search.searchNow(), text);
      optional.updateUnmetButtons();
    },
  });

  /** @param {FindAnswer} received */
  function draw(received) {
    const sections = sectionsOf(received, (key) => groupSizes.get(key) ?? PAGE_SIZE);
    drawAnswer(received, sections, { hasDetails: hasDetails(form.person), open, isChosen: shortlist.has, limit: limit() }, context);
    setText(byId('bar-answers'), text('bar.answers', { n: received.fits.count }));
    const { from } = form.person;
    const start = startPosition(from, data, received.understood.from?.name ?? null);
    map.show({ start, reach_m: received.reach.metres, pins: pinsOf(sections) }, from !== fittedStart && !(from && 'position' in from));
    fittedStart = from;
    optional.updateUnmetButtons();
    household.draw();
  }

  /** @param {import('./household.js').Member} member */
  function showMember(member) {
    groupSizes.clear();
    open.clear();
    fittedStart = null;
    answer = null;
    form.show(member.person);
    shortlist.show(member.items);
    updateLinks();
    void search.searchNow();
  }

  function showShortlist() {
    for (const button of document.querySelectorAll('[data-choose]')) {
      if (button instanceof HTMLElement) updateShortlistButton(button, shortlist.has(button.dataset['choose'] ?? ''), text);
    }
    setText(byId('bar-shortlist'), text('bar.shortlist', { n: shortlist.length }));
    updateLinks();
  }

  /** @param {HTMLElement} button */
  function toggleShortlist({ dataset: { choose: id = '', name = '' }, parentElement }) {
    const hit = answer ? allHits(answer).find((it) => it.id === id) : undefined;
    const isFull = !shortlist.toggle({ id, name, category: hit?.category ?? '' });
    parentElement?.querySelector('.full')?.remove();
    if (isFull) parentElement?.append(make('p', { class: 'error full' }, byId('shortlist-error').textContent ?? ''));
  }

  /** @param {string} group */
  async function showMore(group) {
    const before = groupSizes.get(group) ?? PAGE_SIZE;
    groupSizes.set(group, Math.min(MAX_HITS, before + PAGE_SIZE));
    await search.searchNow();
    const first = document.querySelectorAll(`[data-part="${group}"] .hit h4`)[before];
    if (first instanceof HTMLElement) first.focus();
  }

  function forgetPerson() {
    answer = null;
    fittedStart = null;
    groupSizes.clear();
    open.clear();
    form.show(emptyPerson());
    shortlist.reset();
    household.reset();
    map.reset();
    optional.reset();
  }

  connectEvents({
    onChoose: toggleShortlist,
    onShowMore: (group) => void showMore(group),
    onToggleGroup: (group, isOpen) => open.set(group, isOpen),
    onOffer: form.addLiking,
    onOpenGroup: (group) => {
      open.set(group, true);
      showGroup(group);
    },
    onPointAtPlace: map.highlight,
    onPickStart: () => void map.pickStart(),
    onReset: () => {
      forgetPerson();
      void search.searchNow();
    },
    onLeavePage: forgetPerson,
  });
  forgetPerson();
  if (practising !== null) {
    byId('finder').prepend(make('p', { class: 'panel practice', role: 'status' }, text('practice.banner')));
    if (practising) form.addLiking(practising);
  }
  return { map, search };
}

/** @param {FindAnswer} answer */
function allHits({ fits, near, desks, others, farther, placeless }) {
  return [fits, near, desks, others, farther, ...Object.values(placeless)].flatMap(({ hits }) => hits);
}

/**
 * Moves view and focus to a place of the answer.
 *
 * @param {string} id
 */
function showHit(id) {
  const hit = document.querySelector(`[data-hit="${CSS.escape(id)}"]`);
  hit?.closest('details')?.setAttribute('open', '');
  hit?.scrollIntoView({ block: 'center' });
  const title = hit?.querySelector('h4');
  if (title instanceof HTMLElement) title.focus({ preventScroll: true });
}

/** @param {string} key  Of the group to unfold and to go to. */
function showGroup(key) {
  const group = document.querySelector(`[data-group="${key}"]`);
  group?.setAttribute('open', '');
  group?.scrollIntoView({ block: 'start' });
  const summary = group?.querySelector('summary');
  if (summary instanceof HTMLElement) summary.focus({ preventScroll: true });
}

async function start() {
  const fold = createFold(await (await fetch('/assets/fold-table.json')).json());
  const { map, search } = initialise(fold);
  // For tests, and for the curious.
  Object.defineProperty(window, 'tsunagari', { value: { get map() { return map.library; } } });
  await search.searchNow();
}

document.documentElement.dataset['ready'] = 'false';
void start().finally(() => {
  document.documentElement.dataset['ready'] = 'true';
});
