import assert from 'node:assert/strict';
import test from 'node:test';
import { audit, WIDTHS } from './axe.mjs';
import { mapReady, PHONE, visit, withServerAndBrowser } from './with-server.mjs';

const site = withServerAndBrowser();

for (const [width, options] of Object.entries(WIDTHS)) {
  test(`axe finds nothing on the list (${width})`, () => visit(site, '/', { ...options, map: true }, async (page) => {
    await audit(page);
  }));

  test(`axe finds nothing on a filtered list, a place, a missing page (${width})`, () =>
    visit(site, '/?category=salon&q=a&lang=en', { ...options, expectFaults: /404/ }, async (page) => {
      await audit(page);
      await page.goto(`${site.base}/?lang=easy&category=salon`);
      const id = await page.locator('.card').first().getAttribute('data-place');
      for (const path of [`/places/${id}`, `/?place=${id}&by=district&category=salon`, '/places/nobody']) {
        await page.goto(site.base + path);
        await audit(page, path);
      }
    }));
}

test('axe finds nothing on what is unknown, on nothing at all, on a month and with the largest letters', () =>
  visit(site, '/?fact=step_free&when=mon&district=oya', PHONE, async (page) => {
    for (const path of ['/?fact=step_free&when=mon&district=oya', '/?q=zzzz&lang=easy', '/month?district=oya', '/month?lang=en']) {
      await page.goto(site.base + path);
      await audit(page, path);
    }
    await page.goto(`${site.base}/?q=%E7%8F%88%E7%90%B2`);
    await page.locator('[data-size="largest"]').click();
    await audit(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  }));

test('axe finds nothing with the filters open, or with the map on a phone', () => visit(site, '/?category=salon', { ...PHONE, map: true }, async (page) => {
  for (const summary of await page.locator('summary').all()) await summary.click();
  await audit(page);
  await page.click('[data-show="map"]');
  await page.waitForFunction(() => window.tsunagari?.map, null, { timeout: 20_000 });
  await audit(page);
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
    assert.equal(await page.locator(hidden).filter({ visible: true }).count(), 0, hidden);
  }
  assert.equal(await page.locator('.card .phone').first().isVisible(), true);
}));

/** Waits until the server has compressed the list, which it does behind the requests of visitors. */
async function compressed() {
  const encoding = async () => (await fetch(`${site.base}/`, { headers: { 'accept-encoding': 'br' } })).headers.get('content-encoding');
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    if ((await encoding()) === 'br') return;
    await new Promise((done) => { setTimeout(done, 100); });
  }
  throw new Error('the list is not compressed in time');
}

test('the bytes a phone loads stay few', async () => {
  await compressed();
  await visit(site, '/', PHONE, async (page) => {
    const sizes = await page.evaluate(() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .map((entry) => [new URL(entry.name).pathname, entry.encodedBodySize]));
    const total = sizes.reduce((sum, [, size]) => sum + size, 0);
    // With all that search and filters need, so that no question leaves the phone.
    assert.ok(total < 150_000, `${total} bytes: ${JSON.stringify(sizes)}`);
    const readable = sizes.filter(([path]) => path === '/' || path.endsWith('.css')).reduce((sum, [, size]) => sum + size, 0);
    assert.ok(readable <= 30_000, `${readable} bytes to a list that can be read: ${JSON.stringify(sizes)}`);
  });
});

test('the bytes a desk loads with the map stay few, and a second visit loads nothing but what may have changed', async () => {
  await compressed();
  const context = await site.browser.newContext({ viewport: { width: 1280, height: 860 }, locale: 'ja-JP', serviceWorkers: 'block' });
  const page = await context.newPage();
  const load = async () => {
    await page.goto(site.base);
    await mapReady(page);
    return page.evaluate(() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .map((entry) => ({ path: new URL(entry.name).pathname, size: entry.encodedBodySize, sent: entry.transferSize })));
  };
  const first = await load();
  const total = first.reduce((sum, { size }) => sum + size, 0);
  // The library of the map alone is three quarters of it.
  assert.ok(total <= 660_000, `${total} bytes: ${JSON.stringify(first)}`);
  const again = await load();
  const bodies = again.filter(({ path, size, sent }) => path.includes('/assets/') && sent > 400 && sent >= size);
  assert.deepEqual(bodies, []);
  await context.close();
});

test('nothing moves for readers who asked for stillness', () => visit(site, '/#map=12.00/35.40500/134.77000', { reducedMotion: 'reduce', map: true }, async (page) => {
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
