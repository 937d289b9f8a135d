/** Questions of residents: what is typed and chosen, with the same answer from the server and from the page's script. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { count, PHONE, ready, visit, withServerAndBrowser } from './with-server.mjs';

const site = withServerAndBrowser();

const QUERIES = [
  '囲碁', 'いご', '碁', '珈琲', 'コーヒー', 'カフェ', '喫茶', '体操', 'たいそう', 'ﾀｲｿｳ', '大屋', 'おおや', 'ooya', 'Ōya', 'oya', '八鹿', 'youka', 'yoka', '関宮',
  '月曜', '月曜日', 'げつようび', 'monday', '午前', '午前中', '夜', '平日', '土日', '週末', '今日', '明日', '今週', 'this week', '月曜の午前', '水曜 午後', '火曜か木曜',
  '無料', 'ただ', 'タダ', '0円', '段差なし', 'バリアフリー', 'no steps', '送迎', '送迎あり', 'トイレ', '駐車場', '見学', '満員', '要予約',
  '大屋の体操', '大屋で体操がしたい', '月曜の午前に体操', '近くのカフェ', '体操できるところ', '囲碁か将棋', '歩きたい', '花', '茶', '本', 'パソコンを習いたい',
  'exercise', 'free exercise on monday', 'coffee', 'サロン', 'ふれあい サロン', '079', '公民館', '毎週', '第2', 'の', 'a', 'zzzz', '大屋 zzzz', '<script>', '🌸', '　', '、、', 'ー',
  '膝が痛い', '話し相手がほしい', 'だれかと話したい', 'グラウンドゴルフ', 'グランドゴルフ', '畑', '野菜をつくる', '子ども食堂', '認知症', '相談',
];

/** What both answers say, by the elements that both draw. */
function readAnswer(root) {
  const ids = [...root.querySelectorAll('#list .card')].map((card) => card.dataset.place);
  const heads = [...root.querySelectorAll('#list h3')].map((h3) => h3.textContent);
  const texts = ['#count', '#count-more', '#understood', '#list .none', '#nearby'].map((it) => root.querySelector(it)?.textContent.replaceAll(/\s+/g, ' ').trim() ?? '');
  const links = [...root.querySelectorAll('#list .none a, #nearby a, #chosen a, [data-when], [data-fact]')].map((a) => `${a.getAttribute('href')} ${a.getAttribute('aria-current')}`);
  return { ids, heads, texts, links };
}

/** The state's address as the server and as the script answer it. */
async function both(page, address) {
  return page.evaluate(async ({ address: url, read }) => {
    const answer = new Function(`return ${read}`)();
    const html = await (await fetch(url)).text();
    const server = answer(new DOMParser().parseFromString(html, 'text/html'));
    window.tsunagari.show(url);
    return { server, script: answer(document) };
  }, { address, read: readAnswer.toString() });
}

test('what is typed has the same answer from the server and in the page', () => visit(site, '/', { bypassCSP: true }, async (page) => {
  for (const q of QUERIES) {
    const { server, script } = await both(page, `/?q=${encodeURIComponent(q)}`);
    assert.deepEqual(script, server, q);
  }
}));

test('conditions, starts and their combinations have the same answer from the server and in the page', () => visit(site, '/', { bypassCSP: true }, async (page) => {
  const district = await page.locator('a[data-district]').first().getAttribute('data-district');
  for (const query of [
    'when=mon', 'when=mon,tue&when=morning', 'when=today', 'when=tomorrow', 'when=week&when=evening', 'when=weekend', 'fact=step_free', 'fact=pick_up,toilet',
    'fact=free_of_charge&when=wed&when=afternoon', 'fact=accepts_new', 'fact=visit_first', 'q=体操&when=mon&fact=step_free', 'from=大屋', 'from=おおや&by=district', 'from=nowhere',
    `district=${district}&when=sat`, `district=${district}&q=zzzz&fact=toilet`, 'lang=en&when=mon&q=coffee', 'lang=easy&fact=pick_up&q=囲碁', 'when=sun&when=evening&fact=pick_up&fact=toilet',
  ]) {
    const { server, script } = await both(page, `/?${query}`);
    if (!query.includes('lang=')) assert.deepEqual(script, server, query);
    else assert.deepEqual(script.ids, server.ids, query);
  }
}));

test('unknown is a group of its own and never a yes', () => visit(site, '/?fact=step_free', {}, async (page) => {
  const certain = await count(page);
  const all = await page.locator('#list .card').count();
  assert.ok(certain > 0 && all > certain, `${certain} of ${all}`);
  const groups = page.locator('#list .group');
  const last = groups.last();
  assert.match(await last.locator('h3').textContent(), /分からないもの/);
  assert.equal(await last.locator('.badges', { hasText: '段差なし' }).count(), 0);
  assert.match(await page.locator('#count-more').textContent(), /分からないもの/);
}));

test('an empty list says which condition emptied it, and whom to call', () => visit(site, '/?q=' + encodeURIComponent('体操 zzzz'), { javaScriptEnabled: false }, async (page) => {
  const link = page.locator('#list .none a').filter({ hasText: 'zzzz' });
  const promised = Number((await link.textContent()).replace(/.*外すと/, '').replace(/\D/g, ''));
  assert.equal(await page.locator('#list .none a[href^="tel:"]').count(), 1);
  await link.click();
  assert.equal(await count(page), promised);
}));

