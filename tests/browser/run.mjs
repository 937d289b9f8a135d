/**
 * Runs the browser tests, two files at a time, with one server and one browser for all: starting both takes seconds per file. Each
 * test still has a browser context of its own, and a file that changes data starts its own server (`with-server.mjs`).
 *
 *   node tests/browser/run.mjs               all files
 *   node tests/browser/run.mjs find list     find.test.mjs and list.test.mjs
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { launchShared, startServer } from './with-server.mjs';

const ENDING = '.test.mjs';
const FILES_AT_A_TIME = 2;
/** They start first, so that no slow file runs alone at the end; all others follow by name. */
const SLOWEST = ['find', 'audit', 'list', 'sheets', 'directory', 'find-audit', 'handout'];

const folder = fileURLToPath(new URL('./', import.meta.url));
const all = readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith(ENDING)).map((name) => name.slice(0, -ENDING.length));
const rank = (name) => (SLOWEST.includes(name) ? SLOWEST.indexOf(name) : SLOWEST.length);
const wanted = process.argv.slice(2).map((name) => name.replace(/^.*tests\/browser\//, '').replace(ENDING, ''));
const unknown = wanted.filter((name) => !all.includes(name));
if (unknown.length > 0) throw new Error(`no such test file: ${unknown.join(', ')}`);
const names = (wanted.length > 0 ? wanted : all).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));

const server = await startServer();
const browser = await launchShared();
Object.assign(process.env, {
  TSUNAGARI_URL: server.public, TSUNAGARI_INTERNAL_URL: server.internal, TSUNAGARI_FOLDER: server.folder, TSUNAGARI_BROWSER: browser.wsEndpoint(),
});
try {
  const results = run({ files: names.map((name) => join(folder, name + ENDING)), concurrency: FILES_AT_A_TIME });
  results.on('test:fail', () => { process.exitCode = 1; });
  const report = results.compose(new spec());
  report.pipe(process.stdout);
  await finished(report);
} finally {
  await browser.close();
  await server.stop();
}
