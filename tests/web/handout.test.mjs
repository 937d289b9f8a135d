import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { firstMonth, weeksOf } from '../../web/handout/calendar.js';
import { CODE_CHARACTERS, createCode } from '../../web/handout/handout-code.js';
import { distribute } from '../../web/handout/pagination.js';
import { createRubyMessages, plain } from '../../web/handout/ruby-text.js';

const table = JSON.parse(readFileSync(new URL('../../web/lang/link-worker/handout.json', import.meta.url), 'utf8'));

test('our words are read with their readings, and what is filled in stays as it is', () => {
  const message = createRubyMessages({ a: '{処方箋|しょほうせん}は{name}の', b: 'かな' });
  assert.deepEqual(message('a', { name: '{x|y}' }), [
    { text: '処方箋', reading: 'しょほうせん' }, { text: 'は' }, { text: '{x|y}' }, { text: 'の' },
  ]);
  assert.deepEqual(message('a', { name: [{ text: '大屋', reading: 'おおや' }] })[2], { text: '大屋', reading: 'おおや' });
  assert.equal(plain(message('a')), '処方箋はの');
  assert.deepEqual(message('b'), [{ text: 'かな' }]);
});

test('every kanji of the words on paper has its reading, but for what is read by its number', () => {
  const onPaper = Object.keys(table).filter((key) => !/^(bar|hint|date|qr\.alt|map\.(start|north|alt|alt_from))/.test(key));
  for (const key of onPaper) {
    assert.doesNotMatch(table[key].replace(/\{[^}]*\}/g, '').replace(/年|月|分/g, ''), /[\u4e00-\u9fff]/, key);
  }
});

test('a code has eight characters that nobody confuses, each as often as the others', () => {
  assert.match(createCode(), /^[A-Z3-9]{4}-[A-Z3-9]{4}$/);
  assert.doesNotMatch(CODE_CHARACTERS, /[01258OILZSB]/);
  let next = 0;
  const counts = {};
  // Every byte once, and so every character equally often.
  for (let n = 0; n < 256 / 8; n++) {
    let left = 8;
    const code = createCode(() => { left -= 1; return next++ % 256; });
    for (const character of code.replace('-', '')) counts[character] = (counts[character] ?? 0) + 1;
    assert.ok(left <= 0);
  }
  assert.ok(Math.max(...Object.values(counts)) - Math.min(...Object.values(counts)) <= 1, JSON.stringify(counts));
  assert.notEqual(createCode(), createCode());
});

test('sheets are filled in order, nothing is lost, and a heading is not left alone', () => {
  assert.deepEqual(distribute([20, 30, 60, 50], 100, false), [[0, 1], [2], [3]]);
  assert.deepEqual(distribute([20, 90, 90, 70], 100, true), [[0, 3], [1], [2]]);
  assert.deepEqual(distribute([20, 90, 90, 70], 100, false), [[0], [1], [2], [3]]);
  assert.deepEqual(distribute([20, 300], 100, false), [[0], [1]]);
  assert.deepEqual(distribute([20], 100, true), [[0]]);
});

test('a month begins on Sunday and has all its days', () => {
  const december = weeksOf({ year: 2026, month: 12, starts_on: 2, days: 31, holidays: [] });
  assert.deepEqual(december[0], [0, 0, 1, 2, 3, 4, 5]);
  assert.deepEqual(december.at(-1), [27, 28, 29, 30, 31, 0, 0]);
  assert.equal(weeksOf({ year: 2026, month: 2, starts_on: 0, days: 28, holidays: [] }).length, 4);
});

test('the calendar begins with the first month that has something left', () => {
  const months = [{ year: 2026, month: 11 }, { year: 2026, month: 12 }];
  const entry = (date) => ({ date, time: '', number: 1 });
  assert.equal(firstMonth({ calendar: { months, entries: [entry('2026-12-02')], unread: [] } }), 1);
  assert.equal(firstMonth({ calendar: { months, entries: [entry('2026-11-30'), entry('2026-12-02')], unread: [] } }), 0);
  assert.equal(firstMonth({ calendar: { months, entries: [], unread: [] } }), 0);
});
