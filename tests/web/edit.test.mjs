import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shownDate } from '../../web/edit/checks.js';
import { messagesOf } from '../../web/edit/send.js';
import { answerParts, answerText, changedTexts, mergedTexts } from '../../web/edit/form-texts.js';

test('only texts that somebody changed are sent, whatever the browser did to blanks and line ends', () => {
  const before = { name: '朝の会', note: '一行目\n二行目', phone: '' };
  assert.deepEqual(changedTexts(before, { name: ' 朝の会 ', note: '一行目\r\n二行目', phone: '' }), {});
  assert.deepEqual(changedTexts(before, { name: '夜の会', note: '', cost: '' }), { name: '夜の会', note: '' });
});

test('what one side has changed is taken, and what both have is for somebody to decide', () => {
  const base = { name: '朝の会', note: 'a', phone: '1', cost: '' };
  const theirs = { name: '朝の会', note: 'b', phone: '2', cost: '100円' };
  const { texts, conflicts } = mergedTexts({ base, theirs, yours: { name: '夜の会', phone: '3', cost: '100円' } });
  assert.deepEqual(texts, { name: '夜の会', note: 'b', phone: '3', cost: '100円' });
  assert.deepEqual(conflicts, ['phone'], 'the same change is no conflict');
});

test('an answer about getting in is a word with what the list says of it', () => {
  for (const [short, words, text] of [['○', '', '○'], ['×', ' 送迎はありません ', '×：送迎はありません'], ['', 'きいてください', 'きいてください'], ['', '', '']]) {
    assert.equal(answerText(short, words), text);
    assert.deepEqual(answerParts(text, ['', '○', '×']), { short, words: words.trim() });
  }
  assert.deepEqual(answerParts('○：午前：10時', ['', '○', '×']), { short: '○', words: '午前：10時' });
});

test('dates are shown with their weekdays in any time zone', () => {
  const message = messagesOf({ 'date.short': '{month}月{day}日（{weekday}）', 'date.weekdays': '日,月,火,水,木,金,土' });
  assert.equal(shownDate('2026-11-26T13:30', message), '11月26日（木）13:30');
  assert.equal(shownDate('2027-01-01', message), '1月1日（金）');
});
