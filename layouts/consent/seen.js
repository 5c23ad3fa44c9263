import { data } from './data.js';
import { control, inPlace, panels } from './control.js';
import { box, fill, make } from './dom.js';
import { firstLayer } from './first.js';
import { emit } from './record.js';
import { secondLayer } from './second.js';
import { gpc } from './signals.js';
import { asked } from './state.js';
import { language, say } from './words.js';

// What the visitor sees: one box at the top of the page's order, with a live region and its places.

const host = box();
const [spoken, first, second] = ['status', '', ''].map((role) => make('div', { role }));
const pill = control(open);
let shown = '';

/** Put the box on the page, when there is a body, and again where the page has removed it. */
export function mount() {
  if (document.body && !host.isConnected) document.body.prepend(host);
  inPlace(open);
}

/** Say it once to those who cannot see it. @param {string} text */
export const announce = (text) => setTimeout(() => spoken.replaceChildren(text), 99);

const leave = () => pill.status.focus();

/** Show what fits the state: the first layer to those who are to be asked, else the control. */
export function refresh() {
  const asks = data.gpc == 'refuse' && gpc() ? [] : asked();
  const wanted = asks.map(({ key }) => key + language()).join();
  if (wanted != shown) {
    if (shown) emit('hide', { layer: 'first' });
    shown = wanted;
    first.replaceChildren(...(wanted ? [firstLayer(open, leave)] : []));
    if (wanted) {
      emit('show', { layer: 'first' });
      announce(say('title'));
    }
  }
  pill.node.hidden = !!wanted || !data.control;
  pill.update();
  panels.forEach((update) => update());
  if (!spoken.isConnected) fill(host, spoken, first, pill.node, second);
  mount();
}

/** Open the second layer, with the choice as it stands. */
export function open() {
  const dialog = secondLayer();
  dialog.onclose = () => {
    dialog.remove();
    emit('hide', { layer: 'second' });
    if (document.activeElement == document.body) leave();
  };
  second.replaceChildren(dialog);
  dialog.showModal();
  emit('show', { layer: 'second' });
}

/** Move what covers the focus out of its way (WCAG 2.4.11). @param {FocusEvent} event */
export function dodge({ target }) {
  if (!(target instanceof Element) || target == host) return;
  const { top, bottom, left, right } = target.getBoundingClientRect();
  for (const panel of [first.firstElementChild, pill.node]) {
    const own = panel?.getBoundingClientRect();
    if (own && own.top < bottom && own.bottom > top && own.left < right && own.right > left)
      panel?.classList.toggle('away');
  }
}
