/**
 * Test fixtures: the program on the sample, a browser, and {@link visit}, which opens a page in a context of its own and fails the
 * test on anything that no page of ours may do: break its content security policy, send a request to another host, log an error.
 *
 * `tests/browser/run.mjs` shares one server and one browser with all files, through the environment. A file that runs alone, or
 * that changes data, starts its own.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const START_MS = 60_000;
const POLL_MS = 20;
const BASE_FLAGS = [
  '--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];
/**
 * WebGL on the CPU, for the maps alone: pages themselves are rasterised and composited without it, which halves the time of the
 * GPU process.
 */
const SOFTWARE_GL = [
  '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-gpu-compositing', '--disable-gpu-rasterization',
];
/** Of the driver, not of a page: the compositor on the CPU reads the map's pixels back. */
const READBACK = /^\[\.WebGL-[^\]]*\]GL Driver Message .*GPU stall due to ReadPixels/;
/** Of Playwright: what a worker answers no test can intercept, so that only the tests of the worker have one. */
const NO_WORKER = /^Service Worker registration blocked/;
const NO_GL = ['--disable-gpu', '--disable-3d-apis', '--disable-software-rasterizer'];

/**
 * Server and browser for all tests of a file. The returned object is filled before the first test: `public` and `internal` are the
 * addresses, `base` the one that {@link visit} opens, `folder` holds database and output of the server.
 *
 * @param {object} [options]
 * @param {'public' | 'internal'} [options.base]
 * @param {boolean} [options.changesData]  Starts a server for this file alone.
 */
export function withServerAndBrowser({ base = 'public', changesData = false } = {}) {
  const site = {};
  before(async () => {
    const server = (changesData ? null : sharedServer()) ?? await startServer();
    const shared = process.env.TSUNAGARI_BROWSER;
    Object.assign(site, server, { base: server[base], browser: await (shared ? chromium.connect(shared) : launch()) });
  });
  after(async () => {
    await site.browser?.close();
    await site.stop?.();
  });
  return site;
}

/** The same site, with {@link visit} opening pages of its internal address. */
export const internal = (site) => ({ ...site, base: site.internal });

/** A server that runs already: the one of `run.mjs`, or any other. The folder is known of the former only. */
function sharedServer() {
  const { TSUNAGARI_URL: url, TSUNAGARI_INTERNAL_URL: internalUrl, TSUNAGARI_FOLDER: folder } = process.env;
  const address = (it) => it?.replace(/\/$/, '');
  return url ? { public: address(url), internal: address(internalUrl), folder, stop: async () => {} } : null;
}

/** The program under test. */
export const BINARY = process.env.TSUNAGARI_BIN ?? join(ROOT, 'target/debug/tsunagari');

/**
 * Starts the program on the sample, with a database of its own and two free ports; or on the data folder that `prepare` makes in the
 * server's folder beside its database, `test.sqlite`.
 *
 * @param {(folder: string) => string} [prepare]  Returns the data folder.
 */
