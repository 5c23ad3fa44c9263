import { data } from './data.js';
import { choices } from './choices.js';
import { button, make } from './dom.js';
import { granted } from './memory.js';
import { decide, optional } from './state.js';
import { pick, say } from './words.js';

const HEADS = ['name', 'provider', 'purpose', 'lifetime'];

/** A category's cookies, folded. @param {import('./types.d.ts').Category} category */
const table = ({ cookies }) =>
  make(
    'details',
    {},
    make('summary', {}, `${say('title')}: ${cookies.length}`),
    make(
      'table',
      {},
      make('tr', {}, ...HEADS.map((key) => make('th', {}, say(key)))),
      ...cookies.map((row) => make('tr', {}, ...row.map((text) => make('td', {}, pick(text))))),
    ),
  );

/** The second layer: a switch for each category. Only its buttons decide; Esc and “close” do not. */
export function secondLayer() {
  /** @type {Record<string, HTMLInputElement>} */
  const switches = {};
  const rows = data.categories.map((category) => {
    const { key, name, purpose, exempt } = category;
    const about = pick(purpose);
    const toggle = make('input', {
      type: 'checkbox',
      role: 'switch',
      checked: granted(category),
      disabled: !!exempt,
      ariaDescription: about,
    });
    switches[key] = toggle;
    return make(
      'div',
      { className: 'row' },
      make('label', {}, toggle, pick(name)),
      about,
      category.cookies.length ? table(category) : '',
    );
  });
  const dialog = make(
    'dialog',
    { ariaLabel: say('title') },
    button('close', () => dialog.close()),
    make('h2', {}, say('title')),
    ...rows,
    choices('second', () => optional, 'save', () =>
      decide(
        Object.fromEntries(optional.map(({ key }) => [key, switches[key].checked])),
        'second.save',
      ),
    ),
  );
  return dialog;
}
