import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { createFilter, indexPlaces, isWithin, select } from '../../web/filter.js';
import { createFold } from '../../web/fold.js';
import { badges, formatCount, formatNumber, scheduleText } from '../../web/format.js';
import { grouped, pageOf } from '../../web/groups.js';
import { createTranslate } from '../../web/i18n.js';
import { boundsOf } from '../../web/map-style.js';
import { dateText, daysOf, nextDates, timeInJapan, timesOf } from '../../web/search/dates.js';
import { createVocabulary, understandQuery } from '../../web/search/query.js';
import { START } from '../../web/state.js';

const read = (path) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
const fold = createFold(read('web/fold-table.json'));
const texts = read('web/lang/ja.json');
const text = createTranslate(texts);

const place = (id, properties, at = [134.7, 35.4]) => ({
  type: 'Feature', id, geometry: at && { type: 'Point', coordinates: at },
  properties: { name: id, category: 'salon', mode: 'at_place', ...properties },
});
const places = [
  place('b', { name: '囲碁クラブ', kana: 'いごくらぶ', category: 'hobby', district: 'yoka' }),
  place('a', { name: 'ｱｵｿﾞﾗサロン', kana: 'あおぞらさろん', district: 'yoka', tags: ['お茶'], venue: '下網場ふれあい会館' }),
  place('c', { name: '電話サロン', mode: 'phone' }, null),
  place('d', { name: '谷のサロン', district: 'oya' }, null),
  place('e', { name: '寺カフェ' }, [134.9, 35.3]),
];
const data = {
  texts, towns: [],
  categories: [{ id: 'salon', name: '集い', words: ['集い', 'Salons'] }, { id: 'hobby', name: '趣味', words: ['趣味', 'Hobbies'] }],
  districts: [{ id: 'oya', name: '大屋' }, { id: 'yoka', name: '八鹿' }],
};
const search = {
  compounds: '', first: '2026-11-01', spoken: [], names: [],
  fields: ['name', 'kana', 'tags', 'venue', 'access', 'contact.phone'], facts: ['step_free', 'toilet'], fillers: [fold('の')], separators: '', particles: 'の',
  romaji: [], words: { [fold('月曜')]: 'when:mon', [fold('トイレ')]: 'fact:toilet' }, interests: [], foreign: {}, districtLatin: {}, starts: [],
  dates: [[1, 1, [[[['277777', '9:00', 1]], '']]], [0, 1, []]],
  places: [[0, 0, 0, ''], [1, 2, 2, ''], [1, 0, 2, ''], [1, 0, 0, ''], [-1, 0, 0, '']],
};
const now = '2026-11-26T10:00';
const entries = indexPlaces(places, fold, data, search, now);

const vocabulary = createVocabulary(search);
const occurs = (word) => entries.some((entry) => entry.searchText.includes(word));
const answer = (state, words = '') =>
  select(entries, createFilter({ ...START, ...state }, words ? understandQuery(words, vocabulary, fold, occurs) : [], search, new Set(), now));
const ids = (list) => list.map((e) => e.place.id);
const found = (state, words) => ids(answer(state, words).certain);
const all = { certain: entries, near: [], unknown: [] };

test('two characters are enough, in any width, case and script', () => {
  assert.deepEqual(found({}, '囲碁'), ['b']);
  assert.deepEqual(found({}, 'あおぞら'), ['a']);
  assert.deepEqual(found({}, 'アオゾラ　会館'), ['a']);
  assert.deepEqual(found({}, 'お茶 囲碁'), []);
});

test('places are found by the names of their category and district', () => {
  assert.deepEqual(found({}, 'hobbies'), ['b']);
  assert.deepEqual(found({}, '大屋 集い'), ['d']);
});

test('a word does not reach from one field into the next', () => {
  assert.deepEqual(found({}, 'サロンあお'), []);
});

test('chips count what each would leave within the other filters', () => {
  const { byCategory, byDistrict, certain: selected } = answer({ categories: ['salon'], districts: ['yoka'] });
  assert.deepEqual(selected.map((e) => e.place.id), ['a']);
  assert.deepEqual([...byCategory], [['hobby', 1], ['salon', 1]]);
  assert.deepEqual([...byDistrict], [['yoka', 1], ['oya', 1]]);
});

const shape = (groups) => groups.map((g) => [g.kind, g.heading, g.entries.map((e) => e.place.id).join('')]);

test('places without a position stand in groups of their own, at the end', () => {
  assert.deepEqual(shape(grouped(all, 'category', null, data)), [
    ['nth', '集い', 'ae'], ['nth', '趣味', 'b'], ['away', texts['list.away'], 'c'], ['unplaced', texts['list.unplaced'], 'd'],
  ]);
  assert.deepEqual(shape(grouped(all, 'district', null, data)), [
    ['nth', '八鹿', 'ab'], ['no_district', texts['list.no_district'], 'e'],
    ['away', texts['list.away'], 'c'], ['unplaced', texts['list.unplaced'], 'd'],
  ]);
});

