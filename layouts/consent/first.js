import { data } from './data.js';
import { choices } from './choices.js';
import { make, part } from './dom.js';
import { added, memory } from './memory.js';
import { gpc } from './signals.js';
import { asked } from './state.js';
import { address, list, pick, say } from './words.js';

/** The first layer: who asks, for what, how it is taken back, and three buttons. @param {() => void} choose opens the second */
export function firstLayer(choose) {
  const categories = asked();
  const providers = list(categories.flatMap((category) => category.providers));
  // What was never asked about is not news.
  const fresh = list(
    categories
      .filter(({ key }) => memory.answers[key])
      .flatMap((category) => added(category).flatMap((i) => category.cookies[i]?.slice(0, 1) ?? [])),
  );
  const layer = part(
    say('title'),
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
    choices('first', asked, 'choose', choose),
    ...data.links.map(([path, label]) => make('a', { href: address(path) }, pick(label))),
  );
  // Only this one is a landmark: the others stand in the page's own text.
  return Object.assign(layer, { className: 'panel', ariaLabel: say('title') });
}
