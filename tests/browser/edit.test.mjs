import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { audit, WIDTHS } from './axe.mjs';
import { BINARY, launch, startServer, visit } from './with-server.mjs';

const PASSWORD = 'trout lantern nineteen';
/** Of the browser, about statuses that these tests ask for. */
const STATUSES = { expectFaults: /Failed to load resource: the server responded with a status of (401|409|412|422)/ };

/** Where pictures go for people to look at. */
const PICTURES = process.env.TSUNAGARI_PICTURES;
const picture = (page, name) => PICTURES && page.screenshot({ path: `${PICTURES}/edit-${name}.png`, fullPage: true });

const site = {};
before(async () => {
  const server = await startServer();
  Object.assign(site, server, { base: server.internal, browser: await launch() });
  const context = await site.browser.newContext();
  for (const name of ['hanako', 'jiro']) {
    execFileSync(BINARY, ['user', 'add', name, '--role', 'editor', '--password-stdin', '--db', `${site.folder}/test.sqlite`], { input: `${PASSWORD}\n` });
  }
  site.states = {};
  for (const name of ['hanako', 'jiro']) {
    await context.clearCookies();
    const page = await context.newPage();
    // Who was added by another process is known within two seconds.
    for (let tries = 0; tries < 20 && !site.states[name]; tries++) {
      await page.goto(`${site.base}/login`);
      await page.locator('[name=name]').fill(name);
      await page.locator('[name=password]').fill(PASSWORD);
      await Promise.all([page.waitForNavigation(), page.locator('[name=password]').press('Enter')]);
      if (new URL(page.url()).pathname === '/') site.states[name] = await context.storageState();
      else await page.waitForTimeout(500);
    }
    await page.close();
  }
  await context.close();
});
after(async () => {
  await site.browser?.close();
  await site.stop?.();
});

const as = (name, options = {}) => ({ storageState: site.states[name], ...STATUSES, ...options });
const message = (page) => page.locator('#edit-message');
/** The first place of the sample that a search finds. */
const found = async (page, words) => {
  await page.goto(`${site.base}/edit/places?q=${encodeURIComponent(words)}`);
  return page.locator('.edit-name a').first().getAttribute('href');
};

for (const [width, options] of Object.entries(WIDTHS)) {
  test(`an editor finds a place, mends its telephone and sees it on its page, ${width}`, () => visit(site, '/edit', as('hanako', options), async (page) => {
    await audit(page, 'edit');
    await picture(page, `overview-${width.split(' ').at(-1)}`);
    await page.locator('#edit-q').fill('囲碁');
    await Promise.all([page.waitForNavigation(), page.locator('#edit-q').press('Enter')]);
    await audit(page, 'places to edit');
    await picture(page, `list-${width.split(' ').at(-1)}`);
    await page.locator('.edit-name a').first().click();
    await page.locator('#edit-form').waitFor();
    await audit(page, 'a place to edit');
    await picture(page, `place-${width.split(' ').at(-1)}`);
    const number = width.includes('phone') ? '079-662-0001' : '079-662-0002';
    await page.locator('[name=phone]').fill(number);
    await page.locator('[name=phone]').press('Enter');
    await page.waitForFunction(() => document.querySelector('#edit-message')?.textContent);
    assert.match(await message(page).textContent(), /保存しました/);
    await page.waitForTimeout(1_500);
    await page.reload();
    assert.equal(await page.locator('#edit-draft').isVisible(), false, 'what was stored is no draft');
    const id = new URL(page.url()).pathname.split('/').at(-1);
    assert.ok((await (await fetch(`${site.public}/places/${id}`)).text()).includes(number));
    await page.goto(`${site.base}/edit/places/${id}/history`);
    assert.ok((await page.locator('.edit-changes').first().textContent()).includes(number));
    await audit(page, 'history');
    await picture(page, `history-${width.split(' ').at(-1)}`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  }));
}

test('what cannot be stored is said at its field, and nothing typed is lost', () => visit(site, '/edit/places/new', as('hanako'), async (page) => {
  await page.locator('[name=note]').fill('書いたもの');
  await page.locator('[name=latitude]').fill('北のほう');
  await page.getByRole('button', { name: '保存する' }).click();
  await page.locator('.edit-fault:visible').first().waitFor();
  assert.deepEqual(await page.locator('.edit-fault:visible').evaluateAll((all) => all.map((it) => it.id)), ['fault-name', 'fault-category', 'fault-latitude']);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('name')), 'name', 'the first fault has the focus');
  assert.equal(await page.locator('[name=note]').inputValue(), '書いたもの');
  await audit(page, 'a place with faults');
  await page.locator('[name=name]').fill('朝の会');
  await page.locator('[name=category]').selectOption({ index: 1 });
  await page.locator('[name=latitude]').fill('');
  await page.getByRole('button', { name: '保存する' }).click();
  await page.waitForURL(/\/edit\/places\/[0-9a-z]{10}$/);
  assert.equal(await page.locator('[name=audience]').inputValue(), '職員のみ', 'nobody else sees it until somebody says so');
  await page.locator('[name=audience]').selectOption('公開');
  await page.getByRole('button', { name: '保存する' }).click();
  await page.locator('#edit-publish[open]').waitFor();
  await audit(page, 'may more people see it');
  await page.locator('#publish-yes').click();
  await page.waitForFunction(() => /ページに出ています/.test(document.querySelector('#edit-message')?.textContent ?? ''));
  const id = new URL(page.url()).pathname.split('/').at(-1);
  assert.equal((await fetch(`${site.public}/places/${id}`)).status, 200);
}));