test('pages of the list together are the list', () => {
  const groups = grouped(all, 'category', null, data);
  const members = (list) => list.flatMap((g) => ids(g.entries));
  const pages = [0, 2, 4].flatMap((offset) => members(pageOf(groups, offset, 2)));
  assert.deepEqual(pages, members(groups));
});

test('what is not known is said to be unknown', () => {
  assert.equal(scheduleText({ name: 'x', category: 'y' }, text), '日時: 不明');
});

test('a ride for some only is told with its limit', () => {
  const of = (words) => badges({ access: { pick_up: { yes: true, words } } }, text).map((b) => b.text);
  assert.deepEqual(of('あり'), ['送迎あり']);
  assert.deepEqual(of('あり（町内だけ）'), ['送迎あり: あり（町内だけ）']);
});

test('a fact that is no makes no badge, an approximate point does', () => {
  const p = { name: 'x', category: 'y', precision: 'town', access: { pick_up: { yes: false }, full: { yes: true } } };
  assert.deepEqual(badges(p, text).map((b) => b.text), ['満員', '位置はだいたい']);
});

test('counts are written for people', () => {
  assert.deepEqual([0, 999, 1000, 1234567].map(formatNumber), ['0', '999', '1,000', '1,234,567']);
  assert.equal(formatCount(1, createTranslate(read('web/lang/en.json'))), '1 place');
});

test('a box knows what lies in it, and geometry knows its box', () => {
  assert.equal(isWithin(places[4], [134.8, 35, 135, 36]), true);
  assert.equal(isWithin(places[0], [134.8, 35, 135, 36]), false);
  assert.equal(isWithin(places[2], [-180, -90, 180, 90]), false);
  assert.deepEqual(boundsOf({ features: places }), [134.7, 35.3, 134.9, 35.4]);
  assert.equal(boundsOf({ features: [] }), null);
});

test('what is not known is neither yes nor no, whether it was chosen or typed', () => {
  for (const [state, words] of [[{ facts: ['toilet'] }, ''], [{}, 'トイレ']]) {
    const { certain, unknown } = answer(state, words);
    assert.deepEqual([ids(certain), ids(unknown)], [['a'], ['b', 'd', 'e']], words);
  }
  const { certain, unknown } = answer({ when: ['mon', 'morning'] });
  assert.deepEqual([ids(certain), ids(unknown)], [['b'], ['a', 'c', 'd']]);
});

test('from a start the nearest comes first', () => {
  const groups = grouped(all, 'category', { name: '寺', at: [134.9, 35.3] }, data);
  assert.deepEqual(shape(groups)[0], ['by_distance', '寺から近い順', 'eab']);
});

test('the next dates are those still to come, in the words of each language', () => {
  // Thursdays at 13:30 from 5 November on; the last of November on a day without hours; 17 December may be off.
  const dates = [1, 1, [[[['577777', '13:30-15:00', 2], ['u', '', 8]], '0c']]];
  const next = (now, count = 3) => nextDates(dates, '2026-11-01', now, count).map(({ day, hours }) => `${day} ${hours}`);
  assert.deepEqual(daysOf('577777', '2026-11-01').length, 6);
  assert.deepEqual(next('2026-11-26T13:29', 2), ['2026-11-26 13:30-15:00', '2026-11-30 ']);
  assert.deepEqual(next('2026-11-26T13:30', 1), ['2026-11-30 ']);
  assert.deepEqual(next('2026-11-30T23:59'), ['2026-11-30 ', '2026-12-03 13:30-15:00', '2026-12-10 13:30-15:00']);
  assert.deepEqual(next('2026-12-13T00:00'), [], 'nothing is said of days that may be off');
  assert.deepEqual(nextDates([1, 0, dates[2]], '2026-11-01', '2026-11-26T00:00', 3), []);
  assert.equal(timeInJapan(Date.parse('2026-11-26T20:05:00Z')), '2026-11-27T05:05');
  assert.equal(dateText({ day: '2026-11-26', hours: '09:30' }, 'ja', text), '11月26日（木）9:30');
  const english = createTranslate(read('web/lang/en.json'));
  assert.equal(dateText({ day: '2026-12-03', hours: '' }, 'en', english), 'Thu 3 Dec');
  assert.equal(dateText({ day: '2026-12-03', hours: '09:30-11:00' }, 'en', english), 'Thu 3 Dec 9:30–11:00');
});

test('today and the days to come are those of the day of the reader', () => {
  const dates = [1, 1, [[[['577777', '13:30', 2]], '0c']]];
  assert.deepEqual(timesOf(dates, '2026-11-01', '2026-11-27'), [0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1]);
  assert.deepEqual(timesOf(dates, '2026-11-01', '2026-11-26')[7], 2);
  assert.deepEqual(timesOf(dates, '2026-11-01', '2027-02-01'), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
});
