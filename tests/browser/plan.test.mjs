import assert from 'node:assert/strict';
import test from 'node:test';
import { audit, WIDTHS } from './axe.mjs';
import { internal, PHONE, visit, WIDE, withServerAndBrowser } from './with-server.mjs';

const site = withServerAndBrowser();

const answerOf = (page) => page.locator('.plan-pin-answer').textContent();

/** Waits for an answer to the pin other than `before`. */
const answered = (page, before) => page.waitForFunction((old) => {
  const text = document.querySelector('.plan-pin-answer')?.textContent ?? '';
  return text !== '' && text !== old;
}, before);

for (const [width, options] of Object.entries(WIDTHS)) {
  test(`axe finds nothing on the planners' page and its paper (${width})`, () => visit(site, '/plan?p=2', options, async (page) => {
    for (const summary of await page.locator('summary').all()) await summary.click();
    await audit(page);
    await page.goto(`${site.base}/plan/report?p=2&lang=en`);
    await audit(page);
  }));
}

test('the first sentence says how many people have a place, in both languages', () => visit(site, '/plan', WIDE, async (page) => {
  assert.match(await page.locator('.plan-lead').textContent(), /65歳以上 [\d,]+人のうち [\d,]+人（[\d.]+%）/);
  await page.click('.plan-language a');
  assert.match(await page.locator('.plan-lead').textContent(), /of [\d,]+ people aged 65 and over, [\d,]+ \([\d.]+%\)/);
  assert.equal(await page.locator('.plan').getAttribute('lang'), 'en');
}));

test('a pin that is dragged, or moved by keys, says whom a place there would reach', () => visit(site, '/plan?reach=500', WIDE, async (page) => {
  const map = page.locator('.plan-map svg').first();
  await map.scrollIntoViewIfNeeded();
  const box = await map.boundingBox();
  await page.mouse.click(box.x + box.width * 0.4, box.y + box.height * 0.4);
  await answered(page, '');
  const first = await page.locator('.plan-pin').getAttribute('transform');
  await page.locator('.plan-pin').focus();
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await page.locator('.plan-pin').getAttribute('transform'), first);
  const pin = await page.locator('.plan-pin').boundingBox();
  await page.mouse.move(pin.x + pin.width / 2, pin.y + pin.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.6, { steps: 5 });
  await page.mouse.up();
  assert.match(await answerOf(page), /\d+人/);
}));

test('a failed answer is said and the next one is tried', () => visit(site, '/plan', { ...WIDE, expectFaults: /Failed to load resource/ }, async (page) => {
  await page.route('**/plan/what-if*', (route) => route.abort(), { times: 1 });
  const map = page.locator('.plan-map svg').first();
  await map.click({ position: { x: 200, y: 200 } });
  await answered(page, '');
  const failed = await answerOf(page);
  await map.click({ position: { x: 220, y: 220 } });
  await answered(page, failed);
  assert.match(await answerOf(page), /\d+人/);
}));

test('every choice is in the address, and the form keeps it', () => visit(site, '/plan', WIDE, async (page) => {
  await page.selectOption('#reach', '500');
  await page.locator('.plan-form summary').first().click();
  await page.check('input[name="day"][value="sat"]');
  await page.check('input[name="map"][value="access"]');
  await page.click('.plan-form button[type="submit"]');
  const url = new URL(page.url());
  assert.deepEqual([url.searchParams.get('reach'), url.searchParams.getAll('day'), url.searchParams.get('map')], ['500', ['sat'], 'access']);
  assert.equal(await page.locator('input[name="day"][value="sat"]').isChecked(), true);
  assert.equal(await page.locator('#reach').inputValue(), '500');
}));

test('a cell opens the list behind it, and a heading sorts', () => visit(site, '/plan', WIDE, async (page) => {
  const cell = page.locator('#main [aria-labelledby="by-district"] td a').first();
  const number = Number(await cell.textContent());
  const href = await cell.getAttribute('href');
  await page.locator('#main [aria-labelledby="by-district"] thead a').first().click();
  assert.equal(await page.locator('th[aria-sort="descending"]').count(), 1);
  await page.goto(site.base + href);
  assert.ok(Number((await page.locator('#count').textContent()).replace(/\D/g, '')) >= number);
}));

test('nothing is wider than a phone, and paper has neither form nor pin', () => visit(site, '/plan?p=2', PHONE, async (page) => {
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
  await page.emulateMedia({ media: 'print' });
  for (const hidden of ['.plan-form', '.plan-pin-panel']) assert.equal(await page.locator(hidden).isVisible(), false, hidden);
  assert.equal(await page.locator('.plan-map svg').first().isVisible(), true);
}));

test('without script every number is there', () => visit(site, '/plan?p=1', { ...WIDE, javaScriptEnabled: false }, async (page) => {
  assert.ok((await page.locator('.plan-table').count()) >= 4);
  assert.equal(await page.locator('.plan-pin-panel').isVisible(), false);
}));

test('link workers find the way to the unmet needs', () => visit(internal(site), '/plan', WIDE, async (page) => {
  assert.equal(await page.locator('.plan a[href="/unmet"]').count(), 1);
}));