test('two who edit one place lose nothing: what one side changed is merged, and of what both did one chooses', () => visit(site, '/edit', as('hanako'), async (page) => {
  const path = await found(page, '体操');
  await page.goto(site.base + path);
  const other = await site.browser.newContext({ storageState: site.states.jiro });
  const theirs = await other.newPage();
  await theirs.goto(site.base + path);
  await theirs.locator('[name=bring]').fill('タオル');
  await theirs.locator('[name=cost]').fill('100円');
  await theirs.getByRole('button', { name: '保存する' }).click();
  await theirs.waitForFunction(() => /保存しました/.test(document.querySelector('#edit-message')?.textContent ?? ''));
  await other.close();
  await page.locator('[name=capacity]').fill('8名');
  await page.locator('[name=cost]').fill('200円');
  await page.getByRole('button', { name: '保存する' }).click();
  await page.locator('#edit-conflict').waitFor();
  await audit(page, 'a conflict');
  await picture(page, 'conflict');
  assert.equal(await page.locator('[name=bring]').inputValue(), 'タオル', 'what only they changed is there');
  assert.equal(await page.locator('[name=capacity]').inputValue(), '8名');
  assert.deepEqual(await page.locator('#conflict-fields legend').allTextContents(), ['料金']);
  await page.getByLabel('相手のほうを残す').check();
  assert.equal(await page.locator('[name=cost]').inputValue(), '100円');
  await page.getByRole('button', { name: '保存する' }).click();
  await page.waitForFunction(() => /保存しました/.test(document.querySelector('#edit-message')?.textContent ?? ''));
  await page.reload();
  const stored = await Promise.all(['bring', 'cost', 'capacity'].map((name) => page.locator(`[name=${name}]`).inputValue()));
  assert.deepEqual(stored, ['タオル', '100円', '8名']);
}));

test('a crash costs a few seconds: what was typed is offered on any computer, to the same person alone', () => visit(site, '/edit', as('hanako'), async (page) => {
  const path = await found(page, 'サロン');
  await page.goto(site.base + path);
  await page.locator('[name=note]').fill('書きかけの備考');
  await page.waitForFunction(() => /残しました/.test(document.querySelector('#edit-state')?.textContent ?? ''), null, { timeout: 15_000 });
  // Another computer.
  const [own, foreign] = await Promise.all(['hanako', 'jiro'].map((name) => site.browser.newContext({ storageState: site.states[name] })));
  const again = await own.newPage();
  await again.goto(site.base + path);
  assert.notEqual(await again.locator('[name=note]').inputValue(), '書きかけの備考');
  await again.getByRole('button', { name: '続きを書く' }).click();
  assert.equal(await again.locator('[name=note]').inputValue(), '書きかけの備考');
  await audit(again, 'a draft');
  const others = await foreign.newPage();
  await others.goto(site.base + path);
  assert.equal(await others.locator('#edit-draft').isVisible(), false);
  await again.getByRole('button', { name: '保存する' }).click();
  await again.waitForFunction(() => /保存しました/.test(document.querySelector('#edit-message')?.textContent ?? ''));
  await again.reload();
  assert.equal(await again.locator('#edit-draft').isVisible(), false);
  await Promise.all([own.close(), foreign.close()]);
}));

