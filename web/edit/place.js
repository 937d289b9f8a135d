// @ts-check
/**
 * The form of a place: stores what was typed, keeps drafts, merges what somebody else has changed meanwhile, and sets the point on a map.
 * Nothing that was typed is ever lost, and nothing of others overwritten.
 *
 * @module edit/place
 */

import { byId, make, setText } from '../dom.js';
import { liveChecks } from './checks.js';
import { keptDraft } from './drafts.js';
import { answerParts, answerText, changedTexts, mergedTexts } from './form-texts.js';
import { pinMap } from './pin-map.js';
import { failure, messagesOf, pageData, say, sayNext, sayWhatWasLeft, send, sendAsking } from './send.js';

/** @typedef {import('./form-texts.js').Texts} Texts */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

const data = pageData();
const message = messagesOf(data.texts);
const form = /** @type {HTMLFormElement} */ (byId('edit-form'));
/** The place as it is stored. */
let stored = { revision: /** @type {number} */ (data.revision), fields: /** @type {Texts} */ (data.fields) };

const fields = () => [...form.querySelectorAll('[data-field]')].map((it) => /** @type {HTMLElement} */ (it));
const controlsOf = (/** @type {HTMLElement} */ field) => [...field.querySelectorAll('input, textarea, select')].map((it) => /** @type {Control} */ (it));
const keyOf = (/** @type {HTMLElement} */ field) => field.dataset['field'] ?? '';
const labelOf = (/** @type {string} */ key) => {
  const field = fields().find((it) => keyOf(it) === key);
  return field?.querySelector('label')?.firstChild?.textContent?.trim() ?? key;
};

function textOf(/** @type {HTMLElement} */ field) {
  const [first, second] = controlsOf(field);
  return field.dataset['answer'] ? answerText(first?.value ?? '', second?.value ?? '') : (first?.value ?? '');
}

function setField(/** @type {HTMLElement} */ field, /** @type {string} */ text) {
  const [first, second] = controlsOf(field);
  if (!first) return;
  if (first instanceof HTMLSelectElement) {
    const shorts = [...first.options].map((option) => option.value);
    const { short, words } = field.dataset['answer'] ? answerParts(text, shorts) : { short: text, words: '' };
    if (!shorts.includes(short)) first.append(make('option', { value: short }, short));
    first.value = short;
    if (second) second.value = words;
  } else {
    first.value = text;
  }
}

/** @returns {Texts} */
const formTexts = () => Object.fromEntries(fields().map((field) => [keyOf(field), textOf(field)]));
/** @param {Texts} texts */
const fill = (texts) => { for (const field of fields()) if (keyOf(field) in texts) setField(field, texts[keyOf(field)] ?? ''); };
const changed = () => changedTexts(stored.fields, formTexts());

const draft = keptDraft(data.id ?? 'new', {
  content: () => ({ revision: stored.revision, fields: changed() }),
  kept: () => setText(byId('edit-state'), message('draft.kept', { at: new Date().toLocaleTimeString('ja-JP', { hour: '2-digit', minute: '2-digit' }) })),
  failed: () => setText(byId('edit-state'), message('draft.failed')),
});
const typed = () => {
  setText(byId('edit-state'), Object.keys(changed()).length > 0 ? message('save.unsaved') : '');
  draft.typed();
};

form.addEventListener('input', typed);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void store();
});
offerDraft();
liveChecks(message, (candidate) => setPoint(candidate, candidate.precision));

/** Shows what is wrong with fields, and takes the focus to the first. */
function showFaults(/** @type {{ field: string, code: string }[]} */ errors) {
  for (const field of fields()) {
    const error = errors.find((it) => it.field === keyOf(field));
    const line = /** @type {HTMLElement | null} */ (field.querySelector('.edit-fault'));
    for (const control of controlsOf(field)) control.toggleAttribute('aria-invalid', Boolean(error));
    if (!line) continue;
    line.hidden = !error;
    setText(line, error ? message(`fault.${error.code}`) : '');
  }
  const first = fields().find((field) => errors.some((it) => it.field === keyOf(field)));
  if (first) controlsOf(first)[0]?.focus();
}

