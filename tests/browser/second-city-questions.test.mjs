/**
 * Questions to a city without districts, rides or readings: Takamatsu, set up from published files as a new user would. Nothing of its
 * data is in the project; without TSUNAGARI_REAL_DATA the tests are skipped.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { audit } from './axe.mjs';
import { byKeyboard, byTouch } from './resident.mjs';
import { BINARY, count, launch, PHONE, startServer, visit } from './with-server.mjs';

const REAL = process.env.TSUNAGARI_REAL_DATA;
const skip = REAL ? false : 'TSUNAGARI_REAL_DATA is not set';
const LISTS = ['community_center', 'elderly_wedding_house', 'general_center', 'library', 'regional_comprehensive_support_center'];
const site = {};

/** Makes the city's data folder and fills the database of the server in `folder`. */
function prepare(folder) {
  const [data, db] = [join(folder, 'data'), join(folder, 'test.sqlite')];
  const run = (...args) => execFileSync(BINARY, args, { stdio: 'ignore' });
  run('init', '37201', '--dir', data, '--name', '高松市', '--kana', 'たかまつし', '--from',
    join(REAL, 'boundaries/37201_takamatsu.geojson'), join(REAL, 'geocode/geolonia_takamatsu_machiaza.json'));
  for (const list of LISTS) run('import', 'places', '--data', data, '--db', db, join(REAL, `resources/takamatsu/${list}.xlsx`));
  return data;
}

before(async () => {
  if (skip) return;
  const server = await startServer(prepare);
  const browser = await launch();
  Object.assign(site, server, {
    base: server.public, browser,
    stop: async () => {
      await browser.close();
      await server.stop();
    },
  });
});
after(() => site.stop?.());

test('a city without districts is grouped by town, alike by server and script', { skip }, async () => {
  const drawn = [];
  for (const javaScriptEnabled of [false, true]) {
    await visit(site, '/?by=district', { javaScriptEnabled }, async (page) => {
      assert.equal(await page.locator('a[data-district]').count(), 0);
      assert.ok((await page.locator('a[data-town]').count()) > 20);
      drawn.push(await page.locator('#list h3').allTextContents());
    });
  }
  assert.ok(drawn[0].length > 20, `${drawn[0].length} groups`);
  assert.deepEqual(drawn[1], drawn[0]);
});

test('what no list says is unknown, not no', { skip }, () => visit(site, '/?fact=step_free', PHONE, async (page) => {
  assert.equal(await count(page), 0);
  assert.match(await page.locator('#count-more').textContent(), /分からないもの\d+件/);
  assert.ok(await page.locator('#list .card').count() > 20);
  await audit(page);
}));

test('a town is found by its name, and orders the list by distance', { skip }, () => visit(site, '/', {}, async (page) => {
  const town = await page.evaluate(async () => (await (await fetch('/search.json')).json()).starts[0][0]);
  await page.locator('[data-fold="when"] summary').click();
  await page.fill('#from', town);
  await page.locator('#from-form button[type="submit"]').click();
  await page.waitForFunction((name) => document.querySelector('#list h3').textContent.startsWith(name), town);
  await page.fill('#from', 'そんなところはない');
  await page.locator('#from-form button[type="submit"]').click();
  assert.match(await page.locator('#from-note').textContent(), /見つかりません/);
}));

test('its towns can be chosen as districts are elsewhere, alike by server and script', { skip }, () => visit(site, '/', {}, async (page) => {
  await page.locator('[data-fold="district"] summary').click();
  const chip = page.locator('a[data-town]').first();
  const [town, n] = [await chip.getAttribute('data-town'), Number(await chip.locator('.n').textContent())];
  await chip.click();
  assert.equal(await count(page), n);
  assert.equal(new URL(page.url()).searchParams.get('town'), town);
  const data = await page.request.get(new URL(await page.getAttribute('#download', 'href'), site.base).href);
  assert.equal((await data.json()).features.length, n);
  await visit(site, `/?town=${encodeURIComponent(town)}`, { javaScriptEnabled: false }, async (plain) => assert.equal(await count(plain), n));
}));

test('a resident asks in a sentence, reads where and when, and holds a sheet with a map, by touch and by keyboard', { skip }, async () => {
  const wish = { sentence: '平日の午前に段差なしの体操', kind: /./ };
  for (const [options, act] of [[PHONE, byTouch], [{}, byKeyboard]]) {
    await visit(site, '/', options, async (page) => {
      const { where, when } = await act(page, wish);
      assert.ok(where && when, `${where} ${when}`);
    });
  }
});
