#!/usr/bin/env node
// Prints the table "What a visitor loads" of docs/performance.md, from the sample: node scripts/page-bytes.mjs
// A release build caches assets for a year: TSUNAGARI_BIN=target/release/tsunagari node scripts/page-bytes.mjs
import { setTimeout as delay } from 'node:timers/promises';
import { launch, mapReady, PHONE, ready, startServer, WIDE } from '../tests/browser/with-server.mjs';

const KB = 1000;
const server = await startServer();
const browser = await launch();

/** Waits until the server has compressed what it prepares. */
async function compressed() {
  for (const path of ['', 'places.geojson', 'search.json?lang=ja', 'land.geojson', 'districts.geojson']) {
    for (;;) {
      const response = await fetch(`${server.public}/${path}`.replace(/([^:])\/\//, '$1/'), { headers: { 'accept-encoding': 'br' } });
      await response.arrayBuffer();
      if (response.headers.get('content-encoding') === 'br') break;
      await delay(100);
    }
  }
}

/** Bytes as they come over the line, by kind, and how many requests went out. */
async function load(page, isMapped) {
  await page.goto(server.public);
  await (isMapped ? mapReady(page) : ready(page));
  const entries = await page.evaluate(() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .map((entry) => ({ path: new URL(entry.name).pathname, size: entry.encodedBodySize, sent: entry.transferSize })));
  const sum = (list) => list.reduce((total, { size }) => total + size, 0);
  const isReadable = ({ path }) => path === '/' || path.endsWith('.css');
  return { readable: sum(entries.filter(isReadable)), total: sum(entries), asked: entries.filter(({ sent }) => sent > 0).map(({ path }) => path) };
}

try {
  await compressed();
  const rows = [];
  for (const [name, options, isMapped] of [['telephone, 390 px, list', PHONE, false], ['desk, 1280 px, list and map', WIDE, true]]) {
    const context = await browser.newContext({ locale: 'ja-JP', ...options });
    const page = await context.newPage();
    if (!isMapped) await page.route('**/vendor/maplibre-gl*', (route) => route.abort());
    const first = await load(page, isMapped);
    const second = await load(page, isMapped);
    rows.push(`| ${name} | ${(first.readable / KB).toFixed(1)} KB | ${(first.total / KB).toFixed(1)} KB | ${second.asked.filter((path) => !path.includes('/assets/')).length} and ${second.asked.filter((path) => path.includes('/assets/')).length} assets |`);
    await context.close();
  }
  console.log(['| visitor | to a list that can be read | everything | requests of the second visit |', '|---|---|---|---|', ...rows].join('\n'));
} finally {
  await browser.close();
  await server.stop();
}