test('while one types, the next dates are shown, or what is not understood', () => visit(site, '/edit/places/new', as('hanako'), async (page) => {
  const said = page.locator('#check-schedule');
  await page.locator('[name=schedule]').fill('毎週火曜 13:30〜15:00');
  await page.waitForFunction(() => /次は \d+月\d+日（火）13:30/.test(document.querySelector('#check-schedule')?.textContent ?? ''));
  await page.locator('[name=schedule]').fill('火曜のどこかで');
  await page.waitForFunction(() => /読めない/.test(document.querySelector('#check-schedule')?.textContent ?? ''));
  assert.doesNotMatch(await said.textContent(), /次は/);
}));

test('the pin is moved by keys, and its point is stored as a door or as somewhere here', () => visit(site, '/edit', as('hanako', { map: true }), async (page) => {
  const path = await found(page, '囲碁');
  await page.goto(site.base + path);
  await page.waitForFunction(() => document.documentElement.dataset.mapReady === 'true', null, { timeout: 60_000 });
  await page.evaluate(() => document.querySelector('#edit-map').scrollIntoView());
  await picture(page, 'map');
  const pin = page.locator('.edit-pin');
  await page.getByRole('button', { name: 'だいたいこのあたり' }).click();
  const before = await page.locator('[name=longitude]').inputValue();
  await pin.focus();
  await page.keyboard.press('Shift+ArrowRight');
  const after = await page.locator('[name=longitude]').inputValue();
  assert.ok(Number(after) > Number(before), `${before} → ${after}`);
  assert.equal(await page.locator('[name=precision]').inputValue(), 'town');
  await page.getByRole('button', { name: '印のところが入口' }).click();
  assert.equal(await page.locator('[name=precision]').inputValue(), 'door');
  await page.getByRole('button', { name: '位置をなくす' }).click();
  assert.equal(await page.locator('[name=latitude]').inputValue(), '');
}));

test('many places are changed at once, undone together, and two that are the same are merged', () => visit(site, '/edit/places', as('hanako'), async (page) => {
  page.on('dialog', (dialog) => dialog.accept());
  await page.locator('[name=place]').nth(0).check();
  await page.locator('[name=place]').nth(1).check();
  await page.locator('#many-status').selectOption('休止中');
  await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'まとめて直す' }).click()]);
  assert.match(await message(page).textContent(), /2か所/);
  await page.goto(`${site.base}/edit`);
  await page.locator('button[data-batch]').first().click();
  await page.waitForFunction(() => /2か所を元に戻しました/.test(document.querySelector('#edit-message')?.textContent ?? ''));
  for (const name of ['双子の会', '双子の会']) {
    await page.goto(`${site.base}/edit/places/new`);
    await page.locator('[name=name]').fill(name);
    await page.locator('[name=category]').selectOption({ index: 1 });
    await page.getByRole('button', { name: '保存する' }).click();
    await page.waitForURL(/\/edit\/places\/[0-9a-z]{10}$/);
  }
  await page.goto(`${site.base}/edit/places?queue=duplicates&q=${encodeURIComponent('双子')}`);
  await audit(page, 'duplicates');
  await picture(page, 'duplicates');
  await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: '1つめを残して' }).first().click()]);
  assert.match(await message(page).textContent(), /統合しました/);
  assert.equal(await page.locator('.edit-pair').count(), 0);
}));

/** The identity of a row of a workbook: place, revision, and the check character that docs/excel.md names. */
function rowId(place, revision) {
  const digits = '0123456789abcdefghjkmnpqrstvwxyz';
  const times = (value) => (value & 16 ? (value << 1) ^ 0b100101 : value << 1);
  const sum = [...`${place}${revision}`].reduce((before, digit) => times(before) ^ digits.indexOf(digit), 1);
  return `${place}.${revision}.${digits[times(sum)]}`;
}

