import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { change, chosen, enterWords, fitCount, hitText, settled, tabTo, textOf, visitFinder } from './finder.mjs';
import { launch, PHONE, ready, visit, withServerAndBrowser } from './with-server.mjs';

const site = withServerAndBrowser();

const check = (page, field, value) => change(page, () => page.check(`[data-field="${field}"][value="${value}"]`));
const WIRE = '針金アートのつどい（見本）';
const LAB = '大人の実験教室';
const JOBS = '養父市シルバー人材センター';
/** Words that no place has, so that they can be looked for. */
const THEIR_WORDS = '何か科学に関すること';

test('the man of 64, by keyboard alone, from a blank page to three places', () => visitFinder(site, {}, async (page) => {
  const counts = [await fitCount(page)];
  const step = async (selector, act) => {
    await tabTo(page, selector);
    await act();
    await settled(page);
    counts.push(await fitCount(page));
  };
  const type = (words) => async () => {
    await page.keyboard.insertText(words);
    await page.keyboard.press('Enter');
  };
  const press = (...keys) => async () => { for (const key of keys) await page.keyboard.press(key); };
  await step('#input-from-town', async () => {
    await page.keyboard.insertText('加保');
    await press('ArrowDown', 'Enter')();
  });
  assert.equal((await textOf(page, 'from-name')).trim(), '大屋町加保 から');
  await step('[data-field="travel"][value="bicycle"]', press('Space'));
  await step('[data-field="travel"][value="bus"]', press('Space'));
  await step('#input-likes', type('囲碁'));
  await step('#input-likes', type(THEIR_WORDS));
  await step('[data-field="avoid"][value="outdoor"]', press('Space'));
  await step('[data-field="avoid"][value="hands"]', press('Space'));
  const [all, near, byBicycle, byBus, go, science, , avoided] = counts;
  assert.ok(near < all && byBicycle < near && byBus > byBicycle && go < byBus && science > go && avoided <= science, `each answer counts: ${counts}`);
  await tabTo(page, '#field-matters summary');
  await page.keyboard.press('Enter');
  for (const fact of ['met_first_time', 'visit_first', 'small_group']) await step(`[data-field="matters"][value="${fact}"]`, press('Space'));
  await tabTo(page, '#field-gives summary');
  await page.keyboard.press('Enter');
  await step('[data-field="gives"][value="help"]', press('Space'));
  await step('[data-field="gives"][value="teach"]', press('Space'));
  await tabTo(page, '#field-about summary');
  await page.keyboard.press('Enter');
  await step('#age', async () => { await page.keyboard.insertText('64'); });
  await step('[data-field="gender"]', press('ArrowDown', 'ArrowDown'));
  assert.match(await page.locator('[data-summary="about"]').textContent(), /64歳・男性/);

  assert.match(await textOf(page, 'understood'), /科学/);
  assert.match(await hitText(page, WIRE), /何か科学に関することに近い → 針金アート.*はじめての人に付き添いあり/);
  assert.match(await hitText(page, LAB), /自転車で約\d+分（目安）/);
  assert.match(await hitText(page, JOBS), /できることを生かす窓口/);
  for (const name of [WIRE, LAB, JOBS]) {
    await tabTo(page, `.choose[data-name="${name}"]`);
    await page.keyboard.press('Enter');
  }
  assert.deepEqual(await chosen(page), [WIRE, LAB, JOBS]);
  assert.match(await textOf(page, 'shortlist-status'), /3件/);

  const line = '#shortlist-items input';
  await tabTo(page, line);
  await page.keyboard.insertText('はじめの日は一緒に行きます');
  await tabTo(page, `[data-action="down"]`);
  await page.keyboard.press('Enter');
  assert.deepEqual(await chosen(page), [LAB, WIRE, JOBS]);
  assert.equal(await page.locator(line).nth(1).inputValue(), 'はじめの日は一緒に行きます', 'a line moves with its place');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.action), 'down', 'the focus moves with it, too');
}));