async function store() {
  const texts = data.id ? changed() : Object.fromEntries(Object.entries(formTexts()).filter(([, text]) => text.trim()));
  showFaults([]);
  if (Object.keys(changed()).length === 0) {
    say(message('save.nothing'));
    return;
  }
  await draft.hold();
  const attempt = (/** @type {boolean} */ publish) => (data.id
    ? send('PUT', `/edit/places/${data.id}`, { fields: texts, publish }, { revision: stored.revision })
    : send('POST', '/edit/places', { fields: texts, publish }));
  const answer = await sendAsking(message, attempt, askToPublish);
  if (answer.status === 200 || answer.status === 201) isStored(answer, texts);
  else if (answer.status === 412) takeTheirs(answer.body);
  else if (answer.status === 422 && answer.body?.errors) {
    const { errors } = answer.body;
    say(message('save.faults', { count: errors.length, fields: errors.map((/** @type {{ field: string }} */ it) => labelOf(it.field)).join('、') }), { isFault: true });
    showFaults(errors);
  } else if (answer.status !== 409 || answer.body?.type !== 'urn:tsunagari:problem:widens') say(failure(message, answer), { isFault: true });
  if (answer.status !== 200 && answer.status !== 201) draft.typed();
}

/** @param {import('./send.js').EditAnswer} answer @param {Texts} texts */
function isStored(answer, texts) {
  draft.stored();
  if (!data.id) {
    sayNext(message('save.added'));
    location.replace(`/edit/places/${answer.body.id}`);
    return;
  }
  stored = { revision: answer.body.revision, fields: { ...stored.fields, ...texts } };
  byId('edit-conflict').hidden = true;
  setText(byId('edit-state'), '');
  say(message('save.done'));
}

/** Somebody else was first: takes what only they have changed, and lets the person choose where both have. */
function takeTheirs(/** @type {{ revision: number, base: Texts, yours: Texts, theirs: Texts }} */ conflict) {
  const { texts, conflicts } = mergedTexts(conflict);
  stored = { revision: conflict.revision, fields: conflict.theirs };
  fill(texts);
  typed();
  const section = byId('edit-conflict');
  section.hidden = conflicts.length === 0;
  byId('conflict-fields').replaceChildren(...conflicts.map((key) => conflictRow(key, conflict)));
  say(message(conflicts.length > 0 ? 'conflict.title' : 'conflict.merged'), { isFault: conflicts.length > 0 });
  if (conflicts.length > 0) section.focus();
}

/** @param {string} key @param {{ base: Texts, yours: Texts, theirs: Texts }} sides */
function conflictRow(key, sides) {
  const name = `conflict-${key}`;
  const choice = (/** @type {'yours' | 'theirs'} */ side) => {
    const radio = make('input', { type: 'radio', name, ...(side === 'yours' ? { checked: '' } : {}) });
    radio.addEventListener('change', () => {
      fill({ [key]: sides[side][key] ?? '' });
      typed();
    });
    return make('p', {}, make('label', {}, radio, ` ${message(`conflict.keep_${side}`)}：`, make('span', { class: 'edit-side' }, sides[side][key] ?? '')));
  };
  const base = make('p', { class: 'note' }, `${message('conflict.base')}：${sides.base[key] ?? ''}`);
  return make('fieldset', { class: 'edit-conflict-field' }, make('legend', {}, labelOf(key)), base, choice('yours'), choice('theirs'));
}

