import assert from 'node:assert/strict';
import test from 'node:test';
import { audit, WIDTHS } from './axe.mjs';
import { change, enterWords, settled, visitFinder } from './finder.mjs';
import { PHONE, withServerAndBrowser } from './with-server.mjs';

const site = withServerAndBrowser();

/** Everything that the page can show at once: words that are and are not understood, every fold, marks, a shortlist. */
async function fill(page) {
  await enterWords(page, 'from-town', '加保');
  for (const words of ['囲碁', 'ぬぬぬ']) await enterWords(page, 'likes', words);
  for (const summary of await page.locator('.finder-form .fold > summary').all()) await summary.click();
  await change(page, () => page.check('[data-field="avoid"][value="outdoor"]'));
  await change(page, () => page.check('[data-field="matters"][value="step_free"]'));
  await change(page, () => page.fill('#age', '64'));
  const closed = page.locator('#groups > details:not([open]) > summary');
  while ((await closed.count()) > 0) await closed.first().click();
  for (const reason of await page.locator('.excluded details > summary').all()) await reason.click();
  for (const nth of [0, 1]) await page.locator('.choose').nth(nth).click();
  await settled(page);
}

for (const [width, options] of Object.entries(WIDTHS)) {
  test(`axe finds nothing on the finder (${width})`, () => visitFinder(site, { ...options, map: true }, async (page) => {
    await settled(page);
    await audit(page);
    await fill(page);
    if (options.isMobile) await page.click('#map-show');
    await page.waitForFunction(() => window.tsunagari?.map);
    await audit(page);
    await page.fill('#input-likes', 'い');
    assert.ok((await page.locator('#options-likes li').count()) > 1);
    await page.press('#input-likes', 'ArrowDown');
    await page.fill('#age', '二百');
    await page.click('#reset');
    await audit(page, 'with suggestions, an error and the dialog');
  }));
}

test('nothing of the finder is wider than a screen of 320 px', () => visitFinder(site, { viewport: { width: 320, height: 640 } }, async (page) => {
  await fill(page);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
}));

test('what one presses in the finder is large enough for a thumb', () => visitFinder(site, PHONE, async (page) => {
  await fill(page);
  const small = await page.locator('#finder :is(a, button, summary, select, input[type="text"], .choice, .week label):visible')
    .evaluateAll((list) => list.filter((e) => !e.closest('.excluded li, .maplibregl-map') && e.getBoundingClientRect().height < 43.5)
      .map((e) => `${e.className} ${e.textContent.trim()} ${e.getBoundingClientRect().height}`));
  assert.deepEqual(small, []);
}));

test('one status says how many, once', () => visitFinder(site, {}, async (page) => {
  const said = [];
  await page.exposeFunction('heard', (words) => said.push(words));
  await page.evaluate(() => new MutationObserver(() => window.heard(document.querySelector('#count').textContent))
    .observe(document.querySelector('#count'), { childList: true, characterData: true, subtree: true }));
  await enterWords(page, 'likes', '囲碁');
  await page.click('#field-matters summary');
  await change(page, () => page.check('[data-field="matters"][value="quiet"]'));
  assert.equal(said.length, 1, `what matters orders and does not count: ${said.join()}`);
  assert.match(said[0], /^合うもの \d+件$/);
}));

test('on paper the finder is light and without what one can only press', () => visitFinder(site, { colorScheme: 'dark' }, async (page) => {
  await fill(page);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
  for (const hidden of ['#finder-map', '.finder-form', '#reset', '.choose >> nth=0']) assert.equal(await page.locator(hidden).isVisible(), false, hidden);
}));