test('a wish is nowhere but in the page and in the body of a request', () => visitFinder(site, {}, async (page) => {
  const [sent, before] = [[], await page.evaluate(() => history.length)];
  page.on('request', (request) => sent.push(`${request.method()} ${request.url()} ${JSON.stringify(request.headers())}`));
  await enterWords(page, 'from-town', '加保');
  await enterWords(page, 'likes', THEIR_WORDS);
  await page.locator('.choose').first().click();
  await page.locator('#shortlist-items input').fill('ひとことのしるし');
  const kept = await page.evaluate(async () => ({
    address: location.href, history: history.length, state: history.state, cookie: document.cookie, local: localStorage.length,
    session: sessionStorage.length, databases: (await indexedDB.databases?.())?.length ?? 0, title: document.title,
    caches: 'caches' in window ? (await caches.keys()).length : 0,
  }));
  assert.deepEqual({ ...kept, title: '' },
    { address: `${site.internal}/find`, history: before, state: null, cookie: '', local: 0, session: 0, databases: 0, title: '', caches: 0 });
  const posts = sent.filter((line) => line.startsWith('POST'));
  assert.ok(posts.length >= 2 && posts.every((line) => line.startsWith(`POST ${site.internal}/find {`)), posts.join('\n'));
  for (const line of [...sent, kept.title]) {
    for (const word of [THEIR_WORDS, encodeURIComponent(THEIR_WORDS), '加保', encodeURIComponent('加保'), 'ひとことのしるし']) {
      assert.ok(!line.includes(word), line);
    }
  }
  if (!site.folder) return; // a server that these tests did not start
  const written = new Map(readdirSync(site.folder).map((file) => [file, readFileSync(join(site.folder, file), 'utf8')]));
  assert.match(written.get('output.log'), /http:/, 'the log is among what is read');
  for (const [file, text] of written) assert.ok(!text.includes(THEIR_WORDS), file);
}));

test('a young carer writes a sentence and is shown what it was understood as', () => visitFinder(site, { ...PHONE }, async (page) => {
  await enterWords(page, 'likes', '祖母の介護で学校に行けない');
  assert.match(await textOf(page, 'understood'), /ヤングケアラー|介護/);
  assert.match(await textOf(page, 'understood'), /不登校/);
  const trouble = page.locator('[aria-labelledby="likes-troubles"] .quick-word').first();
  await change(page, () => trouble.click());
  assert.equal(await trouble.getAttribute('aria-pressed'), 'true');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is wider than the phone');
}));

test('one who cannot leave home is shown who comes, calls or writes', () => visitFinder(site, {}, async (page) => {
  await check(page, 'home_only', 'yes');
  await enterWords(page, 'likes', 'さみしい');
  // Of groups that meet somewhere, only one that visits.
  const fits = await page.locator('[data-part="fits"] .hit h4').allTextContents();
  assert.ok(fits.length === 1 && fits[0].includes('傾聴の会 みみずく'), String(fits));
  assert.match(await page.locator('[data-group="excluded"] summary').first().textContent(), /家から出ないと行けない/);
  assert.ok(await page.locator('[data-part="phone"] .hit, [data-part="visits"] .hit, [data-group="desks"] .hit').count() > 0);
}));

test('by keyboard a link leads to the answers, and a row of words is one Tab stop', () => visitFinder(site, {}, async (page) => {
  await tabTo(page, '#finder > .skip');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'answers');
  await tabTo(page, '[aria-labelledby="likes-quick"] .quick-word', 'Shift+Tab');
  const word = () => page.evaluate(() => document.activeElement.textContent);
  const first = await word();
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await word(), first);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.closest('[aria-labelledby]')?.getAttribute('aria-labelledby')), 'likes-troubles');
}));