/** Asks whether more people may see something. @returns {Promise<boolean>} */
function askToPublish() {
  const dialog = /** @type {HTMLDialogElement} */ (byId('edit-publish'));
  dialog.showModal();
  return new Promise((resolve) => {
    const end = (/** @type {boolean} */ yes) => () => {
      resolve(yes);
      dialog.close();
    };
    byId('publish-yes').onclick = end(true);
    byId('publish-no').onclick = end(false);
    dialog.oncancel = () => resolve(false);
  });
}

/** Offers what was typed before and not stored. */
function offerDraft() {
  const found = /** @type {{ revision: number, fields: Texts, at: string } | null} */ (data.draft);
  if (!found) return;
  const panel = byId('edit-draft');
  const at = new Date(found.at).toLocaleString('ja-JP', { dateStyle: 'medium', timeStyle: 'short' });
  const use = make('button', { type: 'button', class: 'main' }, message('draft.use'));
  const drop = make('button', { type: 'button' }, message('draft.drop'));
  const older = found.revision === stored.revision ? '' : ` ${message('draft.older')}`;
  panel.append(make('p', {}, message('draft.found', { at }) + older), make('p', {}, use, ' ', drop));
  panel.hidden = false;
  use.addEventListener('click', () => {
    fill(found.fields);
    typed();
    panel.hidden = true;
    controlsOf(/** @type {HTMLElement} */ (fields()[0]))[0]?.focus();
  });
  drop.addEventListener('click', () => {
    void draft.drop();
    panel.hidden = true;
  });
}

document.querySelector('#edit-undo')?.addEventListener('click', () => void undo());

async function undo() {
  const answer = await sendAsking(message, (publish) => send('POST', `/edit/places/${data.id}/undo`, { publish }, { revision: stored.revision }), askToPublish);
  if (answer.status === 200) location.reload();
  else if (answer.status === 412) takeTheirs({ ...answer.body, yours: changed() });
  else say(failure(message, answer), { isFault: true });
}

const [latitude, longitude, precision] = ['latitude', 'longitude', 'precision'].map((key) => /** @type {Control} */ (byId(`field-${key}`)));
/** @type {Awaited<ReturnType<typeof pinMap>> | null} */
let map = null;

/** @returns {import('./pin-map.js').Point | null} */
function typedPoint() {
  const [lat, lon] = [Number(latitude?.value), Number(longitude?.value)];
  return latitude?.value && longitude?.value && Number.isFinite(lat) && Number.isFinite(lon) && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lon, lat } : null;
}

function setPoint(/** @type {import('./pin-map.js').Point | null} */ point, /** @type {string} */ as, { onMap = true } = {}) {
  if (!latitude || !longitude || !precision) return;
  latitude.value = point ? point.lat.toFixed(6) : '';
  longitude.value = point ? point.lon.toFixed(6) : '';
  precision.value = point ? as : '';
  if (onMap) map?.put(point);
  typed();
}

for (const control of [latitude, longitude]) control?.addEventListener('change', () => map?.put(typedPoint()));
byId('map-door').addEventListener('click', () => { if (map) setPoint(map.at(), 'door'); });
byId('map-town').addEventListener('click', () => { if (map) setPoint(map.at(), 'town'); });
byId('map-none').addEventListener('click', () => setPoint(null, ''));

void openPinMap();

/** Nothing but the map waits for its library. */
async function openPinMap() {
  document.documentElement.dataset['mapReady'] = 'false';
  try {
    const moved = (/** @type {import('./pin-map.js').Point} */ point) => setPoint(point, precision?.value === 'town' ? 'town' : 'door', { onMap: false });
    map = await pinMap(byId('edit-map'), data, { start: typedPoint(), label: message('map.pin'), moved });
  } catch (error) {
    byId('edit-map').replaceChildren();
    byId('edit-map-panel').classList.add('no-map');
    setText(byId('map-hint'), message('map.unavailable'));
    console.info(error instanceof Error ? error.message : String(error));
  }
  document.documentElement.dataset['mapReady'] = 'true';
}

sayWhatWasLeft();
document.documentElement.dataset['ready'] = 'true';
