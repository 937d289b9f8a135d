import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';
import { audit, WIDTHS } from './axe.mjs';
import { visit, withServerAndBrowser } from './with-server.mjs';

/** Where pictures go for people to look at. */
const PICTURES = process.env.TSUNAGARI_PICTURES;

const site = withServerAndBrowser({ base: 'internal', changesData: true });

/** Needs of last month, put into the database as the program would have: numbers move at the turn of a month only. */
function stored(needs) {
  const script = `
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=20)
for need in json.load(sys.stdin):
    db.execute("insert into unmet (district, reason, batch, random, month, interests, travel) select ?1, ?2, count(*) / 3, randomblob(8), "
               "strftime('%Y-%m', 'now', '+9 hours', 'start of month', '-1 day'), ?3, ?4 from unmet where district = ?1 and reason = ?2",
               (need["district"], need["reason"], json.dumps(sorted(need["interests"]), ensure_ascii=False), json.dumps(sorted(need["travel"]))))
db.commit()`;
  execFileSync('python3', ['-c', script, `${site.folder}/test.sqlite`], { input: JSON.stringify(needs) });
}

/** How many needs of a district the database holds. */
function count(district) {
  const script = 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("select count(*) from unmet where district = ?", (sys.argv[2],)).fetchone()[0])';
  return Number(execFileSync('python3', ['-c', script, `${site.folder}/test.sqlite`, district], { encoding: 'utf8' }));
}

const numbers = () => fetch(`${site.internal}/unmet.json`).then((answer) => answer.json());

const picture = (page, name, options = {}) => PICTURES && page.screenshot({ path: `${PICTURES}/unmet-${name}.png`, fullPage: true, ...options });

/** Puts the panel into a page of the internal address, as the finder does. */
async function mount(page, wish) {
  await page.evaluate(async (wish) => {
    const { unmetButtons } = await import('/assets/unmet/unmet.js');
    window.wish = wish;
    document.querySelector('main').append(await unmetButtons(() => window.wish));
  }, wish);
}

test('before anything was stored, the page says what will be here and how', () => visit(site, '/unmet', {}, async (page) => {
  assert.match(await page.locator('main').textContent(), /まだ出せる数がありません/);
  await picture(page, 'empty');
  await audit(page);
}));

test('one tap waits, can be taken back, is stored once, and the same reason is not taken twice', async () => {
  const wish = { district: 'yoka', interests: ['囲碁', '天文'], travel: ['bus'] };
  await visit(site, '/unmet', {}, async (page) => {
    const sent = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.postData()));
    await mount(page, wish);
    const status = page.locator('.unmet-panel [role=status]');
    const full = page.locator('[data-reason=full]');
    await full.click();
    assert.match(await status.textContent(), /5秒後に記録します/);
    await page.getByRole('button', { name: '取り消す' }).click();
    assert.match(await status.textContent(), /取り消しました/);
    await page.waitForTimeout(5500);
    assert.deepEqual(sent, []);
    await full.press('Enter');
    await picture(page, 'panel');
    await page.waitForFunction(() => document.querySelector('.unmet-panel [role=status]').textContent.includes('記録しました'), null, { timeout: 9000 });
    assert.deepEqual(sent.map((body) => JSON.parse(body)), [{ reason: 'full', district: 'yoka', interests: ['囲碁', '天文'], travel: ['bus'] }]);
    assert.equal(await full.getAttribute('aria-disabled'), 'true');
    await full.click({ force: true });
    assert.match(await status.textContent(), /もう記録してあります/);
    await page.evaluate(() => { window.wish = { district: 'isa' }; });
    await page.locator('.unmet-panel h2').hover();
    assert.equal(await full.getAttribute('aria-disabled'), 'false', 'for another wish it may be given again');
    assert.equal(sent.length, 1);
  });
});

test('what still waits when the page is left is stored', async () => {
  const before = count('isa');
  await visit(site, '/unmet', {}, async (page) => {
    await mount(page, { district: 'isa' });
    await page.locator('[data-reason=too_far]').click();
    await page.goto(`${site.internal}/`);
    await page.waitForTimeout(500);
  });
  assert.equal(count('isa'), before + 1);
});

