/** Lists that are kept by hand, held to what they name: tests in papers, modules that a page preloads. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import test from 'node:test';

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('every test that the paper on accessibility names exists', () => {
  const sources = readdirSync(new URL('../browser', import.meta.url)).map((name) => read(`tests/browser/${name}`)).join('\n');
  const rows = read('docs/accessibility.md').split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| criterion'));
  const named = rows.flatMap((row) => [...(row.split('|')[4] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  assert.ok(named.length > 20, `${named.length} names`);
  assert.deepEqual(named.filter((name) => !sources.includes(name)), []);
});

test('the paper on accessibility has every criterion of WCAG 2.2 at level A and AA', () => {
  const of = (principle, numbers) => numbers.split(' ').map((number) => `${principle}.${number}`);
  const criteria = [
    ...of(1, '1.1 2.1 2.5 3.1 3.2 3.3 3.4 3.5 4.1 4.2 4.3 4.4 4.5 4.10 4.11 4.12 4.13'),
    ...of(2, '1.1 1.2 1.4 2.1 2.2 3.1 4.1 4.2 4.3 4.4 4.5 4.6 4.7 4.11 5.1 5.2 5.3 5.4 5.7 5.8'),
    ...of(3, '1.1 1.2 2.1 2.2 2.3 2.4 2.6 3.1 3.3 3.4 3.7 3.8'), ...of(4, '1.1 1.2 1.3'),
  ];
  const paper = read('docs/accessibility.md');
  assert.deepEqual(criteria.filter((number) => !new RegExp(`(?<![\\d.])${number.replaceAll('.', '\\.')}(?![\\d.])`).test(paper)), []);
});

test('the page preloads exactly the modules that its script imports', () => {
  const seen = new Set();
  const walk = (path) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const [, from] of read(`web/${path}`).matchAll(/^(?:import|export)[^;]*?'(\.[^']+)';/gm)) walk(posix.join(posix.dirname(path), from));
  };
  walk('main.js');
  const preloaded = [...read('src/publish/html/assets.rs').matchAll(/^ {4}"([^"]+)",$/gm)].map(([, path]) => path);
  assert.deepEqual(preloaded.sort(), [...seen].sort());
});
