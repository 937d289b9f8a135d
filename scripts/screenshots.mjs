#!/usr/bin/env node
// Takes the pictures of docs/images/ with the program itself, from the sample and (start-*) from an invented town that is set up as
// docs/start.ja.md says: node scripts/screenshots.mjs [FOLDER] [--start]. With --start, only the latter.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { enterWords, settled } from '../tests/browser/finder.mjs';
import { launch, PHONE, ready, startKirisawa, startServer, WIDE } from '../tests/browser/with-server.mjs';

const isStartOnly = process.argv.includes('--start');
const folder = process.argv.slice(2).find((word) => !word.startsWith('--')) ?? fileURLToPath(new URL('../docs/images/', import.meta.url));
mkdirSync(folder, { recursive: true });
const [server, town] = await Promise.all([isStartOnly ? null : startServer(), startKirisawa()]);
const browser = await launch();

/** The map draws for a while after the page is ready; still pictures need it to be done. */
const still = async (page) => {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(1500);
};

async function picture(name, path, options, act = async () => {}, base = server?.public) {
  const context = await browser.newContext({ locale: 'ja-JP', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  await page.goto(base + path);
  if (await page.locator('#page-data').count()) await ready(page);
  await act(page);
  await still(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}

async function picturesOfTown() {
  await picture('start-list', '/?by=district', WIDE, async () => {}, town.public);
  await picture('start-phone', '/', PHONE, async () => {}, town.public);
  await picture('start-place', '/', WIDE, async (page) => {
    await page.locator('.card .name a', { hasText: '霧ヶ原ふれあいサロン' }).click();
    await page.waitForSelector('#detail h1');
  }, town.public);
}

async function picturesOfSample() {
  await picture('list-and-map', '/', WIDE);
  await picture('dark', '/?by=district', { ...WIDE, colorScheme: 'dark' });
  await picture('place', '/', WIDE, async (page) => {
    await page.locator('.card:has(.badges) .name a').nth(2).click();
    await page.waitForSelector('#detail h1');
  });
  await picture('phone-list', '/', PHONE);
  await picture('phone-map', '/', PHONE, async (page) => {
    await page.click('[data-show="map"]');
    await page.waitForFunction(() => window.tsunagari.map, null, { timeout: 20_000 });
  });
  await picture('paper', '/print?district=oya', { viewport: { width: 794, height: 1123 } }, (page) => page.emulateMedia({ media: 'print' }));
  const enterWish = async (page) => {
    await enterWords(page, 'from-town', '加保');
    for (const way of ['bicycle', 'bus']) await page.locator(`[data-field="travel"][value="${way}"]`).check();
    for (const word of ['囲碁', '何か科学に関すること']) await enterWords(page, 'likes', word);
    for (const chip of ['outdoor', 'hands']) await page.locator(`[data-field="avoid"][value="${chip}"]`).check();
    await settled(page);
    for (const at of [0, 1, 2]) await page.locator('.hit .choose').nth(at).click();
  };
  const top = (page) => page.evaluate(() => scrollTo(0, 0));
  await picture('find', '/find', { viewport: { width: 1280, height: 1000 } }, async (page) => { await enterWish(page); await top(page); }, server.internal);
  await picture('find-phone', '/find', PHONE, async (page) => {
    await enterWish(page);
    await page.locator('.hit').first().scrollIntoViewIfNeeded();
  }, server.internal);
  await picture('handout', '/find', { viewport: { width: 860, height: 1220 } }, async (page) => {
    await enterWish(page);
    await page.click('#make-handout');
    await page.waitForSelector('.handout .prescription');
    await page.locator('.handout .paper').nth(1).scrollIntoViewIfNeeded();
    await page.locator('.handout .paper').nth(1).evaluate((paper) => paper.scrollIntoView());
  }, server.internal);
  await picture('plan', '/plan?p=2', WIDE, async (page) => {
    await page.locator('#plan-map-heading').evaluate((heading) => heading.scrollIntoView());
  });
}

try {
  await picturesOfTown();
  if (!isStartOnly) await picturesOfSample();
} finally {
  await browser.close();
  await Promise.all([server?.stop(), town.stop()]);
}
