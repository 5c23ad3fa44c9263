import { data } from './data.js';
import { button, make } from './dom.js';
import { granted } from './memory.js';
import { decide, optional, same } from './state.js';
import { pick, say } from './words.js';

const HEADS = ['name', 'provider', 'purpose', 'lifetime'];

/** A category's cookies, folded. @param {import('./types.d.ts').Category} category */
const table = ({ cookies }) =>
  make(
    'details',
    {},
    make('summary', {}, say('cookies', `${cookies.length}`)),
    make(
      'table',
      {},
      make('tr', {}, ...HEADS.map((key) => make('th', { scope: 'col' }, say(key)))),
      ...cookies.map((row) => make('tr', {}, ...row.map((text) => make('td', {}, pick(text))))),
    ),
  );

/** The second layer: a switch for each category. Only its buttons decide; Esc and × do not. */
export function secondLayer() {
  /** @type {Record<string, HTMLInputElement>} */
  const switches = {};
  const rows = data.categories.map((category) => {
    const { key, name, purpose, exempt } = category;
    const about = pick(purpose) + (exempt ? `. ${pick(exempt)}` : '');
    const toggle = make('input', {
      type: 'checkbox',
      role: 'switch',
      checked: granted(category),
      disabled: !!exempt,
      ariaDescription: about,
    });
    if (!exempt) switches[key] = toggle;
    return make(
      'div',
      { className: 'row' },
      make('label', {}, toggle, pick(name)),
      about,
      category.cookies.length ? table(category) : '',
    );
  });
  /** @param {string} key @param {() => Record<string, boolean>} answers */
  const act = (key, answers) =>
    button(key, () => {
      decide(answers(), `second.${key}`);
      dialog.close();
    });
  const dialog = make(
    'dialog',
    { ariaLabel: say('title') },
    make('button', { type: 'button', className: 'close', ariaLabel: say('close'), onclick: () => dialog.close() }, '×'),
    make('h2', {}, say('title')),
    ...rows,
    make(
      'div',
      { className: 'acts' },
      act('accept', () => same(optional, true)),
      act('reject', () => same(optional, false)),
      act('save', () =>
        Object.fromEntries(Object.entries(switches).map(([key, { checked }]) => [key, checked])),
      ),
    ),
  );
  return dialog;
}
