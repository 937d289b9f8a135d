import assert from 'node:assert/strict';
import test from 'node:test';
import { audit, WIDTHS } from './axe.mjs';
import { visit, withServerAndBrowser } from './with-server.mjs';

/** The frame is borrowed from the page for an address that leads nowhere. */
const IN_A_FRAME = { expectFaults: /404/ };
const site = withServerAndBrowser({ base: 'internal' });

/** Makes the papers in a page of the internal address, as the finder's page does. */
async function open(page, { names, from = { district: 'oya' }, travel = ['bicycle', 'bus'], lines = [] }) {
  await page.goto(`${site.internal}/places/nobody`);
  await page.evaluate(async () => {
    for (const href of ['/assets/link-worker.css', '/assets/handout/handout.css']) {
      const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
      const loaded = new Promise((resolve) => { link.onload = resolve; });
      document.head.append(link);
      await loaded;
    }
    document.body.className = 'link-worker';
    document.querySelectorAll('body > :not(main)').forEach((element) => element.classList.add('no-print'));
    const main = document.querySelector('main');
    const [title, button, section] = ['h1', 'button', 'section'].map((name) => document.createElement(name));
    title.textContent = 'Finder';
    button.textContent = 'Papers';
    button.id = 'opener';
    Object.assign(section, { id: 'handout', hidden: true });
    main.replaceChildren(title, button, section);
    button.focus();
  });
  return page.evaluate(async ({ names, from, travel, lines }) => {
    const all = (await (await fetch('/places.geojson')).json()).features;
    const found = (name) => (typeof name === 'number' ? all[name % all.length] : all.find((it) => it.properties.name.includes(name)));
    const items = names.map((name, at) => ({ id: found(name).id, line: lines[at] ?? '' }));
    const { openHandout } = await import('/assets/handout/handout.js');
    await openHandout(document.getElementById('handout'), { from, travel, items }, { onClose: () => { window.wentBack = true; } });
    return items;
  }, { names, from, travel, lines });
}

const three = { names: ['囲碁', '針金', '野菜づくり'], lines: ['<b>いっしょに行きます</b>', '', ''] };

test('the papers are sheets of A4, each with the same code', () => visit(site, '/', IN_A_FRAME, async (page) => {
  await open(page, three);
  const papers = await page.locator('.handout [data-sheet] .paper').count();
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const sizes = [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, wide, high]) => `${Math.round(wide)} ${Math.round(high)}`);
  assert.equal(sizes.length, papers, sizes.join(', '));
  assert.ok(sizes.every((size) => size === '595 842'), sizes.join(', '));
  const codes = await page.locator('.paper-foot .code').allTextContents();
  assert.equal(codes.length, papers - 1, 'every sheet but the doctor’s has it at the foot');
  const report = await page.locator('article.sheet').locator('input, textarea').evaluateAll((fields) => fields.map((field) => field.value));
  assert.ok(report.includes(codes[0]), 'the doctor’s has it in its field');
  assert.match(codes[0], /^[A-Z3-9]{4}-[A-Z3-9]{4}-[A-Z3-9]{4}$/);
  assert.equal(new Set(codes).size, 1);
  await page.evaluate(() => { document.getElementById('handout').replaceChildren(); });
  await open(page, three);
  assert.notEqual((await page.locator('.paper-foot .code').first().textContent()), codes[0]);
}));

test('eight places fit on their sheets, whichever they are', () => visit(site, '/', IN_A_FRAME, async (page) => {
  for (const start of [0, 41, 82]) {
    await open(page, { names: [0, 1, 2, 3, 4, 5, 6, 7].map((nth) => start + nth * 5), lines: ['', '・'.repeat(60)] });
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    assert.equal([...pdf.matchAll(/\/MediaBox/g)].length, await page.locator('.handout [data-sheet] .paper').count(), `from ${start}`);
  }
}));

test('no sheet has a heading alone: below it stand the place or the map, or all places at a glance', () => visit(site, '/', IN_A_FRAME, async (page) => {
  await open(page, { names: ['囲碁'] });
  assert.equal(await page.locator('.prescription').first().locator('.place, .map-of-places').count(), 1);
  assert.equal(await page.locator('.prescription').count(), 2);
  await page.evaluate(() => { document.getElementById('handout').replaceChildren(); });
  await open(page, three);
  assert.equal(await page.locator('.prescription').first().locator('.overview li').count(), 3);
}));

test('nobody needs glasses: 16 points and more, nothing wider than the paper, no place over two sheets', () => visit(site, '/', IN_A_FRAME, async (page) => {
  await open(page, three);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 703, height: 1032 });
  const small = await page.locator('.prescription').evaluateAll((papers) => papers.flatMap((paper) => {
    const walker = document.createTreeWalker(paper, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      const size = parseFloat(getComputedStyle(element).fontSize) * 0.75;
      if (walker.currentNode.textContent.trim() && !element.closest('rt, rp, svg') && size < 15.99) found.push(`${size} ${element.textContent}`);
    }
    return found;
  }));
  assert.deepEqual(small, []);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 703);
  const high = await page.locator('.paper').evaluateAll((papers) => papers.map((paper) => paper.getBoundingClientRect().height * 25.4 / 96));
  assert.ok(high.every((mm) => mm <= 273), high.join(' '));
  assert.ok(parseFloat(await page.locator('.number-to-call').first().evaluate((it) => getComputedStyle(it).fontSize)) >= 34);
}));

