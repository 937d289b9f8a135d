import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import test from 'node:test';
import { audit, WIDTHS } from './axe.mjs';
import { PHONE, visit, withServerAndBrowser } from './with-server.mjs';

const SHEETS = { referral: 1, report: 1, assessment: 2 };
const PAGES = ['/sheets', '/guide', ...Object.keys(SHEETS).map((name) => `/sheets/${name}`)];
const STORY = '夫を見送ってから、夕方になると家がしんとして、テレビをつけたまま寝てしまう。だれかと将棋でも指せたら、と思うことはあるが、いまさら知らない人の中に入るのは気がひける。';
const site = withServerAndBrowser();

const open = (name, options, look) => visit(site, `/sheets/${name}`, options, async (page) => {
  await page.locator('.bar').first().waitFor();
  await look(page);
});
const boxes = (page) => page.locator('.sheet textarea').all();
const tallBox = (page) => page.locator('.sheet .tall textarea, .sheet .taller textarea').first();

/**
 * The sheet on paper: how many pages, their size in points, and what can be read on them, without spaces. The text is `null` where
 * `pdftotext` (poppler-utils) is not there.
 */
async function onPaper(page) {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const source = pdf.toString('latin1');
  const pages = source.match(/\/Type \/Page\b(?!s)/g).length;
  const size = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(source).slice(1).map(Number);
  const read = spawnSync('pdftotext', ['-raw', '-', '-'], { input: pdf, encoding: 'utf8', maxBuffer: 1 << 24 });
  return { pages, size, text: read.error ? null : read.stdout.replace(/\s/g, '') };
}

/** What is not on paper of what must be; nothing where the paper cannot be read here. */
const missing = (paper, words) => (paper.text === null ? [] : words.filter((word) => !paper.text.includes(word)));

/** Rate the axes in their order; what is left out stays open. */
async function rate(page, time, values) {
  const selects = page.locator(`.axis select[data-time="${time}"]`);
  for (const [at, value] of values.entries()) await selects.nth(at).selectOption(String(value ?? ''));
}
const hints = (page) => page.locator('.hints dl > div:visible').evaluateAll((rows) => rows.map((row) => row.dataset.axis));

/** The sizes in points of the texts below `selector` on paper that are smaller than `least`. */
const smaller = (page, selector, least) => page.locator(selector).evaluateAll((all, least) => all.flatMap((root) => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const size = parseFloat(getComputedStyle(element).fontSize) * 0.75;
    if (walker.currentNode.textContent.trim() && !element.closest('.no-print') && size < least - 0.01) found.push(`${size} ${element.textContent}`);
  }
  return found;
}), least);

test('the upper half of a referral is complete, read without glasses, and ends above the middle', () => open('referral', {}, async (page) => {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 703, height: 1032 });
  assert.deepEqual(await smaller(page, '.sheet .first-half, .sheet .enough', 10.5), []);
  const text = await page.locator('.first-half').textContent();
  for (const part of ['生活の様子がわからない', '同意', '連絡のしかた', '会うまでの目安', '返してほしいこと']) assert.ok(text.includes(part), part);
  const [top, end] = await page.locator('.leaf').evaluate((leaf) => [leaf.getBoundingClientRect().top, leaf.querySelector('.enough').getBoundingClientRect().bottom]);
  assert.ok((end - top) * 25.4 / 96 <= 165, `${(end - top) * 25.4 / 96} mm`);
}));

test('the questions of the assessment have 12 points', () => open('assessment', {}, async (page) => {
  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(await smaller(page, '.sheet .axis ul', 12), []);
}));

test('the report has two boxes for numbers, and what a clinic counts before and now', () => open('report', {}, async (page) => {
  assert.deepEqual(await page.locator('.which .cell .name').allTextContents().then((all) => all.slice(0, 2)), ['医療機関の番号', '紙のコード']);
  assert.equal(await page.locator('.counts input').count(), 6);
  assert.ok((await page.getByRole('group', { name: '制度につないだ' }).locator('input').count()) >= 6);
}));

