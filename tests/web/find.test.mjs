import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { pinsOf, sectionsOf } from '../../web/find/groups.js';
import { dialableDigits } from '../../web/find/hit.js';
import { practiceWords } from '../../web/find/practice.js';
import { nextStop } from '../../web/find/roving.js';
import { reachCircle, roundedDegrees } from '../../web/find/reach-circle.js';
import { added, moved, withLine, without } from '../../web/find/shortlist.js';
import { startPosition } from '../../web/find/start-point.js';
import { startEntries, suggest, termEntries } from '../../web/find/suggest.js';
import { summaryOf } from '../../web/find/summary.js';
import { addWords, emptyPerson, fieldOfParameter, hasDetails, invalidFields, mergedFreeTimes, parseAge, toggled, wishOf } from '../../web/find/wish.js';
import { createFold } from '../../web/fold.js';
import { createTranslate } from '../../web/i18n.js';
import { faults } from './schema.mjs';

const read = (path) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
const schema = read('docs/wish.schema.json');
const text = createTranslate(read('web/lang/link-worker/find.json'));
const fold = createFold(read('web/fold-table.json'));

/** What the form offers, read from the code that renders it, wherever the pages' code lives. */
const pages = new URL('../../src/publish/', import.meta.url);
const fields = readdirSync(pages, { recursive: true }).map(String).filter((name) => /(^|\/)fields\.rs$/.test(name));
assert.equal(fields.length, 1, fields.join());
const offered = readFileSync(new URL(fields[0], pages), 'utf8');
const list = (name) => [...new RegExp(`${name}[^=]*= \\[([^;]*)\\];`).exec(offered)[1].matchAll(/"(\w+)"/g)].map(([, word]) => word);
const parts = [...offered.matchAll(/\("(morning|afternoon|evening)", (\d+), (\d+)\)/g)].map(([, , from, to]) => ({ from: Number(from), to: Number(to) }));

const fullPerson = () => ({
  ...emptyPerson(), from: { position: [134.7, 35.4] }, travel: list('TRAVEL'), minutes: 60, likes: ['囲碁', 'x'.repeat(100)], avoid: ['outdoor'],
  avoidWords: ['虫'], free: list('DAYS').flatMap((day) => parts.filter((_, nth) => nth !== 1).map((part) => ({ day, ...part }))), matters: list('MATTERS'),
  gives: ['help', 'teach'], canGive: ['大工'], age: '６４', gender: 'man', axes: list('AXES'),
});

test('whatever the form can express is valid by the schema of a wish', () => {
  assert.deepEqual([list('TRAVEL').length, list('DAYS').length, list('MATTERS').length, list('AXES').length, parts.length], [5, 7, 13, 6, 3]);
  assert.deepEqual(faults(schema, wishOf(fullPerson(), 100)), []);
  assert.deepEqual(faults(schema, wishOf({ ...emptyPerson(), from: { town: '大屋町加保' } }, 10)), []);
  assert.deepEqual(faults(schema, wishOf({ ...fullPerson(), likes: addWords([], Array.from({ length: 60 }, (_, n) => `w${n}`).join('、')) }, 1)), []);
  assert.ok(faults(schema, { likes: '囲碁' }).length > 0 && faults(schema, { age: 200 }).length > 0 && faults(schema, { x: 1 }).length > 0);
});

test('a wish has no field that the form left empty', () => {
  assert.deepEqual(wishOf(emptyPerson(), 10), { limit: 10 });
  assert.equal(hasDetails(emptyPerson()), false);
  assert.deepEqual(wishOf({ ...emptyPerson(), age: '  ' }, 10), { limit: 10 });
  assert.equal(hasDetails({ ...emptyPerson(), gender: 'woman' }), true);
});

test('parts of a day that meet are one stretch, and a whole day is a day', () => {
  const [morning, afternoon, evening] = parts;
  const at = (day, part) => ({ day, ...part });
  assert.deepEqual(mergedFreeTimes([at('sat', morning), at('sat', afternoon), at('sun', evening)]),
    [{ day: 'sat', from: morning.from, to: afternoon.to }, at('sun', evening)]);
  assert.deepEqual(wishOf({ ...emptyPerson(), free: parts.map((part) => at('mon', part)) }, 1).free, [{ day: 'mon' }]);
  assert.deepEqual(wishOf({ ...emptyPerson(), free: [at('mon', morning), at('mon', evening)] }, 1).free,
    [{ day: 'mon', from: '08:00', to: '12:00' }, { day: 'mon', from: '17:00', to: '22:00' }]);
  assert.deepEqual(wishOf({ ...emptyPerson(), early: true, free: [at('mon', morning)] }, 1).free, [{ day: 'mon', from: '06:00', to: '12:00' }]);
});

