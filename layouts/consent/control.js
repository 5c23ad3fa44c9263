import { data } from './data.js';
import { choices } from './choices.js';
import { box, button, make, part } from './dom.js';
import { granted, memory, newest } from './memory.js';
import { decideAll, optional } from './state.js';
import { language, pick, say } from './words.js';

/** What is chosen for a list of categories, in a word. @param {import('./types.d.ts').Category[]} categories */
function summary(categories) {
  const yes = categories.filter(granted).length;
  return say(yes == categories.length ? 'yes' : yes ? 'some' : newest() ? 'no' : 'none');
}

/** The permanent control: what is chosen, and the way back. @param {() => void} open */
export function control(open) {
  const way = button('title', open);
  const back = button('withdraw', () => decideAll(false, 'control.withdraw'));
  const node = make('section', { className: 'pill', ariaLabel: say('title') }, way);
  const update = () => {
    way.textContent = `${say('title')}: ${summary(optional)}`;
    if (optional.some(granted)) way.after(back);
    else back.remove();
  };
  return { node, way, update };
}

/** What brings the panels up to date that stand in the text. @type {(() => void)[]} */
export const panels = [];

/** Put the choice, its date and its id, with the controls, into each empty `[data-consent-here]`. @param {() => void} open */
export function inPlace(open) {
  for (const place of document.querySelectorAll('[data-consent-here]:empty')) {
    const facts = make('div');
    const update = () => {
      const date = new Date(newest() * 1000).toLocaleDateString(language(), { dateStyle: 'long' });
      facts.replaceChildren(
        make(
          'ul',
          {},
          ...data.categories.map((category) =>
            make('li', {}, `${pick(category.name)}: ${summary([category])}`),
          ),
        ),
        newest() ? say('chosen', `${date}, id ${memory.id}`) : '',
      );
    };
    update();
    panels.push(update);
    place.append(
      box(
        part(
          say('title'),
          facts,
          choices('page', () => optional, 'choose', open),
        ),
      ),
    );
  }
}
