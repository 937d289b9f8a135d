/** End to end: the finder with all its modules, from a blank page to the paper that a person takes home. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { chosen, enterWords, fitCount, hitText, settled, somethingWithScience, visitFinder } from './finder.mjs';
import { withServerAndBrowser } from './with-server.mjs';

const [WIRE, JOBS] = ['針金アートのつどい（見本）', '養父市シルバー人材センター'];
const LINE = 'はじめの日は一緒に行きます';
const site = withServerAndBrowser({ changesData: true });

const check = async (page, field, value) => {
  await page.locator(`[data-field="${field}"][value="${value}"]`).check();
  await settled(page);
};

/** A man of 64, alone, retired, by bicycle or bus; shy, not good with his hands, dislikes outdoor work. */
async function enterWish(page) {
  await enterWords(page, 'from-town', '加保');
  for (const way of ['bicycle', 'bus']) await check(page, 'travel', way);
  for (const word of ['囲碁', '何か科学に関すること']) await enterWords(page, 'likes', word);
  for (const chip of ['outdoor', 'hands']) await check(page, 'avoid', chip);
  await page.click('#field-gives summary');
  await check(page, 'gives', 'help');
  await check(page, 'gives', 'teach');
}

const pages = async (page) => [...(await page.pdf({ preferCSSPageSize: true })).toString('latin1').matchAll(/\/MediaBox/g)].length;

test('the man of 64: from a blank page to printed sheets with one code', () => visitFinder(site, {}, async (page) => {
  await enterWish(page);
  assert.match(await hitText(page, WIRE), /何か科学に関することに近い/);
  const three = [WIRE, await somethingWithScience(page), JOBS];
  for (const name of three) await page.click(`.choose[data-name="${name}"]`);
  assert.deepEqual(await chosen(page), three);
  await page.locator('#shortlist-items input').first().fill(LINE);
  const sent = [];
  page.on('request', (request) => sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`));
  await page.click('#make-handout');
  await page.waitForSelector('.handout .prescription');
  assert.equal(await page.locator('#finder').isVisible(), false);

  const paper = await page.locator('[data-sheet="handout"]').evaluate((sheet) => {
    const plain = sheet.cloneNode(true);
    plain.querySelectorAll('rt, rp').forEach((reading) => reading.remove());
    return plain.textContent;
  });
  for (const words of [...three.map((name) => name.replace(/\s/g, '')), LINE, '079-']) assert.ok(paper.replace(/\s/g, '').includes(words), words);
  assert.match(paper, /大屋町加保の近く（目安）|大屋町加保から/);
  assert.ok((await page.locator('[data-sheet="handout"] ruby rt').count()) > 3, 'readings');
  assert.ok((await page.locator('[data-sheet="handout"] svg').count()) > 0, 'a map');
  const report = page.locator('div[data-sheet="report"]');
  const codes = await page.locator('.paper-foot .code').allTextContents();
  const code = codes[0]?.trim() ?? '';
  assert.match(code, /^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/);
  assert.ok(codes.every((it) => it.trim() === code), codes.join(' '));
  const values = await report.locator('input, textarea').evaluateAll((fields) => fields.map((field) => field.value));
  assert.ok(values.some((value) => value.includes('針金アート')), 'the doctor’s sheet names what was chosen');
  assert.ok(values.includes(code) || (await report.innerText()).includes(code), 'the doctor’s sheet has the same code');
  for (const box of await page.locator('.handout-bar input[type=checkbox]').all()) await box.check();
  assert.ok((await pages(page)) >= 5, 'the places, the map, a month, and the sheet for the doctor');
  for (const line of sent) assert.ok(![LINE, code].some((secret) => line.includes(secret)), line);
  assert.deepEqual(sent.filter((line) => line.startsWith('POST')).map((line) => new URL(line.split(' ')[1]).pathname), ['/handout']);

  await page.locator('.handout-bar button').nth(1).click();
  assert.equal(await page.locator('#finder').isVisible(), true);
  assert.deepEqual(await chosen(page), three, 'nothing is lost on the way back');
}));

test('low sides of the assessment say where to look', () => visitFinder(site, {}, async (page) => {
  const all = await fitCount(page);
  await page.click('#field-axes summary');
  await page.click('#axes-sheet > summary');
  await page.waitForSelector('#axes-sheet-body .paper');
  await page.locator('#axes-sheet-body .axis[data-axis="ties"] select[data-time="now"]').selectOption('2');
  await page.waitForFunction(() => document.querySelector('[data-field="axes"][value="ties"]').checked);
  await settled(page);
  assert.ok((await fitCount(page)) < all, 'the answer follows');
}));

test('what nobody found is stored, and no number moves within the month', () => visitFinder(site, {}, async (page) => {
  await enterWish(page);
  const reportNeed = async () => {
    const stored = page.waitForResponse((answer) => answer.url().endsWith('/unmet') && answer.request().method() === 'POST');
    await page.locator('#unmet button').first().click();
    assert.equal((await stored).status(), 204);
  };
  const numbers = async () => (await fetch(`${site.internal}/unmet.json`)).text();
  const nothing = await numbers();
  for (let times = 1; times <= 3; times += 1) {
    await reportNeed();
    assert.equal(await numbers(), nothing, `${times} are held back`);
    if (times < 3) {
      await page.click('#reset');
      await page.click('#reset-yes');
      await settled(page);
      await page.waitForFunction(() => document.querySelector('#unmet button[aria-disabled="false"]'));
      await enterWish(page);
    }
  }
}));