test('an age is digits of any width, and nothing else', () => {
  assert.deepEqual(['', '64', '６４', '120', '121', '-1', '六十', '6.5'].map(parseAge), [null, 64, 64, 120, 'invalid', 'invalid', 'invalid', 'invalid']);
  assert.deepEqual(invalidFields({ ...emptyPerson(), age: '六十' }), ['age']);
  assert.equal('age' in wishOf({ ...emptyPerson(), age: '六十' }, 1), false);
});

test('words are parted at commas, kept once, and cut to what a wish may have', () => {
  assert.deepEqual(addWords(['囲碁'], '将棋、囲碁， 天文 ,'), ['囲碁', '将棋', '天文']);
  assert.equal(addWords([], 'あ'.repeat(300))[0].length, 100);
  assert.deepEqual(toggled(toggled([], 'a'), 'a'), []);
});

test('a problem that the server reports is mapped to its field', () => {
  assert.deepEqual(['from.town', 'free[0].from', 'age', 'likes[3]'].map(fieldOfParameter), ['from', 'free', 'age', 'likes']);
});

test('suggestions come by kanji, reading and other words, the likeliest first', () => {
  const entries = termEntries([['囲碁', 'いご', ['碁', '碁会']], ['碁石づくり', 'ごいしづくり', []], ['天文', 'てんもん', ['星']]], fold);
  const values = (typed) => suggest(entries, fold(typed)).map(({ value }) => value);
  assert.deepEqual(values('碁'), ['囲碁', '碁石づくり']);
  assert.deepEqual(values('イゴ'), ['囲碁']);
  assert.deepEqual(values('て'), ['天文']);
  assert.deepEqual(values('ほし'), []);
  assert.deepEqual(values(''), []);
});

test('a start is suggested with or without its former town', () => {
  const entries = startEntries({ districts: [{ id: 'd1', name: '大屋' }], towns: [['大屋町加保', [1, 2], 'おおやちょうかぼ']] }, { district: '地区', town: '大字' }, fold);
  assert.deepEqual(suggest(entries, fold('加保')).map(({ value }) => value), ['town:大屋町加保']);
  assert.deepEqual(suggest(entries, fold('大屋')).map(({ value }) => value), ['district:d1', 'town:大屋町加保']);
});

test('a start has a point where the page knows one', () => {
  const data = { districts: [{ id: 'd1', centre: [1, 2] }], towns: [['加保', [3, 4]]] };
  assert.deepEqual(startPosition({ district: 'd1' }, data, null), [1, 2]);
  assert.deepEqual(startPosition({ town: '養父市加保' }, data, '加保'), [3, 4]);
  assert.equal(startPosition({ town: 'どこか' }, data, null), null);
  assert.deepEqual(startPosition({ position: [5, 6] }, data, null), [5, 6]);
});

const hit = (id, position, matches = true) => ({ id, position, matches });
const group = (...hits) => ({ count: hits.length, hits });
const answer = (change) => ({
  fits: group(), near: group(), desks: group(), others: group(), farther: group(), farther_fits: 0, offered: [],
  placeless: { phone: group(), visits: group(), online: group(), roaming: group(), unlocated: group() }, ...change,
});

test('places are numbered as they stand, those without a point are not', () => {
  const sections = sectionsOf(answer({ fits: group(hit('a', [1, 1]), hit('b', undefined), hit('c', [1, 1])), others: group(hit('d', [2, 2], false)) }), () => 10);
  assert.deepEqual(sections.flatMap(({ parts: all }) => all.flatMap(({ hits }) => hits.map(({ number }) => number))), [1, null, 2, 3]);
  assert.deepEqual(pinsOf(sections), [
    { at: [1, 1], ids: ['a', 'c'], numbers: [1, 2], best: true }, { at: [2, 2], ids: ['d'], numbers: [3], best: false }]);
});

test('a group is open where it holds what the person named, and says how many are not shown', () => {
  const [fits, farther] = sectionsOf(answer({ farther: { count: 30, hits: [hit('a', [1, 1]), hit('b', [1, 2])] } }), () => 1);
  assert.deepEqual([fits.key, fits.count, fits.open], ['fits', 0, true]);
  assert.deepEqual([farther.key, farther.open, farther.parts[0].more], ['farther', true, 29]);
  const [, others] = sectionsOf(answer({ fits: group(hit('a', [1, 1])), others: group(hit('b', [1, 1], false)) }), () => 10);
  assert.equal(others.open, false);
});

