import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';

const root = new URL('../../', import.meta.url);
const text = (path) => readFileSync(new URL(path, root), 'utf8');
const tableOf = (lang) => `web/lang/${lang}.json`;
const tables = Object.fromEntries(['ja', 'easy', 'en'].map((lang) => [lang, JSON.parse(text(tableOf(lang)))]));
const withoutComments = (path) => text(path).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
const names = (folder, end) => readdirSync(new URL(folder, root), { recursive: true }).map(String)
  .filter((name) => name.endsWith(end) && !name.startsWith('vendor')).map((name) => folder + name);

/** Every script that `name` loads, itself included, at once or later. */
const loaded = (name, found = new Set()) => {
  if (found.has(name)) return found;
  found.add(name);
  for (const [, path] of withoutComments(name).matchAll(/\b(?:from|import)[\s(]*'(\.{1,2}\/[^']+\.js)'/g)) {
    loaded(new URL(path, new URL(name, root)).href.slice(root.href.length), found);
  }
  return found;
};

/**
 * Two kinds of pages have words of their own: the residents', in three languages, and the link workers', in Japanese alone. A script
 * is the residents' where their page loads it; a part of `publish` is where it names a language (`Lang`) and no table (`Texts`).
 */
const residentScripts = loaded('web/main.js');
const isResidents = (name) => {
  if (name.endsWith('.js')) return residentScripts.has(name);
  return /\bLang\b/.test(text(name)) && !/\bTexts\b|\btexts\("/.test(text(name));
};
const sources = [...names('web/', '.js'), ...names('src/publish/', '.rs')];
const code = sources.filter(isResidents).map(text).join('\n');
const workerCode = sources.filter((name) => !isResidents(name)).map(text).join('\n');
const workerFiles = names('web/lang/', '.json').filter((name) => !Object.keys(tables).map(tableOf).includes(name));

test('both kinds of pages are seen', () => {
  assert.ok(residentScripts.size > 15 && residentScripts.has('web/map.js'), [...residentScripts].join(' '));
  assert.ok(workerFiles.length > 5 && sources.filter(isResidents).length < sources.length / 2);
});

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
  for (const name of names('web/', '.js')) {
    const plain = withoutComments(name).replace(/「|」|、|・|×/g, '');
    assert.doesNotMatch(plain, /[\u3040-\u30ff\u4e00-\u9fff]/, name);
  }
});

test('every text of the link workers’ pages says something and is used', () => {
  for (const file of workerFiles) {
    for (const [key, value] of Object.entries(JSON.parse(text(file)))) {
      assert.ok(value.trim(), `${file}: ${key} is empty`);
      // A key may be put together while running: what stands before its last dot is then in the code.
      const start = key.slice(0, key.lastIndexOf('.') + 1);
      const quoted = (words, ends) => ends.some(([open, close]) => workerCode.includes(open + words + close));
      const used = quoted(key, [['"', '"'], ["'", "'"]]) || (start && quoted(start, [['"', ''], ["'", ''], ['`', '']]));
      assert.ok(used, `${file}: ${key} is used nowhere`);
    }
  }
});

test('every text that the link workers’ pages use exists', () => {
  const keys = new Set(workerFiles.flatMap((file) => Object.keys(JSON.parse(text(file)))));
  for (const [, key] of workerCode.matchAll(/(?:text|fill)\(\s*["']([a-z_]+(?:\.[a-z_]+)+)["']/g)) assert.ok(keys.has(key) || key in tables.ja, `${key} is missing`);
});
