/** Tiles that a city asks for: their host alone is opened, they are credited, and where they fail the drawn land stays. */
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launch, startServer } from './with-server.mjs';

const site = {};
const asked = [];
/** One grey pixel. */
const TILE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mOsr6//DwAFhAKAjM1mJgAAAABJRU5ErkJggg==', 'base64');
const DATA = fileURLToPath(new URL('../../data', import.meta.url));

before(async () => {
  const tiles = createServer((request, response) => {
    asked.push(request.url);
    const isThere = !site.areTilesBroken;
    response.writeHead(isThere ? 200 : 503, { 'content-type': 'image/png', 'access-control-allow-origin': '*' });
    response.end(isThere ? TILE : '');
  });
  await new Promise((ready) => { tiles.listen(0, '127.0.0.1', ready); });
  const origin = `http://127.0.0.1:${tiles.address().port}`;
  const server = await startServer((folder) => {
    const data = join(folder, 'data');
    cpSync(DATA, data, { recursive: true });
    const settings = readFileSync(join(data, 'city.toml'), 'utf8');
    assert.match(settings, /^# \[map\]$/m);
    writeFileSync(join(data, 'city.toml'), settings.replace(/^# \[map\]$/m, `[map]\ntiles = "${origin}/{z}/{x}/{y}.png"\ntiles_credit = "試しのタイル"`));
    return data;
  });
  Object.assign(site, { server, tiles, origin, browser: await launch() });
});
after(async () => {
  await site.browser?.close();
  await site.server?.stop();
  site.tiles?.close();
});

/** The map of a page, drawn to its end, with the hosts that the page spoke to. */
async function openMap(address, act) {
  const page = await site.browser.newPage({ viewport: { width: 1000, height: 700 } });
  const hosts = new Set();
  page.on('request', (request) => hosts.add(new URL(request.url()).origin));
  const response = await page.goto(address);
  await page.waitForFunction(() => document.documentElement.dataset.mapReady === 'true' && window.tsunagari.map?.isStyleLoaded());
  await page.waitForTimeout(300);
  await act(page, response, hosts);
  await page.close();
}

const hasLand = (page) => page.evaluate(() => window.tsunagari.map.queryRenderedFeatures({ layers: ['ground', 'river', 'road', 'railway'] }).length > 0);

test('tiles lie below the names, their host alone is opened, and they are credited', async () => {
  asked.length = 0;
  await openMap(site.server.public, async (page, response, hosts) => {
    const policy = response.headers()['content-security-policy'];
    assert.equal(policy.split(site.origin).length - 1, 2, policy);
    assert.deepEqual([...hosts].filter((host) => host !== site.server.public.replace(/\/$/, '')), [site.origin]);
    assert.ok(asked.length > 0 && asked.every((path) => /^\/\d+\/\d+\/\d+\.png$/.test(path)), String(asked.slice(0, 3)));
    assert.match(await page.locator('#map-foot').textContent(), /試しのタイル/);
    const layers = await page.evaluate(() => window.tsunagari.map.getStyle().layers.map(({ id }) => id));
    assert.ok(layers.indexOf('tiles') < layers.indexOf('town-name') && layers.indexOf('tiles') > layers.indexOf('sea'), String(layers));
  });
});

test('link workers’ pages load none, since the host would learn what they look at', async () => {
  asked.length = 0;
  await openMap(site.server.internal, async (page, response) => {
    assert.ok(!response.headers()['content-security-policy'].includes(site.origin));
    assert.doesNotMatch(await page.locator('#map-foot').textContent(), /試しのタイル/);
    assert.deepEqual(asked, []);
    assert.ok(await hasLand(page));
  });
});

test('tiles that fail leave the drawn land and every place', async () => {
  site.areTilesBroken = true;
  await openMap(site.server.public, async (page) => {
    assert.ok(await hasLand(page));
    assert.ok((await page.evaluate(() => window.tsunagari.map.querySourceFeatures('labels').length)) > 0);
    assert.equal(await page.locator('#map-message').count(), 0);
  });
});
