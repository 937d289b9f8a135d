import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';
import { audit, WIDTHS } from './axe.mjs';
import { visit, withServerAndBrowser } from './with-server.mjs';

/** Where pictures go for people to look at. */
const PICTURES = process.env.TSUNAGARI_PICTURES;

const site = withServerAndBrowser({ base: 'internal', changesData: true });

/** Results of the last quarter that is over, put into the database as the program would have. */
function stored(results) {
  const script = `
import datetime, json, sqlite3, sys
now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9)))
month = now.year * 12 + (now.month - 1) // 3 * 3 - 3
quarter = "%04d-%02d" % (month // 12, month % 12 + 1)
db = sqlite3.connect(sys.argv[1], timeout=20)
for outcome, kind, district, reason, source in json.load(sys.stdin):
    db.execute("insert into referral_result (outcome, batch, random, quarter, kind, district, reason, source) "
               "select ?1, count(*) / 3, randomblob(8), ?2, ?3, ?4, ?5, ?6 from referral_result where outcome = ?1",
               (outcome, quarter, kind, district, reason, source))
db.commit()`;
  execFileSync('python3', ['-c', script, `${site.folder}/test.sqlite`], { input: JSON.stringify(results) });
}

const picture = (page, name) => PICTURES && page.screenshot({ path: `${PICTURES}/results-${name}.png`, fullPage: true });
const ready = (page) => page.locator('#report:not([hidden])').waitFor();

test('a code fills in district and kind and is sent nowhere, and one tap is stored once', () => visit(site, '/results', {}, async (page) => {
  await ready(page);
  const requests = [];
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`));
  const tables = Number(await page.locator('#report').getAttribute('data-tables'));
  const code = await page.evaluate(async (tables) => (await import('/assets/handout/paper-code.js')).createCode({ tables, district: 2, kind: 1 }), tables);
  const field = page.locator('[data-code]');
  await field.fill(`${code.slice(0, -1)}${code.endsWith('A') ? 'C' : 'A'}`);
  assert.match(await page.locator('[data-code-status]').textContent(), /入りません/);
  await field.fill(code.toLowerCase());
  assert.match(await page.locator('[data-code-status]').textContent(), /コードから入れました/);
  const chosen = await page.locator('#report select').evaluateAll((all) => all.map((it) => it.selectedIndex));
  assert.deepEqual(chosen, [2, 1, 0, 0]);
  await page.locator('[data-field=reason]').selectOption({ index: 1 });
  await page.locator('[data-outcome=goes_on]').click();
  assert.match(await page.locator('[data-status]').textContent(), /「続いている」を5秒後に記録します/);
  await picture(page, 'panel');
  await page.waitForFunction(() => document.querySelector('[data-status]').textContent.includes('記録しました'), null, { timeout: 9000 });
  const posts = requests.filter((request) => request.startsWith('POST'));
  assert.equal(posts.length, 1);
  const { key, ...sent } = JSON.parse(posts[0].slice(posts[0].indexOf('{')));
  assert.match(key, /^[0-9a-f]{32}$/);
  assert.deepEqual(Object.keys(sent).sort(), ['district', 'kind', 'outcome', 'reason']);
  const plain = code.replaceAll('-', '').toLowerCase();
  assert.ok(requests.every((request) => !request.toLowerCase().replaceAll('-', '').includes(plain)), 'the code was sent');
  const kept = await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie, location.search + location.hash].join());
  assert.equal(kept, '0,0,,');
  await page.locator('[data-outcome=goes_on]').click({ force: true });
  assert.match(await page.locator('[data-status]').textContent(), /もう記録してあります/);
  await page.locator('[data-next]').click();
  assert.deepEqual(await page.locator('#report :is(input, select)').evaluateAll((all) => all.map((it) => it.value)), ['', '', '', '', '']);
  assert.equal(await page.evaluate(() => document.activeElement.hasAttribute('data-code')), true);
  assert.equal(await page.locator('[data-outcome=goes_on]').getAttribute('aria-disabled'), 'false');
}));

test('a tap can be taken back, also by keyboard', () => visit(site, '/results', {}, async (page) => {
  await ready(page);
  const posts = [];
  page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()));
  await page.locator('[data-outcome=ended]').press('Enter');
  await page.locator('[data-undo]').press('Enter');
  assert.match(await page.locator('[data-status]').textContent(), /取り消しました/);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.outcome), 'ended');
  await page.waitForTimeout(5300);
  assert.deepEqual(posts, []);
}));

test('planners see what holds people, in threes, and a year on A4', async () => {
  const times = (n, ...result) => Array(n).fill(result);
  stored([
    ...times(7, 'goes_on', 'music-craft', 'oya', 'isolation', 'clinic'), ...times(4, 'tried_once', 'salon', 'yoka', 'mind', 'clinic'),
    ...times(2, 'no_consent', '', '', 'family', ''), ...times(3, 'ended', 'salon', '', '', 'elsewhere'),
  ]);
  await visit(site, '/results', {}, async (page) => {
    const text = await page.locator('main').textContent();
    assert.match(text, /何が続くか/);
    const numbers = await page.locator('td:not(.held)').allTextContents();
    assert.ok(numbers.length > 6 && numbers.every((number) => Number(number) % 3 === 0), numbers.join());
  });
  const years = await (await fetch(`${site.internal}/results`)).text();
  const [year] = [...years.matchAll(/year=(\d{4})/g)].map(([, found]) => found);
  await visit(site, `/results/report?year=${year}`, {}, async (page) => {
    const pdf = (await page.pdf({ preferCSSPageSize: true, path: PICTURES ? `${PICTURES}/results-year.pdf` : undefined })).toString('latin1');
    const sizes = [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, wide, high]) => `${Math.round(wide)} ${Math.round(high)}`);
    assert.ok(sizes.length <= 3 && sizes.every((size) => size === '595 842'), sizes.join());
    assert.doesNotMatch(await page.locator('.year-report').textContent(), /年代|歳/);
  });
});

for (const [width, options] of Object.entries(WIDTHS)) {
  test(`axe finds nothing on the page, the report and the pages to learn from (${width})`, async () => {
    for (const path of ['/results', '/results/report', '/guide/stories', '/guide/practice']) {
      await visit(site, path, options, async (page) => {
        if (path === '/results') await ready(page);
        await audit(page, path);
        await picture(page, `${path.replaceAll('/', '-')}-${width.replaceAll(' ', '-')}`);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= page.viewportSize().width, path);
      });
    }
  });
}

test('an invented person is searched for without a record', () => visit(site, '/guide/practice', {}, async (page) => {
  assert.equal(await page.locator('.practice-person').count(), 12);
  await page.locator('.practice-person a').first().click();
  await page.waitForFunction(() => document.documentElement.dataset.ready === 'true');
  assert.match(await page.locator('.practice').textContent(), /練習です/);
  assert.ok((await page.locator('#pills-likes li').count()) >= 2);
  await page.locator('#unmet').waitFor();
  assert.equal(await page.locator('#unmet button').count(), 0);
  assert.ok((await page.locator('.institutions summary').count()) >= 6);
}));

test('nothing of it is on the public address', async () => {
  for (const path of ['/results', '/results.json', '/results.csv', '/results.xlsx', '/results/report']) {
    assert.equal((await fetch(site.public + path)).status, 404, path);
  }
});
