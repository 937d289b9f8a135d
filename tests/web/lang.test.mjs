import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';

const root = new URL('../../', import.meta.url);
const text = (path) => readFileSync(new URL(path, root), 'utf8');
const tables = Object.fromEntries(['ja', 'easy', 'en'].map((lang) => [lang, JSON.parse(text(`web/lang/${lang}.json`))]));
const names = (folder, end) => readdirSync(new URL(folder, root), { recursive: true }).map(String)
  .filter((name) => name.endsWith(end) && !name.startsWith('vendor')).map((name) => folder + name);
/** All code of pages, at any depth: a key counts as used wherever its page lives. */
const sources = [...names('web/', '.js'), ...names('src/publish/', '.rs'), ...names('src/http/', '.rs')];
const code = sources.map(text).join('\n');
const linkWorkerFiles = names('web/lang/link-worker/', '.json');
const planFiles = names('web/lang/plan/', '.json');
const linkWorkerKeys = new Set([...linkWorkerFiles, ...planFiles].flatMap((file) => Object.keys(JSON.parse(text(file)))));

/** Keys that code composes at run time: the facts of `AccessFact` and their answers, times, months, sizes of text, relations of links, and the locale of MapLibre. */
const COMPOSED = /^(lang\.|access\.|answer\.|map\.locale\.|when\.|size\.|month\.\d|service\.rel\.|suggest\.(name|schedule|venue|address|phone|url|cost|eligibility)$)/;

test('sources are read at every depth', () => {
  for (const folder of [/^web\/[^/]+$/, /^web\/[^/]+\/[^/]+$/, /^src\/publish\/[^/]+$/, /^src\/publish\/.+\/.+\/[^/]+$/]) {
    assert.ok(sources.some((name) => folder.test(name)), String(folder));
  }
});

test('every language has the same keys and no empty message', () => {
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
    if (!COMPOSED.test(key)) assert.ok(code.includes(`"${key}"`) || code.includes(`'${key}'`), `${key} is used nowhere`);
  }
});

test('every key that is used exists', () => {
  for (const [, key] of code.matchAll(/(?:text|fill|row|row_if|words)\(\s*["']([a-z_]+(?:\.[a-z_]+)*)["']/g)) {
    if (key.includes('.') || key === 'unknown' || key === 'yes' || key === 'no') assert.ok(key in tables.ja || linkWorkerKeys.has(key), `${key} is missing`);
  }
});

test('no text for people stands in code', () => {
  const comments = /\/\*[\s\S]*?\*\/|\/\/.*$/gm;
  for (const name of names('web/', '.js')) {
    const plain = text(name).replace(comments, '').replace(/「|」|、|・|×/g, '');
    assert.doesNotMatch(plain, /[\u3040-\u30ff\u4e00-\u9fff]/, name);
  }
});

test('the planners’ page has the same messages in each of its languages', () => {
  const [first, ...others] = planFiles.map((file) => Object.keys(JSON.parse(text(file))).sort());
  assert.ok(others.length > 0);
  for (const other of others) assert.deepEqual(other, first);
});

test('every message of the link workers’ and the planners’ pages is used and not empty', () => {
  for (const file of [...linkWorkerFiles, ...planFiles]) {
    for (const [key, value] of Object.entries(JSON.parse(text(file)))) {
      assert.ok(value.trim(), `${file}: ${key} is empty`);
      // Code may compose a key at run time; it then contains the part before the last dot.
      const start = key.slice(0, key.lastIndexOf('.') + 1);
      const quoted = (words, ends) => ends.some(([open, close]) => code.includes(open + words + close));
      const used = quoted(key, [['"', '"'], ["'", "'"]]) || (start && quoted(start, [['"', ''], ["'", ''], ['`', '']]));
      assert.ok(used, `${file}: ${key} is used nowhere`);
    }
  }
});
