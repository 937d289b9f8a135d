/**
 * What a resident does from beginning to end, for any city: find a group that meets on weekday mornings and is step-free near a place,
 * read which town it is in and when it meets next, and hold a sheet with a map.
 */
import assert from 'node:assert/strict';

/** Under a minute; a machine taps faster than a thumb, so that only what the pages take counts. */
const PATIENCE_MS = 60_000;

/**
 * By touches on a telephone: types one sentence, opens the first card, and prints it.
 *
 * @param {{sentence: string, kind: RegExp}} wish
 */
export async function byTouch(page, { sentence, kind }) {
  const started = Date.now();
  let touches = 0;
  const tap = async (locator) => {
    touches += 1;
    await locator.tap();
  };
  await tap(page.locator('#q'));
  await page.fill('#q', sentence);
  await tap(page.locator('.search button'));
  const bar = page.locator('#show-bar button');
  if (await bar.isVisible()) await tap(bar);
  const card = page.locator('#list .card').first();
  await card.waitFor();
  assert.match(await card.textContent(), kind);
  await tap(card.locator('.name a'));
  const facts = await readPlace(page);
  await tap(page.locator('.actions a', { hasText: '印刷' }));
  await readSheet(page, facts.name);
  assert.ok(touches <= 6, `${touches} touches`);
  assert.ok(Date.now() - started < PATIENCE_MS);
  return facts;
}

/** The same by keyboard alone, from the first Tab on. */
export async function byKeyboard(page, { sentence }) {
  const press = (key) => page.keyboard.press(key);
  const until = async (selector, most) => {
    for (let n = 0; n < most; n += 1) {
      await press('Tab');
      if (await page.evaluate((it) => document.activeElement.matches(it), selector)) return;
    }
    assert.fail(`${selector} is not among the first ${most} stops`);
  };
  await until('#q', 20);
  await page.keyboard.type(sentence);
  await press('Enter');
  await page.waitForFunction(() => document.querySelector('#understood').textContent !== '' || document.querySelectorAll('#list .card').length < 50);
  await page.evaluate(() => document.activeElement.blur());
  await page.locator('a.skip').first().focus();
  await press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'results');
  await until('#list .card .name a', 12);
  await press('Enter');
  const facts = await readPlace(page);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
  await until('.actions a[href*="print/"]', 20);
  await press('Enter');
  await readSheet(page, facts.name);
  return facts;
}

/** What the opened place says. */
async function readPlace(page) {
  await page.waitForSelector('#detail h1, main.narrow h1');
  const text = (selector) => page.locator(selector).first().textContent();
  return {
    name: await text('article h1'),
    where: await text('article .brief-where'),
    when: await text('article .brief-next, article .brief-when'),
  };
}

/** The paper of the place: its name and a map. */
async function readSheet(page, name) {
  await page.waitForURL(/\/print\/places\//);
  assert.ok((await page.locator('main').textContent()).includes(name));
  assert.ok((await page.locator('.paper-map svg, figure svg').count()) > 0);
}

