import { data } from './data.js';

const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);

/** Index of the language to speak: what the script tag says, else the page, else the site's first. */
function index() {
  const tag = (script?.dataset.language || document.documentElement.lang).toLowerCase();
  return data.languages[tag] ?? data.languages[tag.split('-')[0]] ?? 0;
}

/** @param {import('./types.d.ts').Words} words */
export function pick(words) {
  const each = words.split('\n');
  return each[index()] ?? each[0];
}

/**
 * The text of this key, with `value` where it has braces.
 * @param {string} key
 * @param {string} [value]
 */
export const say = (key, value = '') => pick(data.texts[key]).replace('{}', () => value);

export const language = () => say('code');

/** @param {import('./types.d.ts').Words[]} items */
export const list = (items) => [...new Set(items.map(pick))].join(', ');

/** The address of a path that is given as seen from this script. @param {import('./types.d.ts').Words} path */
export const address = (path) => new URL(pick(path), script?.src || location.href).href;
