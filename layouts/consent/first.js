import { data } from './data.js';
import { button, make } from './dom.js';
import { added, memory } from './memory.js';
import { gpc } from './signals.js';
import { asked, decide, same } from './state.js';
import { address, list, pick, say } from './words.js';

/**
 * The first layer: who asks, for what, how it is taken back, and three buttons of one kind.
 * @param {() => void} choose opens the second layer @param {() => void} leave is called when an answer is given
 */
export function firstLayer(choose, leave) {
  const categories = asked();
  const providers = list(categories.flatMap((category) => category.providers));
  // What was never asked about is not news.
  const fresh = list(
    categories
      .filter(({ key }) => memory.answers[key])
      .flatMap((category) => added(category).flatMap((i) => category.cookies[i]?.slice(0, 1) ?? [])),
  );
  /** @param {boolean} yes @param {string} key */
  const answer = (yes, key) =>
    button(key, () => {
      decide(same(asked(), yes), `first.${key}`);
      leave();
    });
  return make(
    'section',
    { className: `panel ${data.position}`, ariaLabel: say('title') },
    make('h2', {}, say('title')),
    say('ask', data.controller),
    make(
      'ul',
      {},
      ...categories.map(({ name, purpose }) =>
        make('li', {}, make('b', {}, pick(name)), `: ${pick(purpose)}`),
      ),
    ),
    fresh && `${say('fresh', fresh)} `,
    providers && `${say('providers', providers)} `,
    gpc() ? `${say('gpc')} ` : '',
    say('revoke'),
    make('div', { className: 'acts' }, answer(true, 'accept'), answer(false, 'reject'), button('choose', choose)),
    ...data.links.map(([path, label]) => make('a', { href: address(path) }, pick(label))),
  );
}
