import { data } from './data.js';
import { box, button, fill, make } from './dom.js';
import { granted, memory, newest } from './memory.js';
import { decide, optional, same } from './state.js';
import { language, pick, say } from './words.js';

/** Key of the words that sum a list of categories up. @param {import('./types.d.ts').Category[]} categories */
function summary(categories) {
  const yes = categories.filter(granted).length;
  if (yes < categories.length) return yes ? 'some' : newest(memory) ? 'no' : 'none';
  return 'yes';
}

/** @param {boolean} yes @param {string} method */
const answer = (yes, method) => () => decide(same(optional, yes), method);

/** The permanent control: what is chosen, and the way back. @param {() => void} open */
export function control(open) {
  const status = button('status', open);
  const back = button('withdraw', () => {
    answer(false, 'control.withdraw')();
    status.focus();
  });
  const node = make('section', { className: `pill ${data.control}`, ariaLabel: say('title') }, status, back);
  const update = () => {
    status.textContent = say('status', say(summary(optional)));
    back.hidden = !optional.some(granted);
  };
  return { node, status, update };
}

/** What brings the panels up to date that stand in the text. @type {(() => void)[]} */
export const panels = [];

/** Put the choice, its date and its id, with the controls, into each empty `[data-consent-here]`. @param {() => void} open */
export function inPlace(open) {
  for (const place of document.querySelectorAll('[data-consent-here]:empty')) {
    const host = box();
    const facts = make('div');
    const update = () => {
      const time = newest(memory);
      const date = new Date(time * 1000).toLocaleDateString(language(), { dateStyle: 'long' });
      facts.replaceChildren(
        make('b', {}, time ? say('chosen', date) : say('unchosen')),
        make(
          'ul',
          {},
          ...data.categories.map((category) =>
            make('li', {}, `${pick(category.name)}: ${say(summary([category]))}`),
          ),
        ),
        time ? say('id', memory.id) : '',
      );
    };
    fill(
      host,
      make(
        'section',
        { className: 'place', ariaLabel: say('title') },
        facts,
        make(
          'div',
          { className: 'acts' },
          button('accept', answer(true, 'page.accept')),
          button('reject', answer(false, 'page.reject')),
          button('choose', open),
        ),
      ),
    );
    update();
    panels.push(update);
    place.append(host);
  }
}
