import { all, remove } from './cookies.js';
import { data } from './data.js';
import { granted } from './memory.js';

/** @typedef {'cookie' | 'localStorage' | 'sessionStorage'} Kind */

/**
 * Whether a name belongs to a category.
 * @param {import('./types.d.ts').Category} category @param {Kind} kind @param {string} name
 */
const owns = (category, kind, name) =>
  new RegExp(`^(?:${category.erase[kind] ?? '(?!)'})$`).test(name);

/**
 * Delete what a category has left, save what another category that is allowed may keep.
 * @param {import('./types.d.ts').Category} category
 */
export function erase(category) {
  /** @param {Kind} kind @param {string} name */
  const goes = (kind, name) =>
    name != data.name &&
    owns(category, kind, name) &&
    !data.categories.some((other) => granted(other) && owns(other, kind, name));

  for (const [name] of all()) if (goes('cookie', name)) remove(name);
  for (const kind of /** @type {const} */ (['localStorage', 'sessionStorage'])) {
    try {
      const storage = window[kind];
      for (const name of Object.keys(storage)) if (goes(kind, name)) storage.removeItem(name);
    } catch {
      // Storage is blocked, so nothing of ours or theirs is in it.
    }
  }
}
