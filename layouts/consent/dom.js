import { data } from './data.js';
import { direction, language, say } from './words.js';

/**
 * Make an element. Text becomes text nodes, so nothing from the register is ever read as HTML.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [properties]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, properties, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

/** @param {string} key of its text @param {() => void} onclick @param {string} [value] put into the text */
export const button = (key, onclick, value) =>
  make('button', { type: 'button', onclick }, say(key, value));

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** An element whose inside the page's styles cannot reach. */
export function box() {
  const host = document.createElement('kt-choice');
  if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(data.style);
  host.attachShadow({ mode: 'open' }).adoptedStyleSheets = [sheet];
  return host;
}

/** Show `children` in a box, in the page's language. @param {HTMLElement} host @param {...Node} children */
export function fill(host, ...children) {
  const inside = make('div', { className: 'ui', lang: language(), dir: direction() }, ...children);
  host.shadowRoot?.replaceChildren(inside);
}
