/** Acts for the tests of the finder: what a link worker does on the page, and what the page then says. */
import { visit } from './world.mjs';

export const visitFinder = (world, options, look) => visit({ ...world, base: world.inner }, '/find',
  { ...options, expectFaults: new RegExp(`^$${options.expect ? `|${options.expect}` : ''}`) }, look);

/** Waits until the answer to what the form says is drawn. */
export const settled = (page) => page.waitForFunction(() => document.querySelector('#groups').getAttribute('aria-busy') === 'false');

/** Does something to the form and waits for the answer. */
export async function after(page, act) {
  await act();
  await settled(page);
}

export const says = (page, id) => page.locator(`#${id}`).textContent();
export const fits = async (page) => Number((await says(page, 'count')).replace(/\D/g, ''));

/** Presses Tab until the focus is on what `selector` names: what cannot be reached so cannot be used without a mouse. */
export async function tabTo(page, selector, key = 'Tab') {
  for (let pressed = 0; pressed < 400; pressed += 1) {
    if (await page.evaluate((name) => document.activeElement?.matches(name) ?? false, selector)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${selector} is not reached by ${key}`);
}

export const write = (page, field, words) => after(page, async () => {
  await page.fill(`#input-${field}`, words);
  await page.press(`#input-${field}`, 'Enter');
});

/** The words of a place of the answer, or `null`. */
export async function hitText(page, name) {
  const hit = page.locator('.hit', { has: page.locator('h4', { hasText: name }) }).first();
  return (await hit.count()) > 0 ? hit.textContent() : null;
}

export const chosen = (page) => page.locator('#shortlist-items .chosen-name').allTextContents();

/** What he finds that has to do with science: the sample's open day at BIG LABO until it is over, then the class. */
export const somethingWithScience = async (page) => {
  const openDay = 'BIG LABO 秋の公開制作（見本）';
  return (await hitText(page, openDay)) ? openDay : '大人の実験教室';
};
