import { all, remove } from './cookies.js';
import { data } from './data.js';
import { granted } from './memory.js';

/**
 * Whether a name belongs to a category.
 * @param {import('./types.d.ts').Category} category @param {string} kind of storage @param {string} name
 */
const owns = ({ erase }, kind, name) => new RegExp(`^(?:${erase[kind] ?? '(?!)'})$`).test(name);

/**
 * Delete what a category has left, save what another category that is allowed may keep.
 * @param {import('./types.d.ts').Category} category
 */
export function erase(category) {
  for (const kind in category.erase) {
    try {
      /** @type {Storage | false} `localStorage` or `sessionStorage`; none for a cookie */
      const storage = kind != 'cookie' && /** @type {any} */ (window)[kind];
      for (const name of storage ? Object.keys(storage) : all().map(([each]) => each))
        if (
          name != data.name &&
          owns(category, kind, name) &&
          !data.categories.some((other) => granted(other) && owns(other, kind, name))
        )
          storage ? storage.removeItem(name) : remove(name);
    } catch {
      // Storage is blocked, so nothing of ours or theirs is in it.
    }
  }
}