for (const [name, pages] of Object.entries(SHEETS)) {
  test(`a blank ${name} is ${pages} page(s) of A4 without buttons`, () => open(name, { colorScheme: 'dark' }, async (page) => {
    const paper = await onPaper(page);
    assert.equal(paper.pages, pages);
    assert.deepEqual(paper.size.map((points) => Math.abs(Math.round((points / 72) * 25.4))), [210, 297]);
    assert.doesNotMatch(paper.text ?? '', /印刷する|書いたことを消す|すべての場所|今日を/);
  }));

  test(`a ${name} filled in as people do stays ${pages} page(s) and is read whole`, () => open(name, {}, async (page) => {
    for (const [at, box] of (await boxes(page)).entries()) await box.fill(`欄${at}の言葉`);
    await tallBox(page).fill(STORY);
    const paper = await onPaper(page);
    assert.equal(paper.pages, pages);
    assert.deepEqual(missing(paper, await page.locator('.sheet textarea').evaluateAll((list) => list.map((box) => box.value))), []);
  }));

  test(`a very long text in a ${name} goes on to further pages and nothing of it is cut off`, () => open(name, PHONE, async (page) => {
    const sentences = Array.from({ length: 120 }, (_, at) => `第${at}文、きょうは川まで歩いて鷺を見たと話された。`);
    await tallBox(page).fill(sentences.join(''));
    const paper = await onPaper(page);
    assert.ok(paper.pages > pages);
    // A sentence may go over to the next page, with what stands there at the foot and the head between its halves.
    const torn = missing(paper, sentences);
    assert.ok(torn.length < paper.pages, torn.join());
    if (paper.text !== null) assert.equal(paper.text.match(/鷺/g).length, sentences.length);
  }));

  test(`the boxes of a ${name} grow as one types`, () => open(name, {}, async (page) => {
    const box = tallBox(page);
    const height = () => box.evaluate((e) => e.getBoundingClientRect().height);
    const before = await height();
    await box.fill(STORY.repeat(4));
    assert.ok((await height()) > before);
    assert.equal(await box.evaluate((e) => e.scrollHeight <= e.clientHeight + 1), true);
    await box.fill('');
    assert.equal(await height(), before);
  }));

  test(`nothing of a ${name} leaves the page or is kept`, () => open(name, {}, async (page) => {
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    const address = page.url();
    for (const box of await boxes(page)) await box.fill('秘密の言葉');
    for (const tick of await page.locator('.sheet .tick input').all()) await tick.check();
    await page.locator('.sheet input[type="text"]').first().press('Enter');
    assert.deepEqual(asked, []);
    assert.equal(page.url(), address);
    const kept = await page.evaluate(async () => [localStorage.length, sessionStorage.length, document.cookie, JSON.stringify(history.state),
      (await indexedDB.databases()).length, (await caches.keys()).length]);
    assert.deepEqual(kept, [0, 0, '', 'null', 0, 0]);
    await page.reload();
    assert.equal(await page.locator('.sheet textarea').first().inputValue(), '');
  }));

  test(`a ${name} is emptied only after asking`, () => open(name, {}, async (page) => {
    const answers = [false, true];
    page.on('dialog', (dialog) => (dialog.type() === 'confirm' && answers.shift() ? dialog.accept() : dialog.dismiss()));
    const box = page.locator('.sheet textarea').first();
    await box.fill('R8-012');
    await page.locator('.sheet .tick input').first().check({ timeout: 1000 }).catch(() => {});
    await page.locator('button[data-clear]').first().click();
    assert.equal(await box.inputValue(), 'R8-012');
    await page.locator('button[data-clear]').first().click();
    assert.equal(await box.inputValue(), '');
    assert.equal(await page.locator('.sheet input:checked').count(), 0);
    assert.doesNotMatch((await onPaper(page)).text ?? '', /R8-012/);
    assert.match(await page.locator('[role="status"]').first().textContent(), /消しました/);
  }));
}

test('of things of which one is meant, one stays ticked', () => open('referral', {}, async (page) => {
  const urgency = page.locator('fieldset', { hasText: '会うまでの目安' }).locator('input');
  await urgency.nth(0).check();
  await urgency.nth(2).check();
  assert.deepEqual(await urgency.evaluateAll((list) => list.map((e) => e.checked)), [false, false, true]);
  const care = page.locator('fieldset', { hasText: 'あるものに印' }).locator('input');
  await care.nth(0).check();
  await care.nth(1).check();
  assert.equal(await care.nth(0).isChecked(), true);
}));

test('web, table and hints follow the numbers', () => open('assessment', {}, async (page) => {
  assert.deepEqual(await hints(page), []);
  await rate(page, 'now', [6, 3, 5, 7, 2, 9]);
  assert.deepEqual(await hints(page), ['ties', 'mind']);
  assert.equal(await page.locator('[data-line="now"] .line').count(), 6);
  assert.equal(await page.locator('[data-line="now"] circle').count(), 6);
  assert.deepEqual(await page.locator('[data-line="now"] circle').first().evaluate((e) => [e.getAttribute('cx'), e.getAttribute('cy')]), ['0', '-60']);
  await rate(page, 'later', [6, 5, null, 4]);
  assert.equal(await page.locator('[data-line="later"] rect').count(), 3);
  assert.equal(await page.locator('[data-line="later"] .line').count(), 1, 'only neighbours are joined');
  assert.deepEqual(await page.locator('.numbers [data-time="change"]').allTextContents(), ['±0', '+2', '', '−3', '', '']);
  assert.deepEqual(await hints(page), ['ties', 'mind'], 'the second time says nothing of where to look');
  const dash = (line) => page.locator(`[data-line="${line}"] .line`).first().evaluate((e) => getComputedStyle(e).strokeDasharray);
  assert.notEqual(await dash('now'), await dash('later'));
  await rate(page, 'now', [8, 8, 7, 8, 8, 9]);
  assert.equal(await page.locator('[data-hint="even"]').isVisible(), true);
}));

test('hints name what the city has, with how many places there are', () => open('assessment', {}, async (page) => {
  await rate(page, 'now', [9, 9, 9, 9, 1, 9]);
  assert.match(await page.locator('.hints dd:visible').textContent(), /^[^（]+（\d+か所）(・[^（]+（\d+か所）)+$/);
}));

