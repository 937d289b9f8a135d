import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';

const root = new URL('../../', import.meta.url);
const text = (path) => readFileSync(new URL(path, root), 'utf8');
const tables = Object.fromEntries(['ja', 'easy', 'en'].map((lang) => [lang, JSON.parse(text(`web/lang/${lang}.json`))]));
const files = (folder, end) => readdirSync(new URL(folder, root)).filter((name) => name.endsWith(end)).map((name) => text(folder + name));
const code = [...files('web/', '.js'), ...files('src/publish/page/', '.rs')].join('\n');

/** Keys that are put together while running: the facts of `AccessFact`, and what MapLibre asks for. */
const PUT_TOGETHER = /^(access\.|map\.locale\.)/;

test('every language has the same keys and says something for each', () => {
  for (const lang of ['easy', 'en']) assert.deepEqual(Object.keys(tables[lang]).sort(), Object.keys(tables.ja).sort());
  for (const table of Object.values(tables)) for (const [key, value] of Object.entries(table)) assert.ok(value.trim(), key);
});

test('every language fills in the same values', () => {
  const blanks = (value) => [...value.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const [key, value] of Object.entries(tables.ja)) {
    for (const table of [tables.easy, tables.en]) assert.deepEqual(blanks(table[key]), blanks(value), key);
  }
});

test('every key is used', () => {
  for (const key of Object.keys(tables.ja)) {
    if (!PUT_TOGETHER.test(key)) assert.ok(code.includes(`"${key}"`) || code.includes(`'${key}'`), `${key} is used nowhere`);
  }
});

test('every key that is used exists', () => {
  for (const [, key] of code.matchAll(/(?:text|fill|row|row_if|words)\(\s*["']([a-z_]+(?:\.[a-z_]+)?)["']/g)) {
    if (key.includes('.') || key === 'unknown' || key === 'yes' || key === 'no') assert.ok(key in tables.ja, `${key} is missing`);
  }
});

test('no text for people stands in code', () => {
  const comments = /\/\*[\s\S]*?\*\/|\/\/.*$/gm;
  for (const name of readdirSync(new URL('web/', root)).filter((n) => n.endsWith('.js'))) {
    const plain = text(`web/${name}`).replace(comments, '').replace(/「|」|、|・|×/g, '');
    assert.doesNotMatch(plain, /[\u3040-\u30ff\u4e00-\u9fff]/, name);
  }
});
