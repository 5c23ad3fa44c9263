import { button, make } from './dom.js';
import { decide, same } from './state.js';

/**
 * Accept, reject, and a third button of the same kind.
 * @param {string} from where they stand, for the record
 * @param {() => import('./types.d.ts').Category[]} categories
 * @param {string} key of the third @param {() => void} act
 */
export function choices(from, categories, key, act) {
  /** @param {boolean} yes @param {string} key */
  const answer = (yes, key) => button(key, () => decide(same(categories(), yes), `${from}.${key}`));
  return acts(answer(true, 'accept'), answer(false, 'reject'), button(key, act));
}

/** A row of buttons of one kind. @param {...Node} buttons */
export const acts = (...buttons) => make('div', { className: 'acts' }, ...buttons);
