/** Papers for residents: on the screen, without script, and as sheets of A4. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { audit, WIDTHS } from './axe.mjs';
import { visit, withServerAndBrowser } from './with-server.mjs';

const site = withServerAndBrowser();
const DOOR = `/print/door?town=${encodeURIComponent('大屋町加保')}`;

/** How many sheets a paper takes; Chromium's PDF says it once per sheet. */
const sheets = async (page) => {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
};

for (const [width, options] of Object.entries(WIDTHS)) {
  for (const path of ['/print?district=oya', '/print?lang=en&category=salon', '/print?lang=easy&district=yoka', '/print/door', DOOR]) {
    test(`axe finds nothing on ${decodeURIComponent(path)} (${width})`, () => visit(site, path, options, (page) => audit(page, path)));
  }
}

test('the list leads to its paper, which has the same places', () => visit(site, '/?district=oya', {}, async (page) => {
  const listed = (await page.locator('#list .card .name').allTextContents()).sort();
  await page.goto(new URL(await page.locator('#print').getAttribute('href'), site.base).href);
  assert.equal(await page.locator('h1').textContent(), '大屋地区のつどいの場');
  const names = await page.locator('.entry-name').evaluateAll((all) => all.map((name) => [...(name.querySelector('ruby') ?? name).childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent).join('')));
  assert.deepEqual(names.sort(), listed);
}));

test('no number of a map stands over another', () => visit(site, '/print?district=yoka', {}, async (page) => {
  const boxes = await page.locator('.paper-map svg a rect').evaluateAll((all) => all.map((it) => it.getBoundingClientRect().toJSON()));
  assert.ok(boxes.length > 3);
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  boxes.forEach((a, nth) => boxes.slice(0, nth).forEach((b) => assert.ok(!meet(a, b), JSON.stringify([a, b]))));
}));

test('on paper nothing is smaller than the eye of an old person wants, but sources and readings', () => visit(site, '/print?district=oya', {}, async (page) => {
  await page.emulateMedia({ media: 'print' });
  const sizes = await page.locator('.entry-text p, .entry-name').evaluateAll((all) => all.map((it) => parseFloat(getComputedStyle(it).fontSize) * 0.75));
  assert.ok(Math.min(...sizes) >= 14, String(Math.min(...sizes)));
  assert.equal(await page.locator('.paper-bar').isVisible(), false);
}));

test('a district fits on both sides of a sheet, a place on one side, a leaflet for a door on one', async () => {
  await visit(site, '/print?district=sekinomiya', {}, async (page) => assert.ok((await sheets(page)) <= 2));
  await visit(site, DOOR, {}, async (page) => assert.equal(await sheets(page), 1));
  await visit(site, '/', {}, async (page) => {
    const ids = await page.locator('.card').evaluateAll((all) => all.slice(0, 5).map((card) => card.dataset.place));
    for (const id of ids) {
      await page.goto(`${site.base}/print/places/${id}`);
      assert.equal(await sheets(page), 1, id);
    }
  });
});

test('a paper needs no script', () => visit(site, '/print?district=oya', { javaScriptEnabled: false }, async (page) => {
  assert.equal(await page.locator('button#print').isVisible(), false);
  assert.ok((await page.locator('.entry').count()) > 3);
}));

test('the leaflet for a door has five places, the office and nobody’s name', () => visit(site, DOOR, {}, async (page) => {
  assert.ok((await page.locator('.entry').count()) <= 5);
  assert.match(await page.locator('.paper-phone').textContent(), /079-000-0000/);
  assert.equal(await page.getByText('担当').count(), 0);
}));
