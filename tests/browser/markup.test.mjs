/** Every page as the server writes it, before any script: valid HTML by html-validate's rules for documents. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { HtmlValidate } from 'html-validate';
import { withServerAndBrowser } from './with-server.mjs';

const site = withServerAndBrowser();

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    // Written by a program: how it is spelt is no matter of validity.
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    'doctype-style': 'off',
    'attr-quotes': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'no-inline-style': 'off',
    'long-title': 'off',
    'require-sri': 'off',
    // Matters of taste: a label on a list (axe judges it), a listbox with several columns, hyphens in telephone numbers.
    'aria-label-misuse': 'off',
    'prefer-native-element': 'off',
    'tel-non-breaking': 'off',
    // Two, of which one is shown: on a telephone the map is a page of its own.
    'heading-level': ['error', { allowMultipleH1: true }],
    // Firefox restores what was ticked after a reload unless each box says otherwise; on a shared computer that was somebody's wish.
    'valid-autocomplete': 'off',
  },
});

const PUBLIC = ['/', '/?lang=en&category=salon', '/?lang=easy&by=district', '/?q=%E5%9B%B2%E7%A2%81', '/?q=nothing-like-it', '/link-workers', '/guide', '/places/nobody'];
const INTERNAL = ['/', '/find', '/unmet', '/guide', '/link-workers', '/sheets', '/sheets/referral', '/sheets/report', '/sheets/assessment'];

async function faultsOf(base, path) {
  const response = await fetch(base + path, { headers: { accept: 'text/html' } });
  const html = await response.text();
  assert.match(html, /^<!doctype html>/i, `${path} is a page`);
  const { results } = await validator.validateString(html, path);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message, line, column, selector }) => `${path}:${line}:${column} ${ruleId}: ${message} (${selector})`));
}

for (const [name, paths] of [['public', PUBLIC], ['internal', INTERNAL]]) {
  test(`every page of the ${name} address is valid HTML`, async () => {
    const faults = [];
    for (const path of paths) faults.push(...await faultsOf(site[name], path));
    assert.deepEqual(faults, []);
  });
}

test('the page of a place is valid HTML', async () => {
  const places = await (await fetch(`${site.public}/places.geojson`)).json();
  const faults = [];
  for (const { id } of places.features.filter((_, at) => at % 20 === 0)) faults.push(...await faultsOf(site.public, `/places/${encodeURIComponent(id)}`));
  assert.deepEqual(faults, []);
});
