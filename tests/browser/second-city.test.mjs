/**
 * A second city, made of published files: an outline with a coast and islands, 大字, lists, and no districts. Skipped where
 * `TSUNAGARI_REAL_DATA` names no folder with them.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { audit } from './axe.mjs';
import { BINARY, cards, count, launch, PHONE, startServer, visit } from './with-server.mjs';

const real = process.env.TSUNAGARI_REAL_DATA ?? '';
const lists = join(real, 'resources/takamatsu');
const skip = real && existsSync(lists) ? false : 'TSUNAGARI_REAL_DATA names no folder with a second city';
const MAP = { map: true };
const site = {};

before(async () => {
  if (skip) return;
  const server = await startServer((folder) => {
    const data = join(folder, 'data');
    const run = (...args) => execFileSync(BINARY, args, { cwd: folder, stdio: 'ignore' });
    run('init', '37201', '--dir', data, '--name', '高松市', '--kana', 'たかまつし', '--from',
      join(real, 'boundaries/37201_takamatsu.geojson'), join(real, 'geocode/geolonia_takamatsu_machiaza.json'));
    const files = readdirSync(lists).filter((name) => name.endsWith('.xlsx')).map((name) => join(lists, name));
    run('import', 'places', '--db', join(folder, 'test.sqlite'), '--data', data, ...files);
    return data;
  });
  Object.assign(site, server, { base: server.public, browser: await launch() });
});
after(async () => {
  await site.browser?.close();
  await site.stop?.();
});

test('its coast, its former towns and its 大字 are there at once', { skip }, () => visit(site, '/', MAP, async (page) => {
  await page.waitForFunction(() => window.tsunagari.map.loaded());
  const drawn = await page.evaluate(() => {
    const { map } = window.tsunagari;
    const names = (layer) => map.queryRenderedFeatures({ layers: [layer] }).map((f) => f.properties.name);
    return { ground: map.queryRenderedFeatures({ layers: ['ground'] }).length, towns: names('town-name'), former: names('former-town-name') };
  });
  assert.ok(drawn.ground > 0);
  assert.ok(new Set(drawn.towns).size >= 5, String(drawn.towns));
  assert.ok(new Set(drawn.former).size >= 2, String(drawn.former));
}));

test('without districts, places are shown at once and never as numbers of districts', { skip }, () => visit(site, '/', MAP, async (page) => {
  await page.waitForFunction(() => window.tsunagari.map.loaded());
  const sizes = await page.evaluate(() => window.tsunagari.map.queryRenderedFeatures({ layers: ['cluster'] }).map((f) => f.properties.point_count));
  assert.ok(sizes.length > 3);
  assert.equal(await page.locator('a[data-district]').count(), 0);
}));

test('kinds without a place are hidden', { skip }, () => visit(site, '/', {}, async (page) => {
  const numbers = await page.locator('a[data-category] .n').allTextContents();
  assert.ok(numbers.length > 3 && numbers.every((n) => n !== '0'), String(numbers));
}));

test('the list is the same with and without script', { skip }, async () => {
  let plain;
  await visit(site, '/', { javaScriptEnabled: false }, async (page) => { plain = await cards(page); });
  await visit(site, '/', {}, async (page) => assert.deepEqual(await cards(page), plain));
});

test('without WebGL the server draws a map with every sign a link', { skip }, async () => {
  const browser = await launch({ gl: false });
  try {
    await visit({ ...site, browser }, '/', { ...MAP, ...PHONE, expectFaults: /WebGL/i }, async (page) => {
      await page.click('[data-show="map"]');
      await page.waitForSelector('#map svg a');
      assert.ok((await page.locator('#map svg a').count()) > 10);
    });
  } finally {
    await browser.close();
  }
});

test('its papers hold every place once, and each has maps', { skip }, () => visit(site, '/print', {}, async (page) => {
  const numbers = await page.locator('.entry-number').allTextContents();
  assert.deepEqual(numbers, numbers.map((_, nth) => String(nth + 1)));
  assert.ok(numbers.length > 100);
  assert.ok((await page.locator('.paper-map svg').count()) > 3);
  await audit(page);
}));

test('the page of a place has a small map and no barrier', { skip }, () => visit(site, '/', {}, async (page) => {
  assert.ok((await count(page)) > 0);
  await page.goto(new URL(await page.locator('.card .name a').first().getAttribute('href'), site.base).href);
  assert.equal(await page.locator('.locator svg').count(), 1);
  await audit(page);
}));

test('what the search suggests is found here', { skip }, () => visit(site, '/', { javaScriptEnabled: false }, async (page) => {
  const words = (await page.locator('#q').getAttribute('placeholder')).replace('例：', '').split('、');
  assert.ok(words.length >= 2, String(words));
  for (const word of words) {
    await page.goto(`${site.base}/?q=${encodeURIComponent(word)}`);
    assert.ok((await count(page)) > 0, word);
  }
}));
