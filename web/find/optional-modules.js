// @ts-check
/**
 * Progressive enhancement by optional modules: the handout, the buttons for unmet needs, the assessment sheet. Each is a dynamic
 * import; where one is missing, the finder works without it.
 *
 * @module find/optional-modules
 */

import { byId, make } from '../dom.js';

const HANDOUT = '/assets/handout/handout.js';
const UNMET = '/assets/unmet/unmet.js';
const ASSESSMENT = '/assets/sheets/assessment.js';

/**
 * @param {import('./types.js').FinderContext} context
 * @param {{
 *   shortlist: ReturnType<typeof import('./shortlist-panel.js').shortlistPanel>,
 *   form: ReturnType<typeof import('./form.js').personForm>,
 *   answer: () => import('./types.js').FindAnswer | null,
 *   isPractice: boolean,
 * }} page
 */
export function optionalModules({ text }, { shortlist, form, answer, isPractice }) {
  const [finder, handout] = [byId('finder'), byId('handout')];
  let hasUnmetButtons = false;

  const showHandout = () => {
    finder.hidden = true;
    finder.classList.add('no-print');
    handout.hidden = false;
    // The entry holds nothing of the wish; it only makes the browser's back button lead to the finder instead of out of the page.
    history.pushState({ handout: true }, '');
    scrollTo(0, 0);
  };
  const showFinder = () => {
    if (finder.hidden === false) return;
    handout.hidden = true;
    handout.replaceChildren();
    handout.classList.remove('handout');
    document.body.classList.remove('has-handout');
    finder.hidden = false;
    finder.classList.remove('no-print');
    byId('make-handout').focus();
  };
  const closeHandout = () => {
    if (history.state?.handout) history.back();
    showFinder();
  };
  addEventListener('popstate', showFinder);

  /** Data minimisation: of the wish, an unmet need holds only the district, terms of the thesaurus and means of travel. */
  const unmetNeed = () => {
    const understood = answer()?.understood;
    return {
      district: understood?.from?.district ?? null,
      interests: [...new Set((understood?.likes ?? []).flatMap(({ means }) => means))],
      travel: form.person.travel,
    };
  };

  const loadUnmetButtons = async () => {
    if (isPractice) {
      byId('unmet').replaceChildren(make('p', { class: 'panel note' }, text('practice.unmet')));
    } else {
      const { unmetButtons } = await import(UNMET);
      byId('unmet').replaceChildren(await unmetButtons(unmetNeed));
    }
    hasUnmetButtons = true;
    updateUnmetButtons();
  };
  const updateUnmetButtons = () => { byId('unmet').hidden = !hasUnmetButtons || answer() === null; };

  const fold = /** @type {HTMLDetailsElement} */ (byId('axes-sheet'));
  /** Lazy loading: the sheet is drawn when its fold opens, and anew for each person. */
  const offerAssessment = async () => {
    const { loadAssessment } = await import(ASSESSMENT);
    fold.hidden = false;
    fold.addEventListener('toggle', () => {
      const body = byId('axes-sheet-body');
      if (!fold.open || body.childElementCount > 0) return;
      loadAssessment({ onLowAxes: (/** @type {string[]} */ axes) => form.setAxes(axes) })
        .then((/** @type {HTMLElement} */ sheet) => body.replaceChildren(sheet), () => { fold.hidden = true; });
    });
  };
  void offerAssessment().catch(() => {}); // optional

  return {
    updateUnmetButtons,
    /** Forgets the person. */
    reset() {
      closeHandout();
      byId('axes-sheet-body').replaceChildren();
      updateUnmetButtons();
      loadUnmetButtons().catch(() => {}); // optional
    },
    /**
     * @param {import('./types.js').StartPoint | null} from
     * @param {readonly import('./types.js').ShortlistItem[]} chosen
     */
    async openHandout(from, chosen) {
      try {
        const { openHandout } = await import(HANDOUT);
        showHandout();
        const items = chosen.map(({ id, line }) => ({ id, line }));
        await openHandout(handout, { from, travel: form.person.travel, items }, { onClose: closeHandout });
      } catch (error) {
        closeHandout();
        shortlist.showError(text('handout.missing'));
        console.info(error instanceof Error ? error.message : String(error));
      }
    },
  };
}