for (const [width, options] of Object.entries(WIDTHS)) {
  test(`a workbook comes home: what it changes is shown, taken in part, and undone, ${width}`, () => visit(site, '/edit', as('hanako', { ...options, expectFaults: /status of (401|409|412|422)/ }), async (page) => {
    page.on('dialog', (dialog) => dialog.accept());
    const send = async (name, text) => {
      await page.goto(`${site.base}/edit`);
      await page.locator('#edit-file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
      await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: '送る' }).click()]);
    };
    await send('一覧.csv', '名称\n朝の会\n');
    assert.match(await page.getByRole('alert').textContent(), /書きだす/);
    await page.goto(`${site.base}/edit`);
    await page.locator('#edit-file').setInputFiles({ name: '大.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.alloc((20 << 20) + 1) });
    await page.getByRole('button', { name: '送る' }).click();
    assert.match(await message(page).textContent(), /大きすぎます/, 'before it is sent');
    await send('一覧.csv', '名称\n朝の会\n');
    await audit(page, 'no workbook');
    const { groups } = await page.evaluate(async () => (await fetch('/edit/places?q=体操', { headers: { accept: 'application/json' } })).json());
    const [first, second] = groups.flat();
    const row = (place, phone, audience) => `${rowId(place.id, place.revision)},${place.name},${phone},${audience},\n`;
    const own = width.includes('phone') ? '079-662-0077' : '079-662-0088';
    const [own2, added] = [own.replace('662', '672'), `朝の会 ${width}`];
    const shown = await page.evaluate(async (ids) => Promise.all(ids.map(async (id) => (await (await fetch(`/edit/places/${id}`, { headers: { accept: 'application/json' } })).json()).fields.audience)), [first.id, second.id]);
    await send('場所.csv', `id,name,phone,audience,category\nID,名称,電話番号,掲載可否,分類\n${row(first, own, shown[0])}${row(second, own2, shown[1])},${added},,,salon\n`);
    assert.match(page.url(), /\/edit\/imports\/\d+$/);
    assert.ok((await page.locator('.edit-changes ins').count()) > 0);
    assert.ok((await page.locator('.edit-changes').first().textContent()).includes(own));
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    await audit(page, 'a workbook that came home');
    await picture(page, `upload-${width.split(' ').at(-1)}`);
    await page.getByLabel(second.name, { exact: true }).uncheck();
    await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'えらんだものを取りいれる' }).click()]);
    assert.match(await message(page).textContent(), /直した 1、新しい 1/);
    assert.equal((await (await fetch(`${site.public}/places/${first.id}`)).text()).includes(own), shown[0] === '公開');
    await page.goto(`${site.base}/edit`);
    assert.equal(await page.getByRole('link', { name: '場所.csv' }).count(), 1, 'the rest waits');
    await audit(page, 'edit with a workbook that waits');
    await page.locator('button[data-batch]').first().click();
    await page.waitForFunction(() => /元に戻しました/.test(document.querySelector('#edit-message')?.textContent ?? ''));
    await page.getByRole('link', { name: '場所.csv' }).click();
    await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: '何も取りいれない' }).click()]);
    assert.equal(await page.getByRole('link', { name: '場所.csv' }).count(), 0);
  }));
}

for (const [width, options] of Object.entries(WIDTHS)) {
  test(`anybody says what is wrong, and an editor takes it field by field, ${width}`, () => visit({ ...site, base: site.public }, '/', { ...options, expectFaults: /status of 422|another host/ }, async (page) => {
    const { features } = await (await fetch(`${site.public}/collections/places/items?q=${encodeURIComponent('囲碁')}&limit=5`)).json();
    const { id } = features[width.includes('phone') ? 0 : 1];
    const hours = width.includes('phone') ? '毎週金曜 10:00〜11:00' : '毎週木曜 10:00〜11:00';
    for (const lang of ['en', 'easy', 'ja']) {
      await page.goto(`${site.public}/places/${id}/suggest?lang=${lang}`);
      await audit(page, `the form, ${lang}`);
    }
    await picture(page, `suggest-${width.split(' ').at(-1)}`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    await page.getByRole('button', { name: '知らせる' }).click();
    assert.match(await page.getByRole('alert').textContent(), /気づいたこと/);
    await page.getByLabel('日時').fill(hours);
    await page.getByRole('button', { name: '知らせる' }).click();
    assert.match(await page.locator('h1').textContent(), /ありがとう/);
    await audit(page, 'thanks');
    const context = await site.browser.newContext({ storageState: site.states.hanako });
    const inside = await context.newPage();
    await inside.goto(`${site.internal}/edit/suggestions`);
    await audit(inside, 'suggestions');
    await picture(inside, `suggestions-${width.split(' ').at(-1)}`);
    const entry = inside.locator('.edit-suggestion', { hasText: hours });
    await entry.getByRole('checkbox').check();
    await entry.getByRole('button', { name: '取りいれる' }).first().click();
    await inside.waitForFunction(() => /決めました/.test(document.querySelector('#edit-message')?.textContent ?? ''));
    await context.close();
    assert.ok((await (await fetch(`${site.public}/places/${id}`)).text()).includes(hours));
  }));
}