test('on a phone a choice shows how many it leaves, and leads to them', () => visit(site, '/', PHONE, async (page) => {
  await page.locator('[data-fold="when"] summary').tap();
  await page.locator('[data-when="mon"]').tap();
  const bar = page.locator('#show-bar button');
  const box = await bar.boundingBox();
  assert.ok(box && box.y >= 0 && box.y + box.height <= 844, JSON.stringify(box));
  assert.match(await bar.textContent(), new RegExp(`^${await count(page)}件を見る$`));
  await bar.tap();
  await page.waitForFunction(() => {
    const { top, bottom } = document.querySelector('#count').getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
  assert.equal(await page.locator('details[open]').count(), 0);
  assert.equal(await bar.isVisible(), false);
}));

test('on a phone the tab is in the address, and back leads to the map again', () => visit(site, '/', { ...PHONE, map: true }, async (page) => {
  await page.locator('[data-show="map"]').tap();
  assert.match(page.url(), /tab=map/);
  await page.evaluate(() => window.tsunagari.go(document.querySelector('.card').dataset.place));
  await page.locator('[data-show="list"]').tap();
  await page.goBack();
  await page.goBack();
  await page.waitForFunction(() => document.body.dataset.tab === 'map');
}));

test('the order from where one is stays in the page', async () => {
  await visit(site, '/', { geolocation: { longitude: 134.767, latitude: 35.404 }, permissions: ['geolocation'] }, async (page) => {
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.locator('[data-fold="when"] summary').click();
    await page.locator('#from-here').click();
    await page.waitForFunction(() => /今いるところ/.test(document.querySelector('#list h3').textContent));
    // The map may still be on its way; it is the same for everybody.
    assert.deepEqual(asked.filter((url) => !/\/assets\/[^?]*$|\/(land|districts)\.geojson$/.test(url)), []);
    assert.doesNotMatch(page.url(), /134|35\.4/);
  });
});

test('a month of a district has a table and a list of the same meetings', () => visit(site, '/month?month=2027-01', { javaScriptEnabled: false }, async (page) => {
  const links = (where) => page.locator(`${where} a`).evaluateAll((list) => list.map((a) => a.getAttribute('href')));
  const [table, list] = [await links('.month-table'), await links('.month-list')];
  assert.ok(table.length > 20, `${table.length}`);
  assert.deepEqual(table, list);
  await page.locator('nav.pager a').last().click();
  assert.match(await page.locator('h1').textContent(), /2月/);
}));

test('a damaged list of places is loaded once more, then said, and leaves the server\'s answer', () => visit(site, '/', { expectFaults: /Failed to load|404/ }, async (page) => {
  const before = await page.locator('#count').textContent();
  let asked = 0;
  await page.route('**/places.geojson', (route) => {
    asked += 1;
    return route.fulfill({ contentType: 'application/geo+json', body: '{"type":"FeatureCollection","features":[{"type":"Feature"' });
  });
  await page.reload();
  await ready(page);
  assert.equal(asked, 2);
  assert.equal(await page.locator('#count').textContent(), before);
  assert.equal(await page.locator('#load-note button').count(), 1);
  await page.unroute('**/places.geojson');
  await page.locator('#load-note button').click();
  await page.waitForFunction(() => document.querySelector('#load-note').childElementCount === 0);
}));

test('a place opens from what is loaded where there is no connection', () => visit(site, '/', { expectFaults: /Failed to load/ }, async (page) => {
  const name = await page.locator('.card .name a').first().textContent();
  await page.route('**/places/*', (route) => route.abort());
  await page.locator('.card .name a').first().click();
  await page.waitForFunction(() => document.querySelector('#detail h1'));
  assert.equal(await page.locator('#detail h1').textContent(), name);
}));

test('with letters twice as large the wide page keeps list and map, and a tiny screen shows content', async () => {
  await visit(site, '/', {}, async (page) => {
    await page.evaluate(() => { document.documentElement.style.fontSize = '225%'; });
    const [list, map] = [await page.locator('#list-pane').boundingBox(), await page.locator('#map-pane').boundingBox()];
    assert.ok(map.width > 400 && list.width > 500, `${list.width} ${map.width}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  });
  await visit(site, '/', { viewport: { width: 320, height: 256 } }, async (page) => {
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    assert.equal(await page.locator('.tabs').evaluate((tabs) => getComputedStyle(tabs).position), 'static');
  });
});

test('Escape closes a fold and then the place, and gives the focus back', () => visit(site, '/', {}, async (page) => {
  await page.locator('[data-fold="when"] summary').click();
  await page.locator('[data-when="mon"]').focus();
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('[data-fold="when"]').getAttribute('open'), null);
  await page.locator('.card .name a').first().click();
  await page.waitForSelector('#detail h1');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('#detail h1'));
}));

test('questions of residents are answered by what they mean', () => visit(site, '/', {}, async (page) => {
  const answer = (q) => page.evaluate((url) => { window.tsunagari.show(url); return { n: document.querySelectorAll('#list .card').length,
    count: document.querySelector('#count').textContent, said: document.querySelector('#understood').textContent }; }, `/?q=${encodeURIComponent(q)}`);
  for (const [q, said] of [
    ['珈琲', /コーヒー/], ['いご', /囲碁/], ['月曜日にやってる体操', /月曜/], ['coffee on saturday', /土曜/], ['バリアフリーのカフェ', /段差なし/],
    ['夜にやっている集まり', /夕方・夜/], ['thể dục', /体操/], ['大屋のぼるだりんぐ', /外してさがしました/],
  ]) {
    const { n, said: understood } = await answer(q);
    assert.ok(n > 0, q);
    assert.match(understood, said, q);
  }
  assert.match((await answer('歌を歌いたい')).count, /^[1-9]/);
  assert.match((await answer('zzzz')).count, /^0/);
}));
