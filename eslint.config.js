/**
 * What the browsers of residents and offices may be asked to do. `browserslist` in package.json names the oldest of them; they are held
 * by eslint-plugin-compat (APIs and look-behinds), by the version of the language, by the rules below for what the plugin cannot see,
 * and, for styles, by Baseline 2021 with a list of what may be missing because nothing is lost without it.
 */
import css from '@eslint/css';
import js from '@eslint/js';
import compat from 'eslint-plugin-compat';

/** In ES2022 or in a text, where the plugin does not see it: a selector, and what to do. */
const LATER_THAN_SAFARI_15 = [
  ['StaticBlock', 'Static blocks are a syntax error before Safari 16.4.'],
  ['NewExpression[callee.name="RegExp"] > Literal[value=/\\(\\?<[=!]/]', 'A look-behind is an error before Safari 16.4.'],
];

/** A browser without them shows everything, only less finely: focus, colours, breaks of lines and pages, sizes. */
const NOTHING_IS_LOST_WITHOUT = {
  allowProperties: [
    'outline', 'print-color-adjust', 'text-wrap', 'forced-color-adjust', 'accent-color', 'resize', 'appearance', 'text-size-adjust', 'text-align-last',
    'scroll-behavior', 'ruby-position', 'paint-order', 'mask', 'field-sizing', 'content-visibility', 'container', 'color-scheme',
  ],
  allowPropertyValues: { 'word-break': ['auto-phrase'], 'break-after': ['avoid'], 'overflow-wrap': ['anywhere'], float: ['inline-start'], overflow: ['clip'] },
  allowMediaConditions: ['scripting', 'forced-colors'],
  allowAtRules: ['page', 'container'],
  // Each in a rule of its own: in a list, one selector that is not known drops the whole rule.
  allowSelectors: ['has', 'focus-visible', 'backdrop'],
};

export default [
  { ignores: ['web/vendor/**', 'target/**'] },
  {
    files: ['web/**/*.js'],
    plugins: { compat },
    languageOptions: { ecmaVersion: 2022, sourceType: 'module' },
    rules: {
      ...js.configs.recommended.rules,
      // The compiler of types knows what the page's modules may name.
      'no-undef': 'off',
      'compat/compat': 'error',
      'no-restricted-syntax': ['error', ...LATER_THAN_SAFARI_15.map(([selector, message]) => ({ selector, message }))],
    },
  },
  {
    files: ['web/**/*.css'],
    plugins: { css },
    language: 'css/css',
    rules: {
      'css/no-duplicate-imports': 'error',
      'css/no-empty-blocks': 'error',
      'no-restricted-syntax': ['error', { selector: 'Rule > SelectorList[children.length>1] PseudoClassSelector[name="has"]', message: 'Where :has() is not known, the whole list is dropped: give it a rule of its own.' }],
      'css/use-baseline': ['error', { available: 2021, ...NOTHING_IS_LOST_WITHOUT }],
    },
  },
];
