import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { dataUrl, listUrl, monthUrl, parseState, placeUrl, printUrl, stateUrl, toggled } from '../../web/state.js';

const cases = JSON.parse(readFileSync(new URL('../address-cases.json', import.meta.url), 'utf8'));

test('addresses are read and written as the cases shared with Rust say', () => {
  for (const { in: query, url, file, data, xlsx } of cases) {
    const state = parseState(`?${query}`);
    assert.equal(listUrl(state), file, query);
    assert.equal(`/${dataUrl(state)}`, data, query);
    assert.equal(`/${dataUrl(state, 'xlsx')}`, xlsx, query);
    assert.equal(listUrl(parseState(url.slice(1))), file, query);
  }
});

test('what the map shows stands behind # and comes back as it was', () => {
  const state = parseState('?q=a', '#map=11.50/35.40400/134.76700&inview=1');
  assert.deepEqual(state.map, { zoom: 11.5, lat: 35.404, lon: 134.767 });
  assert.equal(stateUrl(state), 'index.html?q=a#map=11.50/35.40400/134.76700&inview=1');
});

test('a camera off the globe is no camera', () => {
  for (const hash of ['#map=1/2', '#map=11/134.7/35.4', '#map=NaN/0/0', '#map=//', '#map=99/0/0', '#%', '#']) {
    assert.equal(parseState('', hash).map, null, hash);
  }
});

test('the page of a place keeps the way back', () => {
  const state = parseState('?category=salon&offset=200&place=x&lang=en');
  assert.equal(placeUrl(state, 'ab/c'), 'places/ab%2Fc.en.html?category=salon');
});

test('an address without a language is of the language of its page, and the page for frames stays itself', () => {
  const state = parseState('?category=salon', '', { page: 'embed', lang: 'easy' });
  assert.equal(listUrl(state), 'embed.easy.html?category=salon');
  assert.equal(monthUrl(state), 'month.easy.html?category=salon');
  assert.equal(printUrl(parseState('?district=a%20b')), 'print/districts/a%20b.html');
  assert.equal(printUrl(parseState('?district=a&q=x')), 'print.html?q=x&district=a');
});

test('choosing twice changes nothing', () => {
  assert.deepEqual(toggled(toggled(['a'], 'b'), 'b'), ['a']);
});