export async function startServer(prepare = () => join(ROOT, 'data')) {
  const folder = mkdtempSync(join(tmpdir(), 'tsunagari-'));
  const data = prepare(folder);
  const output = openSync(join(folder, 'output.log'), 'w');
  const args = ['serve', '--db', join(folder, 'test.sqlite'), '--data', data, '--listen', '127.0.0.1:0',
    '--internal-listen', '127.0.0.1:0'];
  const server = spawn(BINARY, args, { cwd: folder, stdio: ['ignore', output, output] });
  closeSync(output);
  const exited = new Promise((resolve) => {
    server.once('error', resolve);
    server.once('exit', resolve);
  });
  const stop = async () => {
    server.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [publicUrl, internalUrl] = await printedAddresses(server, exited, join(folder, 'output.log'));
    return { public: publicUrl, internal: internalUrl, folder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Kirisawa, an invented town, set up as the papers for newcomers say (docs/start.ja.md). */
export const startKirisawa = () => startServer((folder) => {
  const run = (...args) => execFileSync(BINARY, args, { cwd: folder, stdio: 'ignore' });
  const files = ['towns.csv', 'N03.geojson', 'codes.csv'].map((name) => join(ROOT, 'tests/kirisawa', name));
  run('init', '20499', '--dir', 'kirisawa', '--from', ...files);
  const settings = join(folder, 'kirisawa/city.toml');
  const filled = readFileSync(settings, 'utf8').replace('office = ""', 'office = "保健福祉課 地域づくり係"')
    .replace('# office_phone = ""', 'office_phone = "0269-82-1234"')
    .replace('# link_workers_need_account = false', 'link_workers_need_account = false');
  writeFileSync(settings, filled);
  run('import', 'places', '--data', 'kirisawa', '--db', 'test.sqlite', '--list', 'サロン一覧', join(ROOT, 'tests/kirisawa/places.csv'));
  return join(folder, 'kirisawa');
});

/** Waits until the server has printed both addresses. */
async function printedAddresses(server, exited, log) {
  let isRunning = true;
  void exited.then(() => { isRunning = false; });
  for (const end = Date.now() + START_MS; isRunning && Date.now() < end;) {
    const addresses = [...new Set(readFileSync(log, 'utf8').match(/http:\/\/127\.0\.0\.1:[1-9]\d*(?=\/)/g))];
    if (addresses.length === 2) return addresses;
    await delay(POLL_MS);
  }
  throw new Error(`the server ${isRunning ? 'printed no address in time' : `ended with ${server.exitCode}`}: ${readFileSync(log, 'utf8')}`);
}

const launchOptions = (gl) => ({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...BASE_FLAGS, ...(gl ? SOFTWARE_GL : NO_GL)],
});

/** A browser; one that ends while it starts, as on a busy machine, is started once more. */
export const launch = ({ gl = true } = {}) => chromium.launch(launchOptions(gl)).catch(() => chromium.launch(launchOptions(gl)));

/** A browser that several processes can connect to. */
export const launchShared = () => chromium.launchServer(launchOptions(true));

/** What the page imports when it draws a map. */
const MAP_LIBRARY = '**/vendor/maplibre-gl*.mjs';

export const WIDE = { viewport: { width: 1280, height: 860 } };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/**
 * Opens `path`, waits until its script (if any) is ready, passes the page to `act`, and then checks what no page may do.
 *
 * Unless `map` is set, the map's library never arrives, as on a slow line: nothing but the map waits for it, and drawing maps on
 * the CPU is most of what these tests would spend their time on.
 */
export async function visit(site, path, { map = false, ...options }, act) {
  const context = await site.browser.newContext({ locale: 'ja-JP', serviceWorkers: 'block', ...WIDE, ...options });
  if (!map) await context.route(MAP_LIBRARY, () => {});
  const page = await context.newPage();
  const faults = [];
  const expected = options.expectFaults ?? /^$/;
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !READBACK.test(message.text()) && !NO_WORKER.test(message.text())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(site.base) && !/^(blob|data):/.test(url)) faults.push(`request to another host: ${url}`);
  });
  try {
    const response = await page.goto(site.base + path);
    if (options.javaScriptEnabled !== false && (await page.locator('#page-data').count()) > 0) await ready(page);
    if (map) await mapReady(page);
    await act(page, response);
  } finally {
    await context.close();
  }
  assert.deepEqual(faults.filter((fault) => !expected.test(fault)), []);
}

export async function ready(page) {
  await page.waitForFunction(() => document.documentElement.dataset.ready === 'true', null, { timeout: 30_000 });
}

/** Waits for the map of the list, where the page draws one. */
export async function mapReady(page) {
  await page.waitForFunction(() => document.documentElement.dataset.mapReady !== 'false', null, { timeout: 30_000 });
}

/** The text of the list, card by card: what the reader reads, in order. */
export function cards(page) {
  // What is next the script alone says, which knows the day.
  return page.locator('#list .card').evaluateAll((list) => list.map((card) => {
    const copy = /** @type {HTMLElement} */ (card.cloneNode(true));
    copy.querySelector('.next')?.remove();
    return copy.textContent;
  }));
}

export const count = async (page) => Number((await page.locator('#count').textContent()).replace(/\D/g, ''));
