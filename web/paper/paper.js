// @ts-check
/**
 * The button that opens the browser's dialog to print. Without this module the browser's own menu does the same.
 *
 * @module paper/paper
 */

const button = document.getElementById('print');
if (button) {
  button.hidden = false;
  button.addEventListener('click', () => { print(); });
}
