/** The exported site on a host of files, below a folder: filter, language, data, places, and no connection. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serveFiles } from './static-server.mjs';
import { BINARY, cards, count, ready, visit, withServerAndBrowser } from './with-server.mjs';

const server = withServerAndBrowser();
const DATA = fileURLToPath(new URL('../../data', import.meta.url));
const host = {};
/** The line of the browser for an address that the host does not have. */
const NOT_THERE = /404 \(Not Found\)/;

/** What was saved. */
async function textOf(download) {
  const file = join(server.folder, download.suggestedFilename());
  await download.saveAs(file);
  return readFileSync(file, 'utf8');
}

/** @type {Promise<void> | undefined} */
let started;

/** Exports the sample, once. */
async function start() {
  const out = join(server.folder, 'site');
  execFileSync(BINARY, ['export', 'site', '--out', out, '--replace', '--db', join(server.folder, 'test.sqlite'), '--data', DATA], { stdio: 'pipe' });
  Object.assign(host, await serveFiles(out), { browser: server.browser });
}

/** Opens a file of the site. */
async function onHost(path, options, act) {
  await (started ??= start());
  return visit(host, path, options, act);
}

after(() => host.stop?.());

test('filters, search, language and the way back work from files alone', () => onHost('', {}, async (page) => {
  const all = await count(page);
  const chip = page.locator('a[data-category]:not(.empty)').first();
  await chip.click();
  const narrowed = await count(page);
  assert.ok(narrowed > 0 && narrowed < all, `${narrowed} of ${all}`);
  assert.match(page.url(), /\/a\/b\/index\.html\?category=/);
  const names = await cards(page);
  await page.reload();
  await ready(page);
  assert.deepEqual(await cards(page), names, 'the address alone brings the filter back');
  await page.click('a[data-lang="en"]');
  await ready(page);
  assert.match(page.url(), /\/a\/b\/index\.en\.html\?category=/);
  assert.equal(await count(page), narrowed);
  await page.locator('.card .name a').first().click();
  await page.locator('article.detail h1').waitFor();
  await page.locator('.back a').click();
  assert.equal(await count(page), narrowed);
  await page.goto(`${host.base}?lang=easy&category=salon`);
  await page.waitForURL(/index\.easy\.html\?category=salon/);
}));

test('what is next at a place is said on its page and card, and every page is below the folder', async () => {
  await onHost('index.html', {}, async (page) => {
    assert.match(await page.locator('.card .next').first().textContent(), /^次は \d+月\d+日/);
    const place = await page.locator('.card:has(.next) .name a').first().getAttribute('href');
    await page.goto(new URL(place, page.url()).href);
    assert.match(await page.locator('.brief-next').textContent(), /^次は \d+月\d+日（.）/);
    await page.goto(`${host.base}print.html?category=salon`);
    assert.match(await page.locator('main [role="status"]').textContent(), /条件をつけた/);
  });
  assert.deepEqual(host.missing.filter((path) => path !== '/favicon.ico'), []);
});

test('the data of any filter is cut from the files with the bytes of the server', () => onHost('index.html?q=%E3%82%B5%E3%83%AD%E3%83%B3&district=oya', { acceptDownloads: true, expectFaults: NOT_THERE }, async (page) => {
  for (const format of ['csv', 'jsonl']) {
    const saved = page.waitForEvent('download');
    await page.click(`.download a[data-format="${format}"]`);
    const own = await textOf(await saved);
    const url = await page.getAttribute(`.download a[data-format="${format}"]`, 'href');
    const answer = await page.request.get(`${server.public}/${url}`);
    assert.equal(own, await answer.text(), format);
    assert.ok(own.split('\n').length > 2, format);
  }
  const saved = page.waitForEvent('download');
  await page.click('.download a[data-format="xlsx"]');
  assert.equal((await saved).suggestedFilename(), 'places.csv');
  assert.match(await page.locator('#download-note').textContent(), /CSV/);
}));

test('without a connection the list, its data and the pages that were read are there, with a word from when', () => onHost('index.html', { serviceWorkers: 'allow', expectFaults: /ERR_CONNECTION_REFUSED|Failed to load resource/ }, async (page) => {
  const all = await count(page);
  const place = new URL(await page.locator('.card .name a').first().getAttribute('href'), page.url()).href;
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const isKept = (url) => page.waitForFunction(async (kept) => (await caches.match(kept)) !== undefined, url, { timeout: 20_000 });
  await isKept(`${host.base}search.json`);
  const assetsAreKept = () => page.waitForFunction(async () => {
    const loaded = performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => name.includes('/assets/'));
    return (await Promise.all(loaded.map((name) => caches.match(name)))).every(Boolean);
  });
  await assetsAreKept();
  await page.goto(place);
  await isKept(place);
  await assetsAreKept();
  // The browser's own switch does not reach what the worker fetches.
  await host.stop();
  await page.goto(`${host.base}index.html?category=salon`);
  await ready(page);
  const found = await count(page);
  assert.ok(found > 0 && found < all, `${found} of ${all}`);
  assert.match(await page.locator('#offline').textContent(), /^つながっていません。\d+月\d+日（.）.*のデータ/);
  await page.goto(place);
  assert.ok(await page.locator('article.detail h1').isVisible());
  await page.locator('#offline').waitFor();
  const keys = await page.evaluate(async () => {
    const names = await caches.keys();
    return (await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((it) => it.url)))).flat();
  });
  assert.ok(keys.length > 20 && keys.every((url) => !url.includes('?') && !url.includes('nearest')), keys.join('\n'));
}));