test('another page can take over both sheets with what it knows', () => visit(site, '/guide', {}, async (page) => {
  const heard = await page.evaluate(async () => {
    const { loadReport } = await import('/assets/sheets/report.js');
    const { loadAssessment } = await import('/assets/sheets/assessment.js');
    const places = Array.from({ length: 8 }, (_, at) => ({ name: `場所${at}`, office: '公民館', phone: '079-000-0000' }));
    const report = await loadReport({ code: 'ABC-123', places });
    const heard = [];
    const assessment = await loadAssessment({ onLowAxes: (axes) => heard.push(axes) });
    document.querySelector('main').append(report, assessment);
    const select = assessment.querySelector('[data-axis="ties"] select');
    for (const value of ['3', '3', '8']) {
      select.value = value;
      select.dispatchEvent(new Event('input', { bubbles: true }));
    }
    return heard;
  });
  assert.deepEqual(heard, [['ties'], []]);
  assert.equal(await page.locator('link[href="/assets/sheets/sheets.css"]').count(), 1);
  const report = page.locator('[data-sheet="report"]');
  assert.equal(await report.locator('.code textarea').inputValue(), 'ABC-123');
  assert.equal(await report.locator('tbody tr').count(), 8);
  assert.equal(await report.locator('tbody tr').nth(7).locator('textarea').nth(1).inputValue(), '公民館 079-000-0000');
  assert.equal(new Set(await report.locator('.places textarea').evaluateAll((list) => list.map((e) => e.ariaLabel))).size, 24);
  assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('[id]')].map((e) => e.id).filter((id, at, all) => all.indexOf(id) !== at)), []);
}));

test('a report with eight places is still one page', () => open('report', {}, async (page) => {
  await page.evaluate(async () => {
    const { fillReport } = await import('/assets/sheets/report.js');
    const places = Array.from({ length: 8 }, (_, at) => ({ name: `囲碁サロン 第${at}`, office: '八鹿公民館', phone: '079-000-0000' }));
    fillReport(document.querySelector('.paper'), { code: 'ABC-123', places });
  });
  const paper = await onPaper(page);
  assert.equal(paper.pages, 1);
  assert.deepEqual(missing(paper, ['囲碁サロン第7', 'ABC-123']), []);
}));

test('a sheet can be filled in with the keyboard alone', () => open('referral', {}, async (page) => {
  await page.locator('.sheet textarea').first().focus();
  await page.keyboard.type('R8-012');
  for (let at = 0; at < 4; at += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('.sheet .year').first().inputValue(), String(new Date().getFullYear()));
  const reached = new Set();
  for (let at = 0; at < 90; at += 1) {
    await page.keyboard.press('Tab');
    reached.add(await page.evaluate(() => [...document.querySelectorAll('.sheet :is(input, textarea)')].indexOf(document.activeElement)));
  }
  assert.equal([...reached].filter((at) => at > 3).length, (await page.locator('.sheet :is(input, textarea)').count()) - 4);
}));

test('a blank sheet can be printed without script', () => visit(site, '/sheets/assessment', { javaScriptEnabled: false }, async (page) => {
  const paper = await onPaper(page);
  assert.equal(paper.pages, 2);
  assert.equal(await page.locator('.radar-chart .ring').count(), 5);
  assert.equal(await page.locator('[data-print]').first().isVisible(), false);
}));

test('the guide is two pages on paper and its card of institutions one, and the contents lead to its sections', () => visit(site, '/guide', {}, async (page) => {
  assert.equal((await onPaper(page)).pages, 3);
  for (const link of await page.locator('.contents a').all()) {
    const id = decodeURIComponent((await link.getAttribute('href')).slice(1));
    assert.equal(await page.evaluate((name) => document.getElementById(name)?.tagName, id), 'H2', id);
  }
  const hrefs = await page.locator('main a[href*="sheets"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.ok(hrefs.length >= 3);
  for (const href of hrefs) assert.equal((await page.request.get(new URL(href, site.base).href)).status(), 200, href);
}));

for (const [width, options] of Object.entries(WIDTHS)) {
  test(`axe finds nothing on the sheets and the guide (${width})`, () => visit(site, '/sheets', options, async (page) => {
    for (const path of PAGES) {
      await page.goto(site.base + path);
      await page.waitForLoadState('networkidle');
      if (path.endsWith('assessment')) await rate(page, 'now', [1, 2, 3, 4, 5, 6]);
      await audit(page, path);
    }
  }));
}

test('nothing is wider than a screen of 320 px, and what one presses is large enough', () =>
  visit(site, '/sheets', { viewport: { width: 320, height: 640 } }, async (page) => {
    for (const path of PAGES) {
      await page.goto(site.base + path);
      await page.waitForLoadState('networkidle');
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320, path);
      const small = await page.locator('.sheet :is(button, .tick, select, .ymd input):visible, .bar button:visible')
        .evaluateAll((list) => list.filter((e) => e.getBoundingClientRect().height < 43.5).map((e) => e.className + e.textContent));
      assert.deepEqual(small, [], path);
    }
  }));