test('what is near stands apart with a hollow mark, and what lies farther is named at the top', () => visitFinder(site, {}, async (page) => {
  await enterWords(page, 'from-town', '加保');
  await check(page, 'travel', 'walk');
  await enterWords(page, 'likes', '囲碁');
  assert.ok(await page.locator('[data-group="fits"] .hit.near').count() === 0);
  assert.match(await textOf(page, 'hints'), /新しい人を受け入れているか/);
}));

test('who comes back to the page finds nobody’s wish', () => visitFinder(site, {}, async (page) => {
  await enterWords(page, 'likes', THEIR_WORDS);
  await check(page, 'avoid', 'outdoor');
  await page.locator('.choose').first().click();
  await page.goto(`${site.internal}/`);
  await page.goBack();
  await ready(page);
  assert.equal(await page.locator('.pill').count(), 0);
  assert.equal(await page.locator('#finder input:checked:not([value=""])').count(), 0);
  assert.deepEqual(await chosen(page), []);
  assert.match(await textOf(page, 'count'), /^すべて/);
}));

test('other pages open beside this one while there is something to lose', () => visitFinder(site, {}, async (page) => {
  const guide = page.locator('.link-worker-nav a').nth(1);
  assert.equal(await guide.getAttribute('target') ?? '', '');
  await enterWords(page, 'likes', '囲碁');
  assert.equal(await guide.getAttribute('target'), '_blank');
  const link = page.locator('.hit-foot > a').first();
  assert.equal(await link.getAttribute('target'), '_blank');
  const [opened] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await opened.waitForLoadState();
  assert.match(opened.url(), /\/places\/[\w-]+$/);
  assert.equal(await opened.evaluate(() => document.referrer), '');
  assert.equal(await page.locator('.pill').count(), 1);
  await change(page, () => page.click('.pill button'));
  assert.equal(await guide.getAttribute('target'), '');
}));

test('the next person begins with an empty page, after being asked', () => visitFinder(site, {}, async (page) => {
  await page.selectOption('#from-district', { index: 1 });
  await enterWords(page, 'likes', '囲碁');
  await check(page, 'travel', 'walk');
  await page.click('#field-about summary');
  await page.fill('#age', '70');
  await settled(page);
  await page.locator('.choose').first().click();
  await page.click('#reset');
  await page.click('#reset-no');
  assert.equal(await page.locator('.pill').count(), 1);
  await page.click('#reset');
  await change(page, () => page.click('#reset-yes'));
  assert.equal(await page.locator('.pill, #shortlist-items li, #finder input:checked:not([value=""])').count(), 0);
  assert.deepEqual([await page.inputValue('#age'), await page.inputValue('#from-district')], ['', '']);
  assert.match(await textOf(page, 'count'), /^すべて/);
}));

test('what nobody understands is said, with what to do', () => visitFinder(site, {}, async (page) => {
  await enterWords(page, 'likes', 'ぬぬぬ');
  assert.match(await textOf(page, 'understood'), /「ぬぬぬ」は分かりませんでした。別の言い方/);
  assert.match(await page.locator('.pill.unknown-word').textContent(), /ぬぬぬ.*分かりません/);
  await enterWords(page, 'avoid', 'ねねね');
  assert.match(await textOf(page, 'hints'), /「ねねね」.*何も外していません/, 'above the answers: protection is lost');
  await change(page, () => page.click('.pill button >> nth=0'));
  assert.doesNotMatch(await textOf(page, 'understood'), /ぬぬぬ/);
}));

test('words are suggested by reading and by kanji, and parted at commas', () => visitFinder(site, {}, async (page) => {
  await page.fill('#input-likes', 'てんも');
  assert.deepEqual(await page.locator('#options-likes [role="option"]').allTextContents(), ['天文てんもん']);
  await change(page, () => page.click('#options-likes [role="option"]'));
  await change(page, () => page.fill('#input-likes', '将棋、'));
  assert.deepEqual(await page.locator('#pills-likes .pill > span').allTextContents(), ['天文', '将棋']);
  const quick = page.locator('.quick-word').first();
  await change(page, () => quick.click());
  assert.equal(await quick.getAttribute('aria-pressed'), 'true');
  assert.equal(await page.locator('#pills-likes .pill').count(), 3);
}));

