import { data } from './data.js';
import { control, inPlace, panels } from './control.js';
import { box, make } from './dom.js';
import { firstLayer } from './first.js';
import { emit } from './record.js';
import { secondLayer } from './second.js';
import { gpc } from './signals.js';
import { asked } from './state.js';
import { language, say } from './words.js';

// What the visitor sees: one box at the top of the page's order, with a live region and its places.

const [spoken, first, second] = ['status', '', ''].map((role) => make('div', { role }));
const pill = control(open);
const host = box(first, pill.node, second, spoken);
let shown = '';

/** Put the box on the page, when there is a body, and again where the page has removed it. */
export function mount() {
  if (document.body && !host.isConnected) document.body.prepend(host);
  inPlace(open);
}

/** Say it once to those who cannot see it. @param {string} text */
export const announce = (text) => setTimeout(() => spoken.replaceChildren(text), 99);

/** Tell all, beside the control, what runs on until the page is loaded anew. */
export const warn = () => pill.node.append(say('runs'));

/** Where what had the focus is gone, the control has it. */
const refocus = () => document.activeElement == document.body && pill.way.focus();

/**
 * Show what fits the state: the first layer to those who are to be asked, else the control.
 * @param {unknown} _ @param {boolean} decided by the visitor, so that an open layer has done its work
 */
export function refresh(_, decided) {
  const asks = data.gpc == 'refuse' && gpc() ? [] : asked();
  const wanted = asks.map(({ key }) => key + language()).join();
  pill.node.hidden = !!wanted;
  pill.update();
  panels.forEach((update) => update());
  if (wanted != shown) {
    if (shown) emit('hide', { layer: 'first' });
    shown = wanted;
    first.replaceChildren(...(wanted ? [firstLayer(open)] : []));
    if (wanted) {
      emit('show', { layer: 'first' });
      announce(say('title'));
    }
  }
  mount();
  if (decided) {
    second.querySelector('dialog')?.close();
    refocus();
  }
}

/** Open the second layer, with the choice as it stands. */
export function open() {
  const dialog = secondLayer();
  dialog.onclose = () => {
    emit('hide', { layer: 'second' });
    refocus();
  };
  second.replaceChildren(dialog);
  dialog.showModal();
  emit('show', { layer: 'second' });
}

/** Keep what has the focus clear of ours (WCAG 2.4.11): scroll it, or move ours away. @param {FocusEvent} event */
export function dodge({ target }) {
  const node = /** @type {Element} */ (target);
  const covered = () => {
    const { x, y, width, height } = node.getBoundingClientRect();
    return document.elementFromPoint(x + width / 2, y + height / 2) == host;
  };
  for (const block of /** @type {const} */ (['start', 'end'])) {
    if (covered()) node.scrollIntoView({ block });
    if (covered())
      for (const panel of [first.firstElementChild, pill.node]) panel?.classList.toggle('away');
  }
}
