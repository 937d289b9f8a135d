import assert from 'node:assert/strict';
import test from 'node:test';
import { cards, count, PHONE, ready, visit, withServerAndBrowser } from './with-server.mjs';

const site = withServerAndBrowser();

const WITHOUT_SCRIPT = { javaScriptEnabled: false };
const lines = (page) => page.locator('#list').evaluate((list) => list.innerHTML.replaceAll('&amp;', '&').replaceAll(/<p class="next">.*?<\/p>/g, '').split(/(?=<li class="card)/));

test('the list works without script: search, chips and the page of a place', () => visit(site, '/', WITHOUT_SCRIPT, async (page) => {
  const all = await count(page);
  assert.ok(all > 100, `${all} places`);
  assert.equal((await cards(page)).length, Math.min(all, 200));
  await page.fill('#q', 'サロン');
  await page.click('.search button');
  const found = await count(page);
  assert.ok(found > 0 && found < all);
  await page.locator('a[data-category]:not(.empty)').first().click();
  assert.match(page.url(), /\?q=.+&category=/);
  assert.ok((await count(page)) <= found);
  const name = await page.locator('.card .name a').first().textContent();
  await page.locator('.card .name a').first().click();
  assert.equal(await page.locator('h1').textContent(), name);
  await page.click('.back a');
  assert.match(page.url(), /\?q=.+&category=/);
}));

test('the map and its tabs are not shown where script does not run', () => visit(site, '/', WITHOUT_SCRIPT, async (page) => {
  assert.equal(await page.locator('#map-pane').isVisible(), false);
  assert.equal(await page.locator('.tabs').isVisible(), false);
}));

for (const query of ['', '?by=district', '?category=salon&lang=en', '?q=%E3%82%B5%E3%83%AD%E3%83%B3&lang=easy', '?q=zzzz']) {
  test(`script draws the list of "${query}" as the server does`, async () => {
    const drawn = [];
    await visit(site, `/${query}`, { ...WITHOUT_SCRIPT }, async (page) => drawn.push({ lines: await lines(page), count: await count(page) }));
    await visit(site, `/${query}`, {}, async (page) => drawn.push({ lines: await lines(page), count: await count(page) }));
    const [server, script] = drawn;
    assert.equal(script.count, server.count);
    server.lines.forEach((line, i) => assert.equal(script.lines[i], line));
    assert.equal(script.lines.length, server.lines.length);
  });
}

test('the list follows what is typed, in any script and width, and so does the address', () => visit(site, '/', {}, async (page) => {
  const all = await count(page);
  await page.fill('#q', 'ｻﾛﾝ');
  await page.waitForFunction((n) => Number(document.querySelector('#count').textContent.replace(/\D/g, '')) < n, all);
  const found = await count(page);
  assert.ok(found > 0);
  assert.equal(new URL(page.url()).searchParams.get('q'), 'ｻﾛﾝ');
  await page.reload();
  await ready(page);
  assert.equal(await count(page), found);
  assert.equal(await page.inputValue('#q'), 'ｻﾛﾝ');
}));

test('chips narrow the list without loading, keep their place and can be taken back', () => visit(site, '/', {}, async (page) => {
  const all = await count(page);
  let loads = 0;
  page.on('load', () => { loads += 1; });
  const chip = page.locator('a[data-category]:not(.empty)').first();
  const promised = Number(await chip.locator('.n').textContent());
  const before = await chip.boundingBox();
  await chip.click();
  assert.equal(await count(page), promised);
  assert.equal(await chip.getAttribute('aria-current'), 'true');
  const now = await chip.boundingBox();
  assert.deepEqual([now.x, now.y], [before.x, before.y]);
  assert.match(page.url(), /\?category=/);
  await page.goBack();
  assert.equal(await count(page), all);
  await page.goForward();
  assert.equal(await count(page), promised);
  await page.locator('#chosen .clear').click();
  assert.equal(await count(page), all);
  assert.equal(loads, 0);
}));

test('every number on a chip is what the chip leaves', () => visit(site, '/?by=district', {}, async (page) => {
  await page.locator('[data-fold="district"] summary').click();
  for (const chip of (await page.locator('a[data-district]').all()).slice(0, 5)) {
    const promised = Number(await chip.locator('.n').textContent());
    await chip.click();
    assert.equal(await count(page), promised, await chip.textContent());
    await chip.click();
  }
}));

test('a place opens beside the map, has an address of its own, and the way back leads to the same spot', () => visit(site, '/', {}, async (page) => {
  const link = page.locator('.card .name a').nth(12);
  const name = await link.textContent();
  await link.scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  await link.click();
  await page.waitForSelector('#detail h1');
  assert.equal(await page.locator('h1:visible').textContent(), name);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
  assert.match(page.url(), /[?&]place=/);
  assert.equal(await page.title(), `${name} | 養父市つながりマップ`);
  await page.click('.back a');
  await page.waitForSelector('#browse:not(.behind)');
  assert.ok(Math.abs((await page.evaluate(() => scrollY)) - before) < 2);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), name);
  await page.goBack();
  await page.waitForSelector('#detail h1');
}));

test('?place= opens the place with script and without', async () => {
  let id = '';
  await visit(site, '/', WITHOUT_SCRIPT, async (page) => { id = await page.locator('.card').first().getAttribute('data-place'); });
  for (const options of [WITHOUT_SCRIPT, {}, PHONE]) {
    await visit(site, `/?place=${id}`, options, async (page) => {
      assert.equal(await page.locator('#detail article').getAttribute('data-place'), id);
      assert.equal(await page.locator('h1:visible').count(), 1);
    });
  }
});

test('the page of a place says what is unknown, and links a telephone', () => visit(site, '/', WITHOUT_SCRIPT, async (page) => {
  await page.locator('.card .name a').first().click();
  assert.match(await page.locator('.unknown-facts summary').textContent(), /^分からないこと：.+電話で聞いてください/);
  assert.equal(await page.locator('.unknown-facts li').first().isVisible(), false);
  await page.locator('.unknown-facts summary').click();
  assert.ok(await page.locator('.unknown-facts li').first().isVisible());
  assert.ok((await page.locator('.known li').count()) > 0);
  assert.equal(await page.getByText('いいえ', { exact: true }).count(), 0);
  assert.match(await page.locator('.call').getAttribute('href'), /^tel:\d{9,}$/);
}));

test('private persons are not named: the office is', () => visit(site, '/?category=farm-mentor', WITHOUT_SCRIPT, async (page) => {
  assert.ok((await count(page)) > 0, 'the sample has farming mentors');
  await page.locator('.card .name a').first().click();
  assert.equal(await page.getByText('窓口', { exact: false }).count() > 0, true);
  assert.match(await page.locator('.contact').textContent(), /個人の方/);
  assert.equal(await page.locator('dd').getByText('建物の位置です。').count(), 0);
}));

test('places without a position stand in their own group at the end', () => visit(site, '/', {}, async (page) => {
  const headings = await page.locator('.group h3').allTextContents();
  assert.match(headings.at(-1), /^地図にまだのせていない場所/);
}));

test('an address that leads nowhere is answered kindly', () => visit(site, '/places/nobody', { expectFaults: /404/ }, async (page, response) => {
  assert.equal(response.status(), 404);
  assert.equal(await page.locator('h1').textContent(), 'ページが見つかりません');
  await page.click('main a');
  assert.ok((await count(page)) > 0);
}));

test('the language follows the reader and can be switched', async () => {
  await visit(site, '/', { locale: 'en-GB' }, async (page) => {
    assert.equal(await page.getAttribute('html', 'lang'), 'en');
    await page.click('a[data-lang="easy"]');
    await ready(page);
    assert.equal(await page.getAttribute('html', 'lang'), 'ja');
    assert.equal(await page.locator('.search button').textContent(), 'さがす');
    await page.locator('a[data-category]:not(.empty)').first().click();
    assert.match(page.url(), /\.easy\.html/);
  });
});

test('all can be done with the keyboard', () => visit(site, '/', {}, async (page) => {
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement.matches('.card .name a'))) break;
  }
  const name = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press('Enter');
  await page.waitForSelector('#detail h1');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), name);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#browse:not(.behind)');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), name);
}));

test('the data of the list is the list', () => visit(site, '/', {}, async (page) => {
  await page.locator('a[data-category]:not(.empty)').first().click();
  const shown = await count(page);
  const url = await page.getAttribute('#download', 'href');
  const response = await page.request.get(new URL(url, site.base).href);
  assert.equal(response.status(), 200, url);
  assert.equal((await response.json()).features.length, shown);
}));
