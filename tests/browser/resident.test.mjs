/** The sample as a resident of 80 with a telephone uses it, by touch and by keyboard, and with letters, colours and lists of all sorts. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'node:test';
import { auditAsIs } from './axe.mjs';
import { byKeyboard, byTouch } from './resident.mjs';
import { BINARY, count, PHONE, ready, startServer, visit, WIDE, withServerAndBrowser } from './with-server.mjs';

const site = withServerAndBrowser();
const WISH = { sentence: '大屋で平日の午前に段差なしの体操', kind: /段差なし/ };

test('a resident finds a group by six touches, sees where and when, and holds a sheet with a map', () => visit(site, '/', PHONE, async (page) => {
  const facts = await byTouch(page, WISH);
  assert.match(facts.where, /./);
  assert.match(facts.when, /^次は \d+月\d+日（[月火水木金]）\d/);
}));

test('the same by keyboard alone', () => visit(site, '/', {}, async (page) => {
  const facts = await byKeyboard(page, WISH);
  assert.match(facts.when, /^次は \d+月\d+日（[月火水木金]）\d/);
}));

test('what is opened right after typing stays open, with what was typed', () => visit(site, '/', {}, async (page) => {
  const opened = await page.evaluate(() => {
    const input = document.querySelector('#q');
    input.value = '体操';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    const name = document.querySelector('#list .card .name a');
    name.click();
    return name.closest('.card').dataset.place;
  });
  await page.waitForSelector('#detail h1');
  await page.waitForTimeout(400);
  assert.equal(await page.locator('#detail article').getAttribute('data-place'), opened);
  assert.equal(new URL(page.url()).searchParams.get('q'), '体操');
  assert.equal(await page.inputValue('#q'), '体操');
}));

test('what is typed before the places are loaded is answered when they are', () => visit(site, '/', {}, async (page) => {
  let arrive;
  const late = new Promise((resolve) => { arrive = resolve; });
  await page.route('**/places.geojson', async (route) => {
    await late;
    await route.continue();
  });
  await page.reload();
  const all = await count(page);
  await page.locator('#q').pressSequentially('体操');
  arrive();
  await ready(page);
  assert.equal(new URL(page.url()).searchParams.get('q'), '体操');
  assert.equal(await page.inputValue('#q'), '体操');
  assert.ok(await count(page) < all);
}));

test('a list that is drawn anew keeps the focus on the name that has it', () => visit(site, '/', {}, async (page) => {
  const names = page.locator('#list .card .name a');
  await names.nth(3).focus();
  const focused = () => page.evaluate(() => document.activeElement.closest('.card')?.dataset.place ?? null);
  const before = await focused();
  assert.ok(before);
  await page.evaluate(() => window.tsunagari.show(location.href));
  assert.equal(await focused(), before);
  await page.keyboard.press('Enter');
  await page.waitForSelector('#detail h1');
}));

test('links at the top lead to the list and to the map, on a desk and on a phone', async () => {
  for (const options of [WIDE, PHONE]) {
    await visit(site, '/', options, async (page) => {
      for (const [nth, id] of [[1, 'map-pane'], [0, 'results']]) {
        await page.locator('a.skip').nth(nth).focus();
        await page.keyboard.press('Enter');
        assert.equal(await page.evaluate(() => document.activeElement.id), id);
        assert.ok(await page.locator(`#${id}`).isVisible(), id);
      }
    });
  }
});

test('whatever has the focus stands clear of the bars at the foot', () => visit(site, '/', { ...PHONE, viewport: { width: 390, height: 560 } }, async (page) => {
  await page.locator('[data-fold="when"] summary').tap();
  await page.locator('[data-when="mon"]').tap();
  const hidden = [];
  for (let n = 0; n < 60; n += 1) {
    await page.keyboard.press('Tab');
    const under = await page.evaluate(() => {
      const { activeElement: focus } = document;
      if (!focus || focus === document.body || focus.closest('.tabs, .show-bar')) return '';
      const box = focus.getBoundingClientRect();
      const bars = [...document.querySelectorAll('.tabs, .show-bar')].map((bar) => bar.getBoundingClientRect()).filter((bar) => bar.height > 0);
      const top = Math.min(innerHeight, ...bars.map((bar) => bar.top));
      return box.top >= top || box.bottom <= 0 ? focus.outerHTML.slice(0, 80) : '';
    });
    if (under) hidden.push(under);
  }
  assert.deepEqual(hidden, []);
}));

