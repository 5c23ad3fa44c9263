import { data } from './data.js';

const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);

/** The site's base address, as seen from where this script was loaded. */
const base = new URL(data.base, script?.src || location.href);

/**
 * Index of the language to speak: what the script tag says, else the page, else the site's first.
 * The forms of Norwegian stand in for each other.
 */
function index() {
  const tag = (script?.dataset.language || document.documentElement.lang).toLowerCase();
  const main = tag.split('-')[0];
  const near = [tag, main, ...(/^n[bno]$/.test(main) ? ['nb', 'no', 'nn'] : [])];
  const known = data.languages.map((code) => code.toLowerCase());
  return Math.max(0, near.map((code) => known.indexOf(code)).find((found) => found >= 0) ?? 0);
}

export const language = () => data.languages[index()];

export const direction = () => (data.rtl.includes(language()) ? 'rtl' : 'ltr');

export const hash = () => data.hashes[index()];

/** @param {import('./types.d.ts').Words} words */
export const pick = (words) => (typeof words == 'string' ? words : words[index()]);

/**
 * The text of this key, with `value` where it has braces.
 * @param {string} key
 * @param {string} [value]
 */
export const say = (key, value = '') => pick(data.texts[key]).replace('{}', () => value);

/** @param {import('./types.d.ts').Words[]} items */
export const list = (items) =>
  new Intl.ListFormat(language()).format([...new Set(items.map(pick))]);

/** @param {import('./types.d.ts').Words} path */
export const address = (path) => new URL(pick(path), base).href;
