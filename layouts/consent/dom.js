import { data } from './data.js';
import { language, say } from './words.js';

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

/** @param {string} key of its text @param {() => void} onclick */
export const button = (key, onclick) => make('button', { onclick }, say(key));

/** A part with a heading. @param {string} title @param {...(Node | string)} children */
export const part = (title, ...children) => make('section', {}, make('h2', {}, title), ...children);

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** An element whose inside the page's styles cannot reach. @param {...Node} children */
export function box(...children) {
  const host = document.createElement('kt-choice');
  if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(data.style);
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  root.append(make('div', { className: 'ui', lang: language(), dir: 'auto' }, ...children));
  return host;
}
