#!/usr/bin/env node
// Takes the pictures of docs/images/ from the sample, with the program itself: scripts/screenshots [FOLDER]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch, PHONE, ready, startProgram, WIDE } from '../tests/browser/world.mjs';

const folder = process.argv[2] ?? fileURLToPath(new URL('../docs/images/', import.meta.url));
mkdirSync(folder, { recursive: true });
const program = await startProgram();
const browser = await launch();

/** The map draws for a while after the page is ready; still pictures need it to be done. */
const still = async (page) => {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(1500);
};

async function picture(name, path, options, act = async () => {}) {
  const context = await browser.newContext({ locale: 'ja-JP', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  await page.goto(program.base + path);
  if (await page.locator('#page-data').count()) await ready(page);
  await act(page);
  await still(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}

try {
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
  await picture('paper', '/', { viewport: { width: 794, height: 1123 } }, (page) => page.emulateMedia({ media: 'print' }));
} finally {
  await browser.close();
  await program.stop();
}
