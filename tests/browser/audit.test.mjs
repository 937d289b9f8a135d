import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import test from 'node:test';
import { PHONE, visit, withServerAndBrowser } from './with-server.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const site = withServerAndBrowser();

/** axe is run in a site of its own, so that the page's policy stays as strict as it is. */
async function violations(page) {
  await page.addInitScript({ path: AXE });
  await page.reload();
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(300);
  const { violations: found } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.failureSummary.slice(0, 160)}`).join(' | ')}`);
}

const LOOKS = { light: {}, dark: { colorScheme: 'dark' }, 'on a phone': PHONE, 'dark on a phone': { ...PHONE, colorScheme: 'dark' } };
for (const [look, options] of Object.entries(LOOKS)) {
  test(`axe finds nothing on the list (${look})`, () => visit(site, '/', options, async (page) => {
    assert.deepEqual(await violations(page), []);
  }));

  test(`axe finds nothing on a filtered list, a place, a missing page (${look})`, () =>
    visit(site, '/?category=salon&q=a&lang=en', { ...options, expectFaults: /404/ }, async (page) => {
      assert.deepEqual(await violations(page), []);
      await page.goto(`${site.base}/?lang=easy`);
      const id = await page.locator('.card').first().getAttribute('data-place');
      for (const path of [`/places/${id}`, `/?place=${id}&by=district`, '/places/nobody']) {
        await page.goto(site.base + path);
        assert.deepEqual(await violations(page), [], path);
      }
    }));
}

test('axe finds nothing with the filters open, or with the map on a phone', () => visit(site, '/', PHONE, async (page) => {
  await page.addInitScript({ path: AXE });
  await page.reload();
  for (const summary of await page.locator('summary').all()) await summary.click();
  const run = () => page.evaluate(async () => (await window.axe.run(document)).violations.map((v) => `${v.id} ${v.nodes[0].target}`));
  assert.deepEqual(await run(), []);
  await page.click('[data-show="map"]');
  await page.waitForFunction(() => window.tsunagari?.map, null, { timeout: 20_000 });
  assert.deepEqual(await run(), []);
}));

test('nothing is wider than a screen of 320 px', async () => {
  for (const path of ['/', '/?lang=en&category=salon', '/?lang=easy']) {
    await visit(site, path, { viewport: { width: 320, height: 640 } }, async (page) => {
      for (const summary of await page.locator('summary').all()) await summary.click();
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320, path);
      await page.locator('.card .name a').first().click();
      await page.waitForSelector('#detail h1');
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320, 'detail');
    });
  }
});

test('what one presses is large enough for a thumb', () => visit(site, '/', PHONE, async (page) => {
  for (const summary of await page.locator('summary').all()) await summary.click();
  const small = await page.locator('a:visible, button:visible, input:visible, summary:visible').evaluateAll((list) => list
    .filter((e) => !e.closest('.card, .site-footer, .download, .skip') && e.getBoundingClientRect().height < 43.5)
    .map((e) => `${e.textContent.trim()} ${e.getBoundingClientRect().height}`));
  assert.deepEqual(small, []);
}));

test('paper is light and has neither map nor buttons', () => visit(site, '/', { colorScheme: 'dark' }, async (page) => {
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.card .when')).color), 'rgb(26, 26, 26)');
  for (const hidden of ['#map-pane', '.search', '.folds', '.languages', '.download']) {
    assert.equal(await page.locator(hidden).isVisible(), false, hidden);
  }
  assert.equal(await page.locator('.card .phone').first().isVisible(), true);
}));

test('the bytes a phone loads stay few', () => visit(site, '/', PHONE, async (page) => {
  const sizes = await page.evaluate(() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .map((entry) => [new URL(entry.name).pathname, entry.encodedBodySize]));
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  assert.ok(total < 120_000, `${total} bytes: ${JSON.stringify(sizes)}`);
}));

test('nothing moves for readers who asked for stillness', () => visit(site, '/', { reducedMotion: 'reduce' }, async (page) => {
  await page.waitForFunction(() => window.tsunagari.map.queryRenderedFeatures({ layers: ['cluster'] }).length > 0);
  const cluster = await page.evaluate(() => {
    const [first] = window.tsunagari.map.queryRenderedFeatures({ layers: ['cluster'] });
    const { x, y } = window.tsunagari.map.project(first.geometry.coordinates);
    return { x, y };
  });
  const box = await page.locator('#map').boundingBox();
  await page.mouse.click(box.x + cluster.x, box.y + cluster.y);
  await page.waitForTimeout(150);
  assert.equal(await page.evaluate(() => window.tsunagari.map.isMoving()), false);
}));
