/**
 * Moves the code of a link (`/welcome#CODE`) from the address into its field, so that it stays neither in the address bar nor in the history.
 *
 * @module account/code
 */

const field = document.querySelector('#code');
const code = location.hash.slice(1);
if (field instanceof HTMLInputElement && code) {
  field.value = code;
  history.replaceState(null, '', location.pathname);
}