test('what is still being put together is not taken', () => visitFinder(site, {}, async (page) => {
  await page.focus('#input-likes');
  await page.locator('#input-likes').evaluate((input) => {
    input.value = 'いご、';
    input.dispatchEvent(new InputEvent('input', { isComposing: true, bubbles: true }));
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }));
  });
  assert.equal(await page.locator('.pill').count(), 0);
  await change(page, () => page.locator('#input-likes').evaluate((input) => input.dispatchEvent(new CompositionEvent('compositionend'))));
  assert.deepEqual(await page.locator('.pill > span').allTextContents(), ['いご']);
}));

test('a mistake is said where it is, and answers to something else are not shown', () => visitFinder(site, { expect: '422' }, async (page) => {
  await enterWords(page, 'from-town', 'どこにもない町');
  assert.match(await textOf(page, 'error-from'), /見つかりません/);
  assert.equal(await page.locator('.hit').count(), 0);
  assert.equal(await textOf(page, 'count'), '直すところがあります');
  await enterWords(page, 'from-town', '加保');
  assert.equal(await textOf(page, 'error-from'), '');
  await page.click('#field-about summary');
  await change(page, () => page.fill('#age', '二百'));
  assert.match(await textOf(page, 'error-age'), /0から120/);
  await change(page, () => page.fill('#age', '７０'));
  assert.equal(await textOf(page, 'error-age'), '');
  assert.match(await textOf(page, 'count'), /^合うもの \d+件$/);
}));