test('Escape closes a fold, a place, and gives the focus back', () => visit(site, '/', {}, async (page) => {
  const fold = page.locator('[data-fold="when"]');
  await fold.locator('summary').click();
  await fold.locator('[data-when="mon"]').focus();
  await page.keyboard.press('Escape');
  assert.equal(await fold.getAttribute('open'), null);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SUMMARY');
  await page.locator('.card .name a').nth(2).click();
  await page.waitForSelector('#detail h1');
  await page.keyboard.press('Escape');
  await page.waitForSelector('#browse:not(.behind)');
  assert.ok(await page.evaluate(() => document.activeElement.matches('.card .name a')));
}));

test('what a card says is headed by its name, and a telephone is a button for a thumb', () => visit(site, '/', PHONE, async (page) => {
  const cards = page.locator('#list .card');
  assert.equal(await page.locator('#list .card h4.name').count(), await cards.count());
  assert.match(await page.locator('.card .next').first().textContent(), /^次は \d+月\d+日（.）/);
  const heights = await page.locator('.card .phone a').evaluateAll((all) => all.map((a) => a.getBoundingClientRect().height));
  assert.ok(heights.length > 3 && Math.min(...heights) >= 44);
}));

test('cards are alike from server and script in every language, and say days and names in it', async () => {
  for (const [lang, when, name] of [['easy', /ようび/, 'ruby'], ['en', /^Every /, null]]) {
    const drawn = [];
    for (const javaScriptEnabled of [false, true]) {
      await visit(site, `/?lang=${lang}&by=district`, { javaScriptEnabled }, async (page) => {
        // What is next the script alone says, which knows the day.
        drawn.push(await page.locator('#list').evaluate((list) => list.innerHTML.replaceAll(/<p class="next">.*?<\/p>| aria-current="[^"]*"|\s+/g, '')));
        const lines = await page.locator('#list .when').allTextContents();
        assert.ok(lines.filter((line) => when.test(line)).length > lines.length / 2, `${lang}: ${lines.slice(0, 5)}`);
        if (name) assert.ok((await page.locator(`#list .name ${name}`).count()) > 20);
      });
    }
    assert.equal(drawn[1], drawn[0], lang);
  }
});

/** WCAG 1.4.12: what readers may set for themselves. */
const SPACING = '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }';

test('no text is cut off or wider than the screen by larger letters, wider spacing or a small window', async () => {
  const cuts = (page) => page.evaluate(() => [...document.querySelectorAll('main *')].filter((it) => {
    const { overflowX, overflowY } = getComputedStyle(it);
    const isClipping = [overflowX, overflowY].some((value) => value === 'hidden' || value === 'clip');
    return isClipping && !it.closest('.visually-hidden, .map, svg') && !it.matches('.visually-hidden') && (it.scrollWidth > it.clientWidth + 1 || it.scrollHeight > it.clientHeight + 1);
  }).map((it) => it.outerHTML.slice(0, 90)));
  const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1);
  for (const path of ['/', '/?lang=easy&by=district', '/?lang=en']) {
    await visit(site, path, { ...PHONE, bypassCSP: true }, async (page) => {
      await page.addStyleTag({ content: SPACING });
      assert.deepEqual(await cuts(page), [], `${path} with spacing`);
      assert.ok(await fits(page), `${path} with spacing`);
      for (const size of ['large', 'largest']) {
        await page.locator(`[data-size="${size}"]`).click();
        assert.ok(await fits(page), `${path} ${size}`);
      }
      await page.locator('.card .name a').first().click();
      await page.waitForSelector('#detail h1');
      assert.ok(await fits(page), `${path}: a place`);
      await page.setViewportSize({ width: 320, height: 256 });
      assert.ok(await fits(page), `${path}: 320 × 256`);
      const seen = await page.locator('#detail h1').evaluate((h1) => {
        h1.scrollIntoView();
        const { top } = h1.getBoundingClientRect();
        return top < innerHeight && document.elementFromPoint(20, Math.max(1, top + 5)) !== null;
      });
      assert.ok(seen);
    });
  }
});

test('letters of 200 % leave list and map side by side on a desk', () => visit(site, '/', { ...WIDE, bypassCSP: true }, async (page) => {
  await page.addStyleTag({ content: 'html { font-size: 200% !important; }' });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  const [list, map] = await Promise.all(['#list-pane', '#map-pane'].map((it) => page.locator(it).boundingBox()));
  assert.ok(list && map && map.width > 200 && list.x + list.width <= map.x + 1, JSON.stringify([list, map]));
}));

test('forced colours leave what is chosen and what has the focus visible', () => visit(site, '/?category=salon', { ...PHONE, forcedColors: 'active' }, async (page) => {
  await page.locator('[data-fold="category"] summary').click();
  const [chosen, other] = await page.evaluate(() => ['[aria-current]', ':not([aria-current])'].map((it) => getComputedStyle(document.querySelector(`.chip[data-category]${it}`)).backgroundColor));
  assert.notEqual(chosen, other);
  await page.keyboard.press('Tab');
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none');
  await auditAsIs(page);
}));

/** A list as nobody should write one: names of 300 characters, both directions, emoji, markup in every cell. */
const HOSTILE = (() => {
  const evil = '<script>window.hacked=1</script><img src=x onerror=window.hacked=1>';
  const names = ['長'.repeat(300), 'W'.repeat(300), 'مركز الحي العربي', '\u202Eabc \u2067שלום\u2069', '👩‍👩‍👧‍👦🎌体操', evil, '"><b>', '{city} {word:link_worker}', '${1+1} {{x}}', 'a\u0301\u0323'.repeat(40)];
  const rows = names.flatMap((name, nth) => [[name, name, evil, name, evil, evil, '079-000-0000', 35.4 + nth / 100, 134.7], [name, '', name, evil, name, name, evil, '', '']]);
  const cell = (value) => `"${String(value).replaceAll('"', '""')}"`;
  return [['名称', 'よみがな', '会場', '住所', '開催日時', '費用', '電話', '緯度', '経度'], ...rows].map((row) => row.map(cell).join(',')).join('\n');
})();

test('names of 300 characters, of two directions, of emoji and of markup are text, and nothing breaks', async () => {
  const server = await startServer((folder) => {
    const data = join(folder, 'data');
    cpSync(fileURLToPath(new URL('../../data', import.meta.url)), data, { recursive: true });
    writeFileSync(join(folder, 'hostile.csv'), HOSTILE);
    execFileSync(BINARY, ['import', 'places', '--data', data, '--db', join(folder, 'test.sqlite'), '--list', 'x', join(folder, 'hostile.csv')], { cwd: folder, stdio: 'ignore' });
    return data;
  });
  const hostile = { ...site, base: server.public };
  try {
    for (const lang of ['ja', 'easy', 'en']) {
      await visit(hostile, `/?lang=${lang}`, PHONE, async (page) => {
        assert.ok((await page.locator('#list .card').count()) >= 10);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), lang);
        assert.equal(await page.evaluate(() => window.hacked), undefined);
        assert.equal(await page.locator('#list script, #list img').count(), 0);
        for (const nth of [0, 5]) {
          await page.locator('.card .name a').nth(nth).click();
          await page.waitForSelector('#detail h1');
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${lang}: place ${nth}`);
          await page.goBack();
          await page.waitForSelector('#browse:not(.behind)');
        }
        await page.goto(`${server.public}/print?lang=${lang}`);
        assert.ok((await page.locator('.entry').count()) >= 10);
        assert.equal(await page.evaluate(() => window.hacked), undefined);
      });
    }
  } finally {
    await server.stop();
  }
});
