/**
 * The program and a browser to look at it with. Tests ask for pages through {@link visit}, which fails them on anything that
 * no page of ours may do: break the policy, ask another host, write an error to the console.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const START_MS = 60_000;
const BASE_FLAGS = [
  '--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];
const SOFTWARE_GL = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const NO_GL = ['--disable-gpu', '--disable-3d-apis', '--disable-software-rasterizer'];

/**
 * The program and a browser for all tests of a file: started before the first, ended after the last.
 *
 * @param {(program: object) => object} [also]  What else the world has, by the program's addresses.
 */
export function worldOf(also = () => ({})) {
  const made = {};
  before(async () => {
    const program = await startProgram();
    Object.assign(made, program, also(program), { browser: await launch() });
  });
  after(async () => {
    await made.browser?.close();
    await made.stop?.();
  });
  return made;
}

/**
 * Starts the program on the sample and two free ports: `base` is the public address, `inner` that of the link workers.
 * `TSUNAGARI_URL` and `TSUNAGARI_INNER_URL` name one that runs already. `said` is what it has printed so far.
 */
export async function startProgram() {
  const running = process.env.TSUNAGARI_URL;
  const plain = (url) => url?.replace(/\/$/, '');
  if (running) return { base: plain(running), inner: plain(process.env.TSUNAGARI_INNER_URL), stop: async () => {} };
  const binary = process.env.TSUNAGARI_BIN ?? join(ROOT, 'target/debug/tsunagari');
  const folder = mkdtempSync(join(tmpdir(), 'tsunagari-'));
  const args = ['serve', '--db', join(folder, 'test.sqlite'), '--data', join(ROOT, 'data'), '--listen', '127.0.0.1:0',
    '--staff-listen', '127.0.0.1:0'];
  const program = spawn(binary, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = async () => {
    const ended = new Promise((resolve) => program.once('exit', resolve));
    program.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { addresses: [base, inner], said } = await printedAddresses(program, 2);
    return { base, inner, folder, said, stop };
  } catch (error) {
    program.kill('SIGKILL');
    throw error;
  }
}

function printedAddresses(program, expected) {
  return new Promise((resolve, reject) => {
    let all = '';
    const said = () => all;
    const timer = setTimeout(() => reject(new Error(`no address within a minute; it said: ${all}`)), START_MS);
    const listen = (chunk) => {
      all += chunk;
      const addresses = [...new Set(all.match(/http:\/\/127\.0\.0\.1:[1-9]\d*(?=\/)/g))];
      if (addresses.length < expected) return;
      clearTimeout(timer);
      resolve({ addresses, said });
    };
    program.stdout.on('data', listen);
    program.stderr.on('data', listen);
    program.once('error', reject);
    program.once('exit', (code) => reject(new Error(`the program ended with ${code}: ${all}`)));
  });
}

export function launch({ gl = true } = {}) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...BASE_FLAGS, ...(gl ? SOFTWARE_GL : NO_GL)],
  });
}

export const WIDE = { viewport: { width: 1280, height: 860 } };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/**
 * Opens `path`, waits until script (if any) has done its part, hands the page to `look`, and then checks what no page may do.
 */
export async function visit(world, path, options, look) {
  const context = await world.browser.newContext({ locale: 'ja-JP', ...WIDE, ...options });
  const page = await context.newPage();
  const faults = [];
  const expected = options?.expectFaults ?? /^$/;
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) faults.push(message.text()); });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(world.base) && !/^(blob|data):/.test(url)) faults.push(`asked another host: ${url}`);
  });
  try {
    const response = await page.goto(world.base + path);
    if (options?.javaScriptEnabled !== false && (await page.locator('#page-data').count()) > 0) await ready(page);
    await look(page, response);
  } finally {
    await context.close();
  }
  assert.deepEqual(faults.filter((fault) => !expected.test(fault)), []);
}

export async function ready(page) {
  await page.waitForFunction(() => document.documentElement.dataset.ready === 'true', null, { timeout: 30_000 });
}

/** The text of the list, card by card: what the reader reads, in order. */
export function cards(page) {
  return page.locator('#list .card').evaluateAll((list) => list.map((card) => card.textContent));
}

export const count = async (page) => Number((await page.locator('#count').textContent()).replace(/\D/g, ''));
