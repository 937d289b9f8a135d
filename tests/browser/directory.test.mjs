import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test, { after, before } from 'node:test';
import { launch, PHONE, visit, WIDE } from './world.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const outside = {};
const inside = {};
let stop = async () => {};

/** Both addresses of one program on the sample. */
before(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tsunagari-'));
  const program = spawn(process.env.TSUNAGARI_BIN ?? join(ROOT, 'target/debug/tsunagari'), [
    'serve', '--db', join(folder, 'test.sqlite'), '--data', join(ROOT, 'data'), '--listen', '127.0.0.1:0', '--staff-listen', '127.0.0.1:0',
  ], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  const addresses = await new Promise((resolve, reject) => {
    program.once('exit', () => reject(new Error(`the program ended: ${said}`)));
    program.stdout.on('data', (chunk) => {
      said += chunk;
      const found = said.match(/http:\/\/127\.0\.0\.1:[1-9]\d*/g) ?? [];
      if (found.length === 2) resolve(found);
    });
  });
  const browser = await launch();
  Object.assign(outside, { base: addresses[0], browser });
  Object.assign(inside, { base: addresses[1], browser });
  stop = async () => {
    await browser.close();
    const ended = new Promise((resolve) => program.once('exit', resolve));
    program.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
});
after(() => stop());

async function violations(page) {
  await page.addInitScript({ path: AXE });
  await page.reload();
  await page.waitForLoadState('networkidle');
  const { violations: found } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.failureSummary.slice(0, 160)}`).join(' | ')}`);
}

const LOOKS = { light: WIDE, dark: { ...WIDE, colorScheme: 'dark' }, 'on a phone': PHONE, 'dark on a phone': { ...PHONE, colorScheme: 'dark' } };
for (const [look, options] of Object.entries(LOOKS)) {
  test(`axe finds nothing in the directory (${look})`, async () => {
    for (const world of [outside, inside]) {
      for (const path of ['/link-workers', '/link-workers?district=kumatsugi', '/link-workers?district=nowhere']) {
        await visit(world, path, options, async (page) => assert.deepEqual(await violations(page), [], path));
      }
    }
  });
}

test('a district is chosen by a plain link, without script', () => visit(outside, '/link-workers', { javaScriptEnabled: false }, async (page) => {
  await page.click('.choose a:text-is("大屋")');
  assert.equal(await page.locator('h1').textContent(), '連携役の名簿 大屋');
  const headings = await page.locator('.served h2, .served h3').allTextContents();
  assert.deepEqual(headings.map((text) => text.trim()), [
    '大屋を受け持つ人', '1層（医療・介護の専門職）', '2層（地域の人）', '養父市全体を受け持つ人', '1層（医療・介護の専門職）', '2層（地域の人）',
  ]);
  assert.equal(await page.locator('.worker .phone a').first().getAttribute('href'), 'tel:0790004006');
}));

test('a district that only has a vacant post says that nobody of layer two is there', () => visit(outside, '/link-workers?district=nishitani', {}, async (page) => {
  assert.match(await page.locator('.missing').textContent(), /2層の人は名簿にありません/);
  assert.equal(await page.locator('.worker .mark:text-is("欠員")').count(), 1);
}));

test('names and own telephones are seen inside only, on screen and on paper', async () => {
  await visit(outside, '/link-workers', {}, async (page) => {
    const html = await page.content();
    assert.doesNotMatch(html, /見本 (太郎|花子|桜|はる)|0[6-9]0-|内部用|みほん /);
    assert.match(html, /保健師/);
  });
  await visit(inside, '/link-workers', {}, async (page) => {
    assert.equal(await page.locator('.person:has-text("見本 太郎") .mark').first().isVisible(), true);
    assert.equal(await page.locator('.served h2 .mark').first().isVisible(), false);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.person:has-text("見本 太郎") .mark').first().isVisible(), true);
    assert.equal(await page.locator('.served h2 .mark').first().isVisible(), true, 'each part of the paper says that it is internal');
  });
});

test('what one presses is large enough for a thumb, and nothing is wider than 320 px', async () => {
  await visit(inside, '/link-workers', { ...PHONE, viewport: { width: 320, height: 640 } }, async (page) => {
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
    const small = await page.locator('main a:visible, main summary:visible').evaluateAll((list) => list
      .filter((e) => e.getBoundingClientRect().height < 43.5).map((e) => `${e.textContent.trim()} ${e.getBoundingClientRect().height}`));
    assert.deepEqual(small, []);
  });
});

test('the paper is light, holds no buttons, is marked as a sample, and one district fits on two sheets', () => visit(inside, '/link-workers?district=oya', { colorScheme: 'dark' }, async (page) => {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? [];
  assert.ok(sheets.length >= 1 && sheets.length <= 2, `${sheets.length} sheets`);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
  for (const hidden of ['.choose', '.desk-nav', '.lead', '.site-footer']) assert.equal(await page.locator(hidden).isVisible(), false, hidden);
  assert.match(await page.locator('.paper-head').textContent(), /連携役の名簿 大屋[\s\S]*見本/);
  const large = await page.locator('.worker .phone a').first().evaluate((e) => parseFloat(getComputedStyle(e).fontSize));
  assert.ok(large >= 16, `${large} px`);
}));
