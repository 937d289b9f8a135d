import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { createFold } from '../../web/fold.js';

const read = (path) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
const fold = createFold(read('web/fold-table.json'));

test('folding does what the cases shared with Rust say', () => {
  for (const { in: from, out, same, differ } of read('tests/fold-cases.json')) {
    if (out !== undefined) assert.equal(fold(from), out, from);
    if (same) same.forEach((spelling) => assert.equal(fold(spelling), fold(same[0]), spelling));
    if (differ) assert.equal(new Set(differ.map(fold)).size, differ.length, differ.join());
  }
});

test('folding twice is folding once', () => {
  const characters = [...'か゛が々ゞゝヴァ゙ 　ヶケ之箇っ三1谷Σİｶﾞ・－-①㈱𠮷A'];
  let seed = 7;
  const next = (n) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % n; };
  for (let i = 0; i < 3000; i += 1) {
    const text = Array.from({ length: next(12) }, () => characters[next(characters.length)]).join('');
    assert.equal(fold(fold(text)), fold(text), JSON.stringify(text));
  }
});