test('a broken line and a broken server are said plainly, and nothing is lost', () => visitFinder(site, { expect: '500|ERR_FAILED' }, async (page) => {
  await page.route('**/find', (route) => route.abort());
  await enterWords(page, 'likes', '囲碁');
  assert.match(await textOf(page, 'error-message'), /つながりませんでした/);
  assert.equal(await page.locator('.hit').count(), 0);
  await page.unroute('**/find');
  await page.route('**/find', (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{}' }));
  await page.click('#error-message button');
  await page.waitForFunction(() => document.querySelector('#error-message').textContent.includes('500'));
  await page.unroute('**/find');
  await page.click('#error-message button');
  await page.waitForSelector('.hit');
  assert.equal(await page.locator('.pill').count(), 1);
}));

test('what was left out opens to its places', () => visitFinder(site, {}, async (page) => {
  await check(page, 'avoid', 'outdoor');
  const whole = page.locator('[data-group="excluded"]');
  assert.match(await whole.locator('summary').first().textContent(), /\d+か所を外しました：.*屋外 \d+/);
  await whole.locator('summary').first().click();
  const reason = whole.locator('details', { hasText: '屋外' });
  await reason.locator('summary').click();
  const stated = Number(/屋外 (\d+)/.exec(await reason.locator('summary').textContent())[1]);
  assert.equal(await reason.locator('li').count(), stated);
  assert.match(await reason.locator('li a').first().getAttribute('href'), /^\/places\/[\w-]+$/);
  await check(page, 'avoid', 'hands');
  assert.equal(await whole.getAttribute('open'), '', 'what was opened stays open');
}));

test('ten of a group are shown, and more where one asks', () => visitFinder(site, {}, async (page) => {
  const hits = page.locator('[data-part="fits"] .hit');
  assert.equal(await hits.count(), 10);
  await page.click('[data-more="fits"]');
  await page.waitForFunction(() => document.querySelectorAll('[data-part="fits"] .hit').length === 20);
  const focused = await page.evaluate(() => document.activeElement.closest('.hit')?.dataset.hit);
  assert.equal(focused, await hits.nth(10).getAttribute('data-hit'));
}));

test('only what one is free for stays', () => visitFinder(site, {}, async (page) => {
  await enterWords(page, 'likes', '将棋');
  const before = await textOf(page, 'groups');
  assert.match(before, /広谷将棋クラブ/);
  await page.click('#field-free summary');
  await check(page, 'free', 'sat-morning');
  await check(page, 'free', 'sat-afternoon');
  assert.match(await hitText(page, '広谷将棋クラブ'), /空いている日に合う/);
  assert.match(await page.locator('[data-summary="free"]').textContent(), /土 8〜17時/);
  assert.match(await page.locator('[data-group="excluded"] summary').first().textContent(), /空いている日にない/);
}));

test('a shortlist takes eight and says when it is full', () => visitFinder(site, {}, async (page) => {
  const buttons = page.locator('.choose');
  for (let nth = 0; nth < 9; nth += 1) await buttons.nth(nth).click();
  assert.equal((await chosen(page)).length, 8);
  assert.match(await textOf(page, 'shortlist-error'), /8件まで/);
  assert.equal(await page.locator('.hit .full').count(), 1, 'said where one pressed, too');
  await page.locator('[data-action="remove"]').first().click();
  assert.equal((await chosen(page)).length, 7);
  await buttons.nth(8).click();
  assert.equal((await chosen(page)).length, 8);
  assert.equal(await page.locator('.choose.on').count(), 8);
}));

const idle = (page) => page.evaluate(() => new Promise((done) => {
  const { map } = window.tsunagari;
  if (map.loaded() && !map.isMoving()) done(null);
  else map.once('idle', () => done(null));
  map.triggerRepaint();
}));

test('a touch of the map is the start, roughly', () => visitFinder(site, { map: true }, async (page) => {
  await page.waitForFunction(() => window.tsunagari?.map);
  await idle(page);
  const bodies = [];
  page.on('request', (request) => { if (request.method() === 'POST') bodies.push(request.postDataJSON()); });
  await page.click('#from-map');
  assert.match(await textOf(page, 'map-message'), /地図の上/);
  const box = await page.locator('#map').boundingBox();
  await change(page, () => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2));
  const { position } = bodies.at(-1).from;
  assert.ok(position.every((degrees) => Math.abs(degrees * 1000 - Math.round(degrees * 1000)) < 1e-6), `${position}`);
  assert.match(await textOf(page, 'from-name'), /約100m/);
  await idle(page);
  const drawn = (layer) => page.evaluate((name) => window.tsunagari.map.queryRenderedFeatures({ layers: [name] }).length, layer);
  assert.ok((await drawn('start')) > 0 && (await drawn('hit')) > 0);
  await change(page, () => page.click('#from-clear'));
  assert.equal('from' in bodies.at(-1), false);
}));

test('the map shows the numbers of the list', () => visitFinder(site, { map: true }, async (page) => {
  await page.waitForFunction(() => window.tsunagari?.map);
  await enterWords(page, 'from-town', '加保');
  await check(page, 'travel', 'bicycle');
  await idle(page);
  await page.waitForTimeout(300);
  const shown = await page.evaluate(() => window.tsunagari.map.queryRenderedFeatures({ layers: ['hit'] }).map(({ properties }) => properties));
  assert.ok(shown.length > 0);
  for (const { id, first } of shown) {
    assert.equal(await page.locator(`[data-hit="${id}"] .number [aria-hidden]`).first().textContent(), String(first));
  }
}));

test('without a map everything else works', async () => {
  const browser = await launch({ gl: false });
  try {
    await visitFinder({ ...site, browser }, { map: true }, async (page) => {
      await page.waitForFunction(() => document.querySelector('#map-message').textContent !== '');
      assert.match(await textOf(page, 'map-message'), /地図を出せません/);
      await enterWords(page, 'from-town', '加保');
      await enterWords(page, 'likes', '囲碁');
      assert.ok((await fitCount(page)) > 0);
      await page.locator('.choose').first().click();
      assert.equal((await chosen(page)).length, 1);
    });
  } finally {
    await browser.close();
  }
});

test('without script the page says so and leads to the list', () => visitFinder(site, { javaScriptEnabled: false }, async (page) => {
  assert.match(await page.locator('main').innerText(), /スクリプト/);
  assert.equal(await page.locator('noscript a[href="/"]').count(), 1);
  assert.equal(await page.locator('#finder').isVisible(), false);
}));

test('the handout takes the place of the page, and gives it back', () => visitFinder(site, {}, async (page) => {
  const part = 'export async function openHandout(box, asked, { onClose }) { window.handed = asked; const b = document.createElement("button");'
    + ' b.id = "shut"; b.textContent = "x"; b.onclick = onClose; box.append(b); }';
  await page.route('**/assets/handout/handout.js', (route) => route.fulfill({ contentType: 'text/javascript', body: part }));
  await enterWords(page, 'from-town', '加保');
  await page.locator('.choose').first().click();
  await page.locator('#shortlist-items input').fill('ひとこと');
  const id = await page.locator('#shortlist-items li').getAttribute('data-chosen');
  await page.click('#make-handout');
  await page.waitForSelector('#shut');
  assert.deepEqual(await page.evaluate(() => window.handed), { from: { town: '大屋町加保' }, travel: [], items: [{ id, line: 'ひとこと' }] });
  assert.equal(await page.locator('#finder').isVisible(), false);
  assert.equal(await page.locator('#finder').getAttribute('class'), 'no-print');
  await page.click('#shut');
  assert.equal(await page.locator('#finder').isVisible(), true);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'make-handout');
  assert.equal((await chosen(page)).length, 1);
}));

