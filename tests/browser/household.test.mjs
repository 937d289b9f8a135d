import assert from 'node:assert/strict';
import test from 'node:test';
import { audit } from './axe.mjs';
import { change, chosen, enterWords, hitText, settled, tabTo, textOf, visitFinder } from './finder.mjs';
import { PHONE, withServerAndBrowser } from './with-server.mjs';

const site = withServerAndBrowser();
const focused = (page) => page.evaluate(() => document.activeElement.value ?? '');
const isOn = (page, field, value) => page.isChecked(`[data-field="${field}"][value="${value}"]`);

test('each group of check boxes is one Tab stop, and arrow keys move within it', () => visitFinder(site, {}, async (page) => {
  await settled(page);
  await tabTo(page, '[data-field="avoid"]');
  const first = await focused(page);
  await page.keyboard.press('ArrowRight');
  const second = await focused(page);
  assert.notEqual(second, first);
  await change(page, () => page.keyboard.press('Space'));
  assert.equal(await isOn(page, 'avoid', second), true, 'the space bar ticks it');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'input-avoid', 'the next stop is the next field');
  await page.keyboard.press('Shift+Tab');
  assert.equal(await focused(page), second, 'the group is entered where it was left');
  await page.keyboard.press('Home');
  assert.equal(await focused(page), first);
  await tabTo(page, '#field-free summary');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'mon-morning');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  assert.equal(await focused(page), 'tue-afternoon', 'down is the next day, right the next part of it');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'yes', 'the whole week is one stop');
}));

test('a mother and her son are searched side by side on a phone, and print two papers', () => visitFinder(site, PHONE, async (page) => {
  await enterWords(page, 'from-town', '加保');
  await enterWords(page, 'likes', '編み物');
  await change(page, () => page.check('[data-field="travel"][value="car"]'));
  await page.locator('.choose').first().click();
  const [mothers] = await chosen(page);
  await change(page, () => page.click('#household-add'));
  assert.equal(await page.isChecked('[name="household"][value="second"]'), true);
  assert.equal((await textOf(page, 'from-name')).trim(), '大屋町加保 から', 'they live in one house');
  assert.deepEqual([await page.locator('#pills-likes li').count(), await isOn(page, 'travel', 'car'), await chosen(page)], [0, false, []]);
  await change(page, () => page.check('[data-field="travel"][value="car"]'));
  await enterWords(page, 'likes', 'ギター');
  await enterWords(page, 'likes', '手芸');
  assert.match(await textOf(page, 'other-answers'), /一人目に合うもの \d+件.*二人とも合う/);
  await audit(page, 'with two persons');
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
  await page.locator('.choose').first().click();
  assert.match(await textOf(page, 'make-handout'), /^二人目の/);
  await change(page, () => page.click('#other-answers [data-change]'));
  assert.deepEqual(await chosen(page), [mothers], 'each has a shortlist');
  assert.match(await page.locator('#pills-likes').textContent(), /編み物/);
  assert.equal(await isOn(page, 'travel', 'car'), true);
  assert.match(await textOf(page, 'make-handout'), /^一人目の/);
  await page.click('#make-handout');
  await page.waitForSelector('#handout [data-sheet="handout"] .paper');
  assert.match(await textOf(page, 'handout'), new RegExp(mothers.slice(0, 4)));
  await page.goBack();
  await page.waitForSelector('#finder:not([hidden])');
  const kept = await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie, location.search]);
  assert.deepEqual(kept, [0, 0, '', ''], 'nothing of either is kept');
  await page.click('#household-end');
  assert.equal(await page.isVisible('#other-answers'), false);
  assert.deepEqual(await chosen(page), [mothers]);
}));

test('the next person finds nothing of the household before', () => visitFinder(site, {}, async (page) => {
  await enterWords(page, 'likes', '囲碁');
  await change(page, () => page.click('#household-add'));
  await enterWords(page, 'likes', '将棋');
  await page.click('#reset');
  await change(page, () => page.click('#reset-yes'));
  assert.equal(await page.isVisible('#household-who'), false);
  assert.equal(await page.isVisible('#household-add'), true);
  await change(page, () => page.click('#household-add'));
  assert.equal(await page.locator('#pills-likes li').count(), 0);
  await change(page, () => page.check('[name="household"][value=""]'));
  assert.equal(await page.locator('#pills-likes li').count(), 0);
}));

test('somebody to do it with is found through the office', () => visitFinder(site, {}, async (page) => {
  await enterWords(page, 'likes', '針金アート');
  await change(page, () => page.check('[data-field="company"]'));
  const first = await page.locator('.hit h4').first().textContent();
  assert.match(first, /大屋で針金アート・工作の仲間をさがす人/);
  const hit = await hitText(page, '大屋で針金アート');
  assert.match(hit, /いっしょにする人をさがしている/);
  assert.match(hit, /079-000-0000/);
  assert.doesNotMatch(await page.content(), /金太|079-000-2401|人の多い所/);
  await change(page, () => page.uncheck('[data-field="company"]'));
  assert.doesNotMatch(await page.locator('.hit h4').first().textContent(), /仲間をさがす人/, 'places come first where nobody asks for a person');
}));
