/** Everything that is wrong with the sources, over the last good page. */

import { corner, make, source } from './dom.js';
import { words } from './words.js';

let overlay = null;
let dismissed = 0;

/** Shows or takes away the overlay. @param {any} status */
export function showOverlay({ problems, fault, number }) {
  const bad = problems.length > 0 || fault !== '';
  overlay?.remove();
  overlay = null;
  if (!bad || dismissed === number) return;
  overlay = make(
    'section',
    { class: 'overlay', popover: 'manual', role: 'alert', 'aria-labelledby': 'overlay-title' },
    make('h2', { id: 'overlay-title' }, fault ? words.fault : words.problems(problems.length)),
    close(number),
    make('p', {}, words.behind),
    ...(fault ? [make('pre', { tabIndex: 0 }, fault)] : []),
    make('ol', { lang: 'en' }, ...problems.map(item)),
  );
  corner.append(overlay);
  overlay.showPopover(); // above all that the page itself may hold above its text
}

function item(problem) {
  const { file, line, column, message, hint, code } = problem;
  return make(
    'li',
    {},
    make('a', { href: source(problem), target: '_blank', class: 'place' }, `${file}:${line}:${column}`),
    make('p', { class: 'message' }, message, ' ', make('code', {}, code)),
    ...(hint ? [make('p', { class: 'hint' }, hint)] : []),
  );
}

function close(number) {
  const button = make('button', { type: 'button', class: 'close' }, words.seePage);
  button.addEventListener('click', () => {
    dismissed = number;
    overlay?.remove();
    overlay = null;
  });
  return button;
}