test('names, towns and our own words have their readings', () => visit(site, '/', IN_A_FRAME, async (page) => {
  await open(page, three);
  const read = await page.locator('.prescription ruby').evaluateAll((all) => all.map((it) => `${it.firstChild.textContent}:${it.querySelector('rt').textContent}`));
  for (const one of ['処方箋:しょほうせん', '針金:はりがね', '八鹿町八鹿:ようかちょうようか', '大屋:おおや', '北東:ほくとう', '電話:でんわ']) assert.ok(read.includes(one), one);
}));

test('what the link worker wrote stands on the paper as it is, and is sent nowhere', () => visit(site, '/', IN_A_FRAME, async (page) => {
  const sent = [];
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  await open(page, three);
  assert.equal(await page.locator('.own-line').textContent(), three.lines[0]);
  assert.ok(sent.some((one) => one.includes('/handout')));
  assert.ok(sent.every((one) => !one.includes('いっしょに')), sent.join('\n'));
  assert.ok(sent.every((one) => !/oya/.test(one.split(' ')[0])), 'the start stands in no address');
  const kept = await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie, location.search + location.hash].join());
  assert.equal(kept, '0,0,,');
}));

test('two places stand on a sheet, with what to ask in one line and lines to fill in', () => visit(site, '/', IN_A_FRAME, async (page) => {
  await open(page, { names: ['囲碁', '針金', '野菜づくり'] });
  const counts = await page.locator('.prescription').evaluateAll((papers) => papers.map((paper) => paper.querySelectorAll('.place').length));
  assert.deepEqual(counts.filter(Boolean), [2, 1], counts.join());
  for (const ask of await page.locator('.place > .ask').allTextContents()) assert.match(ask, /^電話.*でたずねること|^でんわ|^電話/u);
  assert.equal(await page.locator('.place > .ask').evaluateAll((all) => all.some((it) => it.previousElementSibling.matches('.ask'))), false, 'one line each');
  assert.equal(await page.locator('.place .to-fill').count(), 3);
  assert.equal(await page.locator('.cover .to-fill .blank').count(), 2);
  assert.match(await page.locator('.paper-head').textContent(), /2\d{3}年（令和\d+年）/);
}));

test('the calendar has five weeks from today', () => visit(site, '/', IN_A_FRAME, async (page) => {
  await open(page, three);
  assert.equal(await page.locator('.calendar td:not(.other)').count(), 35);
  const today = new Date(Date.now() + 9 * 3_600_000);
  const first = (await page.locator('.calendar td:not(.other) .day').first().evaluate((it) => it.firstChild.textContent));
  assert.equal(first, `${today.getUTCMonth() + 1}/${today.getUTCDate()}`);
}));

test('one chooses what is printed, and goes back to where one was', () => visit(site, '/', IN_A_FRAME, async (page) => {
  await open(page, three);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H2');
  await page.locator('.handout-bar input[type=checkbox]').first().uncheck();
  assert.equal(await page.locator('.prescription').first().isVisible(), false);
  const printed = async () => [...(await page.pdf({ preferCSSPageSize: true })).toString('latin1').matchAll(/\/MediaBox/g)].length;
  assert.equal(await printed(), 2, 'the calendar and the sheet for the doctor');
  await page.locator('.handout-bar input[type=checkbox]').nth(2).uncheck();
  assert.equal(await printed(), 1);
  await page.locator('.handout-bar button').nth(1).click();
  assert.equal(await page.locator('#handout').isHidden(), true);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'opener');
  assert.equal(await page.evaluate(() => window.wentBack), true);
}));

test('a map, a code to the public page, and every kind of place can be laid out', () => visit(site, '/', IN_A_FRAME, async (page) => {
  await page.route('**/handout', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    const answer = await route.fetch();
    const parts = await answer.json();
    parts.places[0].qr = { url: 'https://example.jp', size: 29, path: 'M4 4h7v1h-7z' };
    parts.places[1].public = false;
    parts.places[1].warnings = ['closed', 'paused', 'full', 'no_new'];
    parts.places[2].way.mode = 'phone';
    return route.fulfill({ response: answer, json: parts });
  });
  await open(page, three);
  assert.equal(await page.locator('svg.qr').count(), 1);
  assert.equal(await page.locator('.map-of-places svg').count(), 1);
  assert.equal(await page.locator('.place .warning').count(), 4);
  assert.equal(await page.locator('.place .sample-mark').count(), 2, 'the two others are of the sample');
  assert.match(await page.locator('.hints').textContent(), /2 針金/);
}));

test('an error is told and leads back', () => visit(site, '/', { expectFaults: /4\d\d|Failed to load/ }, async (page) => {
  await open(page, { ...three, from: { district: 'nowhere' } });
  assert.equal(await page.locator('#handout [role=alert]').count(), 1);
  await page.locator('#handout button').click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'opener');
}));

for (const [width, options] of Object.entries(WIDTHS)) {
  test(`axe finds nothing on the papers (${width})`, () => visit(site, '/', { ...options, ...IN_A_FRAME }, async (page) => {
    await open(page, three);
    await audit(page);
    const wide = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(wide[0] <= wide[1], wide.join(' '));
  }));
}

test('nothing is wider than a screen of 320 px', () => visit(site, '/', { viewport: { width: 320, height: 640 }, ...IN_A_FRAME }, async (page) => {
  await open(page, three);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
}));