test('where the handout is missing the page says so', () => visitFinder(site, { expect: '404|ERR_FAILED' }, async (page) => {
  await page.route('**/assets/handout/handout.js', (route) => route.abort());
  await page.locator('.choose').first().click();
  await page.click('#make-handout');
  await page.waitForFunction(() => document.querySelector('#shortlist-error').textContent !== '');
  assert.match(await textOf(page, 'shortlist-error'), /開けませんでした/);
  assert.equal(await page.locator('#finder').isVisible(), true);
}));

test('what nobody found is noted by district, terms and ways alone', () => visitFinder(site, {}, async (page) => {
  const part = 'export async function unmetButtons(need) { window.need = need; const p = document.createElement("p"); p.id = "buttons"; return p; }';
  await page.route('**/assets/unmet/unmet.js', (route) => route.fulfill({ contentType: 'text/javascript', body: part }));
  await page.reload();
  await ready(page);
  await page.waitForSelector('#buttons', { state: 'attached' });
  await enterWords(page, 'from-town', '加保');
  await enterWords(page, 'likes', THEIR_WORDS);
  await check(page, 'travel', 'bus');
  const need = await page.evaluate(() => window.need());
  assert.deepEqual({ ...need, district: typeof need.district }, { district: 'string', interests: ['科学'], travel: ['bus'] });
}));

test('the page is on the internal address only', () => visit(site, '/find', { expectFaults: /404/ }, async (page, response) => {
  assert.equal(response.status(), 404);
  assert.equal(await page.locator('#finder').count(), 0);
}));

test('on a phone the bar leads to answers, shortlist and map', () => visitFinder(site, { ...PHONE, map: true }, async (page) => {
  await enterWords(page, 'likes', '囲碁');
  assert.match(await textOf(page, 'bar-answers'), /合うもの \d+件を見る/);
  await page.click('#bar-answers');
  assert.ok(await page.locator('#count').evaluate((count) => count.getBoundingClientRect().top < 200));
  await page.locator('.choose').first().click();
  assert.equal(await textOf(page, 'bar-shortlist'), 'えらんだ 1件');
  await page.click('#bar-shortlist');
  await page.waitForFunction(() => document.querySelector('#make-handout').getBoundingClientRect().bottom < innerHeight);
  await page.click('#map-show');
  await page.waitForFunction(() => window.tsunagari?.map);
}));
