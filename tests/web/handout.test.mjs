import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { dayLabel, isFrequent, weeksOf } from '../../web/handout/calendar.js';
import { distribute } from '../../web/handout/pagination.js';
import { CODE_CHARACTERS, createCode, readCode } from '../../web/handout/paper-code.js';
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

const NOTHING = { tables: 17, district: 0, kind: 0 };

test('half of a code is random: characters that nobody confuses, each as often as the others', () => {
  assert.match(createCode(NOTHING), /^[A-Z3-9]{4}-[A-Z3-9]{4}-[A-Z3-9]{4}$/);
  assert.doesNotMatch(CODE_CHARACTERS, /[01258OILZSB]/);
  let next = 0;
  const counts = {};
  // Every byte once, and so every character equally often.
  while (next < 250) {
    const code = createCode(NOTHING, () => next++ % 256).replaceAll('-', '');
    for (const character of code.slice(4, 10)) counts[character] = (counts[character] ?? 0) + 1;
  }
  assert.ok(Math.max(...Object.values(counts)) - Math.min(...Object.values(counts)) <= 1, JSON.stringify(counts));
  assert.notEqual(createCode(NOTHING), createCode(NOTHING));
});

test('a code says its district and kind again, in any writing', () => {
  for (const [district, kind] of [[0, 0], [1, 12], [24, 25], [624, 624]]) {
    const code = createCode({ tables: 624, district, kind });
    const wide = [...code].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('');
    for (const typed of [code, code.toLowerCase(), code.replaceAll('-', ''), code.replaceAll('-', ' '), ` ${code} `, wide]) {
      assert.deepEqual(readCode(typed, 624), { district, kind }, typed);
    }
  }
});

test('a mistyped code, or one of other tables, says nothing', () => {
  for (let round = 0; round < 20; round++) {
    const code = createCode({ tables: 99, district: 3, kind: 7 }).replaceAll('-', '');
    for (let at = 0; at < code.length; at++) {
      for (const other of CODE_CHARACTERS) {
        const typed = code.slice(0, at) + other + code.slice(at + 1);
        if (other !== code[at]) assert.equal(readCode(typed, 99), null, `${code} ${typed}`);
      }
      const exchanged = code.slice(0, at) + (code[at + 1] ?? '') + code[at] + code.slice(at + 2);
      if (exchanged.length === 12 && exchanged !== code) assert.equal(readCode(exchanged, 99), null, `${code} ${exchanged}`);
    }
    assert.equal(readCode(code, 100), null);
  }
  for (const typed of ['', 'ACDE', 'ACDE-FGHJ', 'ACDE-FGHJ-KMNP-Q', 'O0I1-L2Z5-SB88', '田中']) assert.equal(readCode(typed, 99), null, typed);
});

test('sheets are filled in order, nothing is lost, and a heading is not left alone', () => {
  assert.deepEqual(distribute([20, 30, 60, 50], 100, false), [[0, 1], [2], [3]]);
  assert.deepEqual(distribute([20, 90, 90, 70], 100, true), [[0, 3], [1], [2]]);
  assert.deepEqual(distribute([20, 90, 90, 70], 100, false), [[0], [1], [2], [3]]);
  assert.deepEqual(distribute([20, 300], 100, false), [[0], [1]]);
  assert.deepEqual(distribute([20], 100, true), [[0]]);
});

test('five weeks from any day are whole weeks from Sunday, without a day before or after', () => {
  const weeks = weeksOf({ first: '2026-11-27', last: '2026-12-31' });
  assert.deepEqual(weeks[0], [null, null, null, null, null, '2026-11-27', '2026-11-28']);
  assert.deepEqual(weeks.at(-1), ['2026-12-27', '2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31', null, null]);
  assert.equal(weeks.flat().filter(Boolean).length, 35);
  assert.equal(weeksOf({ first: '2026-11-29', last: '2027-01-02' }).length, 5, 'from a Sunday to a Saturday');
  assert.equal(weeksOf({ first: '2028-02-26', last: '2028-03-31' }).flat().filter(Boolean).length, 35, 'over a leap day');
  assert.deepEqual(['2026-11-27', '2026-11-28', '2026-12-01', '2027-01-01'].map((day) => dayLabel(day, '2026-11-27')), ['11/27', '28', '12/1', '1/1']);
});

test('what is open on most days has no names in the days', () => {
  const days = Array.from({ length: 35 }, (_, day) => new Date(Date.UTC(2026, 10, 27 + day)).toISOString().slice(0, 10));
  const calendar = (every) => ({ last: days.at(-1), entries: days.filter((_, at) => at % every === 0).map((date) => ({ date, time: '', number: 1 })) });
  assert.equal(isFrequent(1, calendar(1)), true);
  assert.equal(isFrequent(1, calendar(2)), true);
  assert.equal(isFrequent(1, calendar(7)), false);
  assert.equal(isFrequent(2, calendar(1)), false);
});
