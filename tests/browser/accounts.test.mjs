import assert from 'node:assert/strict';
import { readFileSync, writeFileSync, cpSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { audit, WIDTHS } from './axe.mjs';
import { launch, startServer, visit } from './with-server.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PASSWORD = 'trout lantern nineteen';
const OTHER = 'gravel teapot orchard';
/** Of the browser, about statuses that these tests ask for. */
const STATUSES = { expectFaults: /Failed to load resource: the server responded with a status of (401|403|409|422|429)/ };

/** Where pictures go for people to look at. */
const PICTURES = process.env.TSUNAGARI_PICTURES;
const picture = (page, name) => PICTURES && page.screenshot({ path: `${PICTURES}/account-${name}.png`, fullPage: true });

const site = {};
before(async () => {
  // The sample, whose link workers need accounts here.
  const server = await startServer((folder) => {
    cpSync(`${ROOT}data`, `${folder}/data`, { recursive: true });
    const file = `${folder}/data/city.toml`;
    const settings = readFileSync(file, 'utf8');
    writeFileSync(file, settings.replace('\nlink_workers_need_account = false', ''));
    return `${folder}/data`;
  });
  Object.assign(site, server, { base: server.internal, browser: await launch({ gl: false }) });
});
after(async () => {
  await site.browser?.close();
  await site.stop?.();
});

const setupCode = () => /\/setup#(\w+)/.exec(readFileSync(`${site.folder}/output.log`, 'utf8'))[1];

/** Fills a form in and sends it with the Enter key. */
async function send(page, fields) {
  for (const [name, value] of Object.entries(fields)) await page.locator(`[name=${name}]`).fill(value);
  await Promise.all([page.waitForNavigation(), page.locator(`[name=${Object.keys(fields).at(-1)}]`).press('Enter')]);
}

const path = (page) => new URL(page.url()).pathname;

test('the first administrator is made with the link that the server prints, signs in by keyboard and comes to where they were', () => visit(site, `/setup#${setupCode()}`, STATUSES, async (page) => {
  const code = page.locator('[name=code]');
  assert.match(await code.inputValue(), /^\w{32}$/);
  assert.equal(new URL(page.url()).hash, '', 'the code is not left in the address');
  await audit(page, 'setup');
  await picture(page, 'setup');
  await send(page, { name: 'boss', password: 'password1234' });
  assert.match(await page.getByRole('alert').textContent(), /当てられて/);
  await audit(page, 'setup refused');
  assert.match(await code.inputValue(), /^\w{32}$/, 'the link need not be opened again');
  await send(page, { password: PASSWORD });
  assert.equal(path(page), '/login');
  await page.goto(`${site.base}/unmet?period=3`);
  assert.equal(path(page), '/login', 'nobody has signed in yet');
  await page.keyboard.press('Tab');
  for (let tabs = 0; tabs < 8 && !(await page.locator('[name=name]').evaluate((it) => it === document.activeElement)); tabs++) await page.keyboard.press('Tab');
  await page.keyboard.type('boss');
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  assert.equal(page.url(), `${site.base}/unmet?period=3`);
  const [cookie] = await page.context().cookies();
  assert.deepEqual([cookie.name, cookie.httpOnly, cookie.secure, cookie.sameSite, cookie.expires], ['__Host-tsunagari', true, true, 'Lax', -1]);
  assert.equal(await page.evaluate(() => document.cookie), '');
}));

for (const [width, options] of Object.entries(WIDTHS)) {
  test(`an administrator adds an account, whose person signs in, changes the password and signs out, ${width}`, () => visit(site, '/login', { ...options, ...STATUSES }, async (page) => {
    const name = `hanako-${width.split(' ').at(-1)}`;
    assert.equal(await page.locator('nav').count(), 0, 'there is nothing to go to yet');
    await audit(page, 'sign in');
    await picture(page, `sign-in-${name}`);
    await send(page, { name: 'boss', password: 'wrong' });
    assert.match(await page.getByRole('alert').textContent(), /ちがいます/);
    await audit(page, 'sign in refused');
    await send(page, { name: 'boss', password: PASSWORD });
    await page.goto(`${site.base}/admin/accounts`);
    await send(page, { name });
    const link = await page.locator('#welcome-link').textContent();
    await audit(page, 'accounts');
    await picture(page, `accounts-${name}`);
    for (const [address, title] of [['/admin/log', 'log'], ['/account', 'account']]) {
      await page.goto(site.base + address);
      await audit(page, title);
      await picture(page, `${title}-${name}`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${title} is as wide as the window`);
    }
    await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'サインアウト', exact: true }).click()]);
    assert.equal(path(page), '/login');
    await page.goto(link);
    await audit(page, 'welcome');
    await send(page, { name, password: PASSWORD });
    assert.equal(path(page), '/login');
    await send(page, { name, password: PASSWORD });
    assert.equal(path(page), '/');
    const refused = await page.goto(`${site.base}/admin/accounts`);
    assert.equal(refused.status(), 403);
    await audit(page, 'not allowed');
    await page.goto(`${site.base}/find`);
    await page.getByRole('link', { name: 'アカウント', exact: true }).click();
    await page.waitForURL('**/account');
    await send(page, { current: PASSWORD, new: OTHER });
    assert.equal(path(page), '/account');
    await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'サインアウト', exact: true }).click()]);
    await page.goto(`${site.base}/find`);
    assert.equal(path(page), '/login', 'signed out');
    await send(page, { name, password: OTHER });
    assert.equal(path(page), '/find');
  }));
}
