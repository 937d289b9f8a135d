// @ts-check
/**
 * What other parts bring to this page, each loaded when it is needed and done without where it is not there: the handout, the
 * record of what nobody found, the assessment sheet.
 *
 * @module find/neighbours
 */

import { byId } from '../dom.js';

const HANDOUT = '/assets/handout/handout.js';
const UNMET = '/assets/unmet/unmet.js';
const ASSESSMENT = '/assets/sheets/assessment.js';

/**
 * @param {import('./types.js').Context} context
 * @param {{
 *   shortlist: ReturnType<typeof import('./shortlist-panel.js').shortlistPanel>,
 *   form: ReturnType<typeof import('./form.js').personForm>,
 *   answer: () => import('./types.js').Answer | null,
 * }} page
 */
export function neighbours({ text }, { shortlist, form, answer }) {
  const [finder, handout] = [byId('finder'), byId('handout')];
  let hasUnmet = false;

  const show = () => {
    finder.hidden = true;
    finder.classList.add('no-print');
    handout.hidden = false;
    // Nothing of the wish: only so that the browser's own way back leads to the finder and not out of the page.
    history.pushState({ papers: true }, '');
    scrollTo(0, 0);
  };
  const putAway = () => {
    if (finder.hidden === false) return;
    handout.hidden = true;
    handout.replaceChildren();
    handout.classList.remove('handout');
    document.body.classList.remove('has-handout');
    finder.hidden = false;
    finder.classList.remove('no-print');
    byId('make-handout').focus();
  };
  const close = () => {
    if (history.state?.papers) history.back();
    putAway();
  };
  addEventListener('popstate', putAway);

  /** What the record may know: no more than a district, terms and ways of travel. */
  const need = () => {
    const understood = answer()?.understood;
    return {
      district: understood?.from?.district ?? null,
      interests: [...new Set((understood?.likes ?? []).flatMap(({ means }) => means))],
      travel: form.person.travel,
    };
  };

  const loadUnmet = async () => {
    const { unmetButtons } = await import(UNMET);
    byId('unmet').replaceChildren(await unmetButtons(need));
    hasUnmet = true;
    offer();
  };
  const offer = () => { byId('unmet').hidden = !hasUnmet || answer() === null; };

  const sheet = /** @type {HTMLDetailsElement} */ (byId('axes-sheet'));
  /** The sheet is there if its part is; it is drawn when its fold is opened, anew for every person. */
  const loadAssessment = async () => {
    const { loadAssessment: load } = await import(ASSESSMENT);
    sheet.hidden = false;
    sheet.addEventListener('toggle', () => {
      const body = byId('axes-sheet-body');
      if (!sheet.open || body.childElementCount > 0) return;
      load({ onLow: (/** @type {string[]} */ axes) => form.setAxes(axes) })
        .then((/** @type {HTMLElement} */ drawn) => body.replaceChildren(drawn), () => { sheet.hidden = true; });
    });
  };
  void loadAssessment().catch(() => {}); // done without

  return {
    offer,
    /** Forgets the person that all this was about. */
    forget() {
      close();
      byId('axes-sheet-body').replaceChildren();
      offer();
      loadUnmet().catch(() => {}); // done without
    },
    /**
     * @param {import('./types.js').Start | null} from
     * @param {readonly import('./types.js').Chosen[]} chosen
     */
    async print(from, chosen) {
      try {
        const { openHandout } = await import(HANDOUT);
        show();
        const items = chosen.map(({ id, line }) => ({ id, line }));
        await openHandout(handout, { from, travel: form.person.travel, items }, { onClose: close });
      } catch (error) {
        close();
        shortlist.trouble(text('handout.missing'));
        console.info(error instanceof Error ? error.message : String(error));
      }
    },
  };
}
