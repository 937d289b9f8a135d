/** Accessibility audits by axe: every page in both widths and both colour schemes. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PHONE, WIDE } from './with-server.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Each width with a page of its own; {@link audit} switches the colour scheme within it. */
export const WIDTHS = { 'on a desk': WIDE, 'on a phone': PHONE };

/** What axe finds, a line per rule. The debugger evaluates axe, so that the page's policy stays as strict as it is. */
async function violations(page, rules = {}) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const { violations: found } = await page.evaluate(
    (options) => window.axe.run(document, { resultTypes: ['violations'], preload: false, ...options }), rules);
  return found.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.failureSummary.slice(0, 200)}`).join(' | ')}`);
}

/** Fails on anything that axe finds by any rule, as the page is: where the reader's own colours take the place of both schemes. */
export async function auditAsIs(page, message) {
  assert.deepEqual(await violations(page), [], message);
}

/** Fails on anything that axe finds: by all rules as the page is, and by those about colours in the other colour scheme. */
export async function audit(page, message) {
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  assert.deepEqual(await violations(page), [], message);
  await page.emulateMedia({ colorScheme: isDark ? 'light' : 'dark' });
  assert.deepEqual(await violations(page, { runOnly: ['cat.color'] }), [], `${message ?? ''} in the other colour scheme`);
  await page.emulateMedia({ colorScheme: isDark ? 'dark' : 'light' });
}
