/** Small helpers: elements, the preview's own corner of the page, and texts that are HTML. */

import { language } from './words.js';

/**
 * @param {string} tag
 * @param {Record<string, unknown>} properties set on the element; `class` and `data-…` as attributes
 * @param {...(Node | string)} children
 */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/** The preview's own corner: its styles touch nothing of the page, and the page's none of it. */
export const corner = (() => {
  const host = make('klartekst-preview', { lang: language });
  const root = host.attachShadow({ mode: 'open' });
  root.append(make('link', { rel: 'stylesheet', href: '/_preview/preview.css' }));
  document.documentElement.insertBefore(host, document.body);
  document.head.append(make('link', { rel: 'stylesheet', href: '/_preview/page.css' }));
  return root;
})();

const policy = window.trustedTypes?.createPolicy('klartekst-preview', {
  createHTML: (/** @type {string} */ html) => html,
});

/** Reads HTML that the preview itself has made. @param {string} html @returns {Document} */
export function parse(html) {
  return new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, 'text/html');
}

/** The address at which the preview shows a place in a source. */
export const source = (/** @type {{file: string, line: number}} */ { file, line }) =>
  `/_preview/source?file=${encodeURIComponent(file)}&line=${line}#L${Math.max(1, line - 5)}`;
