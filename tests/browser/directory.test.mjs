import assert from 'node:assert/strict';
import test from 'node:test';
import { audit, WIDTHS } from './axe.mjs';
import { internal, PHONE, visit, withServerAndBrowser } from './with-server.mjs';

const site = withServerAndBrowser();

for (const [width, options] of Object.entries(WIDTHS)) {
  test(`axe finds nothing in the directory (${width})`, async () => {
    for (const address of [site, internal(site)]) {
      for (const path of ['/link-workers', '/link-workers?district=kumatsugi', '/link-workers?district=nowhere']) {
        await visit(address, path, options, async (page) => audit(page, path));
      }
    }
  });
}

test('a district is chosen by a plain link, without script', () => visit(site, '/link-workers', { javaScriptEnabled: false }, async (page) => {
  await page.click('.choose a:text-is("大屋")');
  assert.equal(await page.locator('h1').textContent(), 'つなぎ役の名簿 大屋');
  const headings = await page.locator('.served h2, .served h3').allTextContents();
  assert.deepEqual(headings.map((text) => text.trim()), [
    '大屋を受け持つ人', '1層（医療・介護の専門職）', '2層（地域の人）', '養父市全体を受け持つ人', '1層（医療・介護の専門職）', '2層（地域の人）',
  ]);
  assert.equal(await page.locator('.worker .phone a').first().getAttribute('href'), 'tel:0790004006');
}));

test('a district that only has a vacant post says that nobody of layer two is there', () => visit(site, '/link-workers?district=nishitani', {}, async (page) => {
  assert.match(await page.locator('.missing').textContent(), /2層の人は名簿にありません/);
  assert.equal(await page.locator('.worker .mark:text-is("欠員")').count(), 1);
}));

test('names and own telephones are seen inside only, on screen and on paper', async () => {
  await visit(site, '/link-workers', {}, async (page) => {
    const html = await page.content();
    assert.doesNotMatch(html, /見本 (太郎|花子|桜|はる)|0[6-9]0-|内部用|みほん /);
    assert.match(html, /保健師/);
  });
  await visit(internal(site), '/link-workers', {}, async (page) => {
    assert.equal(await page.locator('.person:has-text("見本 太郎") .mark').first().isVisible(), true);
    assert.equal(await page.locator('.served h2 .mark').first().isVisible(), false);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.person:has-text("見本 太郎") .mark').first().isVisible(), true);
    assert.equal(await page.locator('.served h2 .mark').first().isVisible(), true, 'each part of the paper says that it is internal');
  });
});

test('what one presses is large enough for a thumb, and nothing is wider than 320 px', async () => {
  await visit(internal(site), '/link-workers', { ...PHONE, viewport: { width: 320, height: 640 } }, async (page) => {
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
    const small = await page.locator('main a:visible, main summary:visible').evaluateAll((list) => list
      .filter((e) => e.getBoundingClientRect().height < 43.5).map((e) => `${e.textContent.trim()} ${e.getBoundingClientRect().height}`));
    assert.deepEqual(small, []);
  });
});

test('the paper is light, holds no buttons, is marked as a sample, and one district fits on two sheets', () => visit(internal(site), '/link-workers?district=oya', { colorScheme: 'dark' }, async (page) => {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? [];
  assert.ok(sheets.length >= 1 && sheets.length <= 2, `${sheets.length} sheets`);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
  for (const hidden of ['.choose', '.link-worker-nav', '.lead', '.site-footer']) assert.equal(await page.locator(hidden).isVisible(), false, hidden);
  assert.match(await page.locator('.paper-head').textContent(), /つなぎ役の名簿 大屋[\s\S]*見本/);
  const large = await page.locator('.worker .phone a').first().evaluate((e) => parseFloat(getComputedStyle(e).fontSize));
  assert.ok(large >= 16, `${large} px`);
}));