test('the thing itself a little farther comes before what is near it, and desks first where nothing fits', () => {
  const keys = (change) => sectionsOf(answer(change), () => 10).map(({ key }) => key);
  const near = group(hit('n', [1, 1], false));
  const farther = group(hit('f', [1, 2]));
  assert.deepEqual(keys({ fits: group(hit('a', [1, 1])), near, farther, farther_fits: 1 }), ['fits', 'farther', 'near']);
  assert.deepEqual(keys({ fits: group(hit('a', [1, 1])), near, farther, farther_fits: 0 }), ['fits', 'near', 'farther']);
  assert.deepEqual(keys({ near, desks: group(hit('d', [1, 1], false)), others: group(hit('o', [1, 1], false)) }), ['fits', 'desks', 'near', 'others']);
});

test('arrow keys go round a row of buttons', () => {
  assert.deepEqual(['ArrowRight', 'ArrowLeft', 'Home', 'End', 'Tab'].map((key) => nextStop(key, 2, 3)), [0, 1, 0, 2, null]);
  assert.deepEqual(['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'End'].map((key) => nextStop(key, 4, 21, 3)), [5, 3, 7, 1, 20], 'a week of three parts');
  assert.deepEqual([nextStop('ArrowUp', 1, 21, 3), nextStop('ArrowDown', 19, 21, 3)], [19, 1], 'from one end to the other');
});

test('a shortlist has room for so many, and keeps its order and lines', () => {
  const place = (id) => ({ id, name: id, category: 'salon' });
  const two = added(added([], place('a'), 2), place('b'), 2);
  assert.equal(added(two, place('c'), 2), null);
  assert.deepEqual(added(two, place('a'), 2), two);
  assert.deepEqual(moved(two, 'b', -1).map(({ id }) => id), ['b', 'a']);
  assert.deepEqual(moved(two, 'a', -1), two);
  assert.deepEqual(moved(withLine(two, 'a', '一緒に'), 'a', 1).map(({ line }) => line), ['', '一緒に']);
  assert.deepEqual(without(two, 'a').map(({ id }) => id), ['b']);
});

test('a fold says what was chosen in it, in few words', () => {
  const person = fullPerson();
  assert.equal(summaryOf('about', person, { text }), '６４歳・男性');
  assert.equal(summaryOf('gives', person, { text }), '手伝う・教える・大工');
  assert.match(summaryOf('matters', person, { text }), /ほか10$/);
  assert.equal(summaryOf('free', emptyPerson(), { text }), '');
});

test('a circle is as wide as it should be, and a touch of the map is rough', () => {
  const ring = reachCircle([134.8, 35.4], 10_000).geometry.coordinates[0];
  const metres = ([lon, lat]) => Math.hypot((lon - 134.8) * 111_195 * Math.cos(35.4 * Math.PI / 180), (lat - 35.4) * 111_195);
  for (const corner of ring) assert.ok(Math.abs(metres(corner) - 10_000) < 20, `${metres(corner)}`);
  assert.deepEqual(ring[0], ring.at(-1));
  assert.equal(roundedDegrees(134.712_345), 134.712);
});

test('a telephone dials the first number however it is written', () => {
  assert.deepEqual(['０７９－６６２－１２３４', '(079) 662-1234、079-662-9999', '内線12 電話なし'].map(dialableDigits), ['0796621234', '0796621234', '']);
  assert.deepEqual(['090-0000-0000', '+81 79 662 1234', '119'].map(dialableDigits), ['09000000000', '+81796621234', '119']);
  for (const impossible of ['662-1234', '079-662-12345', '00-0000-0000', '123456789012']) assert.equal(dialableDigits(impossible), '', impossible);
});

test('the words to practise with stand in the fragment of the address, and nothing else does', () => {
  assert.equal(practiceWords(`#practice=${encodeURIComponent('畑、花')}`), '畑、花');
  assert.equal(practiceWords('#practice='), '');
  assert.equal(practiceWords('#practice=%E3%8'), '', 'a broken address is practice without words');
  for (const other of ['', '#', '#answers', '#practice', '#xpractice=x']) assert.equal(practiceWords(other), null, other);
});