test('when it cannot be stored, that is said and the button can be pressed again', () =>
  visit(site, '/unmet', { expectFaults: /503|Failed to load/ }, async (page) => {
    await page.route('**/unmet', (route) => (route.request().method() === 'POST' ? route.fulfill({ status: 503 }) : route.continue()));
    await mount(page, {});
    await page.locator('[data-reason=declined]').click();
    await page.waitForFunction(() => document.querySelector('.unmet-panel [role=status]').textContent.includes('記録できませんでした'), null, { timeout: 9000 });
    assert.equal(await page.locator('[data-reason=declined]').getAttribute('aria-disabled'), 'false');
    assert.equal(await page.getByRole('button', { name: '取り消す' }).isVisible(), false);
  }));

test('the map and its table show the same, in every choice and without script', async () => {
  const { features } = await (await fetch(`${site.internal}/districts.geojson`)).json();
  const ids = features.map((feature) => feature.id);
  const kinds = [['囲碁', '将棋'], ['天文'], ['スマホ'], ['畑'], []];
  const reasons = ['nothing_like_it', 'too_far', 'wrong_day', 'no_ride', 'full', 'declined'];
  for (const [at, district] of ids.entries()) {
    for (const [n, reason] of reasons.entries()) {
      const times = Math.max(0, (at * 5 + n * 3) % 17 - 6);
      stored(Array(times).fill({ reason, district, interests: kinds[(at + n) % 5], travel: ['bus', 'car'].slice(n % 2) }));
    }
  }
  for (const path of ['/unmet', '/unmet?period=3&reason=no_ride', '/unmet?period=all&group=%E8%B6%A3%E5%91%B3%E3%83%BB%E9%81%8A%E3%81%B3']) {
    await visit(site, path, { javaScriptEnabled: false }, async (page) => {
      const drawn = await page.locator('.unmet-map text').evaluateAll((all) => all.map((text) => [...text.children].map((part) => part.textContent)));
      const listed = await page.locator('.unmet-beside table tbody tr').evaluateAll((all) => all.map((row) => [row.cells[0].textContent, row.cells[1].firstChild.textContent]));
      assert.deepEqual(drawn, listed.slice(0, drawn.length), path);
      assert.ok(drawn.some(([, number]) => Number(number) >= 3), path);
      assert.equal(await page.locator('.unmet-choice[aria-current]').count() >= 2, true, path);
    });
  }
  const text = JSON.stringify(await numbers());
  for (const [, number] of text.matchAll(/"count":(\d+)/g)) assert.ok(Number(number) >= 3, text);
});

for (const [width, options] of Object.entries(WIDTHS)) {
  test(`axe finds nothing on the page and the panel (${width})`, () => visit(site, '/unmet?period=all', options, async (page) => {
    await audit(page);
    await picture(page, width.replaceAll(' ', '-'));
    await mount(page, {});
    await page.locator('[data-reason=full]').click();
    await page.waitForTimeout(200);
    await audit(page, 'with the panel');
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= page.viewportSize().width);
    const small = await page.locator('.unmet-panel button, .unmet-choice:visible').evaluateAll((all) => all.filter((it) => it.getBoundingClientRect().height < 43.5).length);
    assert.equal(small, 0);
  }));
}

test('nothing is wider than a screen of 320 px', () => visit(site, '/unmet?period=all', { viewport: { width: 320, height: 640 } }, async (page) => {
  await mount(page, {});
  const wide = await page.evaluate(() => [...document.querySelectorAll('body *')].filter((it) => !it.closest('.unmet-wide') && it.getBoundingClientRect().right > 320.5).map((it) => it.outerHTML.slice(0, 80)));
  assert.deepEqual([wide, await page.evaluate(() => document.documentElement.scrollWidth)], [[], 320]);
}));

test('paper is light, has the map and the tables, and no buttons', () => visit(site, '/unmet?period=all', { colorScheme: 'dark' }, async (page) => {
  await mount(page, {});
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
  assert.equal(await page.locator('.hatch-ground').first().evaluate((it) => getComputedStyle(it).fill), 'rgb(255, 255, 255)');
  for (const hidden of ['.unmet-choices', '.unmet-files', '.unmet-panel', '.link-worker-nav']) assert.equal(await page.locator(hidden).isVisible(), false, hidden);
  assert.ok(await page.locator('.unmet-map svg').first().isVisible());
  if (PICTURES) await page.pdf({ path: `${PICTURES}/unmet.pdf`, preferCSSPageSize: true });
}));

test('nothing of it is on the public address', async () => {
  for (const path of ['/unmet', '/unmet.json', '/unmet.csv']) assert.equal((await fetch(site.public + path)).status, 404, path);
});
