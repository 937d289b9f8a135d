/** Page object of the finder: what a link worker does on the page, and what it then shows. */
import { internal, visit } from './with-server.mjs';

export const visitFinder = (site, options, act) => visit(internal(site), '/find',
  { ...options, expectFaults: new RegExp(`^$${options.expect ? `|${options.expect}` : ''}`) }, act);

/** Waits until the answer to the current form is drawn. */
export const settled = (page) => page.waitForFunction(() => document.querySelector('#groups').getAttribute('aria-busy') === 'false');

/** Changes the form and waits for the answer. */
export async function change(page, act) {
  await act();
  await settled(page);
}

export const textOf = (page, id) => page.locator(`#${id}`).textContent();
export const fitCount = async (page) => Number((await textOf(page, 'count')).replace(/\D/g, ''));

/** Where the focus is, seen from what `selector` means: on it, in the same row or grid of boxes, or elsewhere. */
const focusFrom = (page, selector) => page.evaluate((name) => {
  const group = (element) => element?.closest('[role="toolbar"], [role="grid"]') ?? null;
  if (document.activeElement?.matches(name)) return 'there';
  const own = group(document.activeElement);
  return own !== null && [...document.querySelectorAll(name)].some((element) => group(element) === own) ? 'beside' : 'elsewhere';
}, selector);

/**
 * Keyboard access: presses Tab until the focus is on `selector`, and arrow keys within a group of boxes, which is one Tab stop; what
 * these do not reach cannot be used without a mouse.
 */
export async function tabTo(page, selector, key = 'Tab') {
  for (let pressed = 0; pressed < 400; pressed += 1) {
    const at = await focusFrom(page, selector);
    if (at === 'there') return;
    await page.keyboard.press(at === 'beside' ? 'ArrowRight' : key);
  }
  throw new Error(`${selector} is not reached by ${key}`);
}

export const enterWords = (page, field, words) => change(page, async () => {
  await page.fill(`#input-${field}`, words);
  await page.press(`#input-${field}`, 'Enter');
});

/** The text of a place of the answer, or `null`. */
export async function hitText(page, name) {
  const hit = page.locator('.hit', { has: page.locator('h4', { hasText: name }) }).first();
  return (await hit.count()) > 0 ? hit.textContent() : null;
}

export const chosen = (page) => page.locator('#shortlist-items .chosen-name').allTextContents();

/** A place for somebody who likes science: the sample's open day at BIG LABO until it is over, then the class. */
export const somethingWithScience = async (page) => {
  const openDay = 'BIG LABO 秋の公開制作（見本）';
  return (await hitText(page, openDay)) ? openDay : '大人の実験教室';
};
