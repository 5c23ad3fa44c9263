import { box, button, fill, make } from './dom.js';
import { data } from './data.js';
import { allowed, newId } from './memory.js';
import { record } from './record.js';
import { decide, same } from './state.js';
import { list, say } from './words.js';

// <script type="text/plain" data-consent="analytics"> and <iframe data-consent="…" data-src="…">:
// what a page marks so waits here until every category named is allowed.

/** Elements that have been let in, and frames that were let in once. @type {WeakSet<Element>} */
const inside = new WeakSet();
/** @type {WeakSet<Element>} */
const once = new WeakSet();
/** What stands in a frame's place meanwhile. @type {WeakMap<Element, HTMLElement>} */
const places = new WeakMap();

/** Whether a gated script has run on this page: such a one can only be stopped by loading anew. */
export let ran = false;

/** @type {Set<string>} */
const warned = new Set();

/** The category of this key; for an unknown one a warning, once. @param {string} key */
export function find(key) {
  const found = data.categories.find((category) => category.key == key);
  if (!found && !warned.has(key)) console.warn(`No category “${key}”`);
  warned.add(key);
  return found;
}

/** Whether the parser has passed a node, so that its text is whole. @param {Node | null} node @returns {boolean} */
const closed = (node) => !!node && (!!node.nextSibling || closed(node.parentNode));

/** Look at every marked element, in the order of the document. */
export function gate() {
  for (const node of document.querySelectorAll('[data-consent]')) {
    const { dataset } = /** @type {HTMLElement} */ (node);
    const keys = dataset.consent?.match(/[^\s,]+/g) ?? [''];
    const known = keys.flatMap((key) => find(key) ?? []);
    const open = once.has(node) || keys.every(allowed);
    if (node instanceof HTMLScriptElement) {
      if (document.readyState == 'loading' && !closed(node)) break;
      if (open) revive(node);
    } else if (open != inside.has(node)) {
      move(/** @type {HTMLElement} */ (node), open);
    }
    if (node instanceof HTMLIFrameElement && !open && known.length == keys.length && !places.has(node))
      hold(node, known);
  }
}

/** @type {Promise<unknown>} */
let turn = Promise.resolve();

/**
 * Run a script once. A copy is needed, since browsers skip a script that they have seen; scripts
 * wait for those before them unless they are `async`.
 * @param {HTMLScriptElement} old
 */
function revive(old) {
  delete old.dataset.consent;
  ran = true;
  turn = turn.then(
    () =>
      new Promise((resolve) => {
        const script = document.createElement('script');
        for (const { name, value } of old.attributes)
          if (name != 'type' && name != 'src') script.setAttribute(name, value);
        script.type = old.dataset.type ?? '';
        script.nonce = old.nonce; // the attribute is empty in the document
        script.async = old.hasAttribute('async');
        script.onload = script.onerror = resolve;
        if (old.src) script.src = trusted('createScriptURL', old.src);
        else script.text = trusted('createScript', old.text);
        old.replaceWith(script);
        if (!old.src || script.async) resolve(0);
      }),
  );
}

/** @type {any} */
let policy;

/** The page's own text, for pages that require Trusted Types. @param {string} maker @param {string} text @returns {string} */
function trusted(maker, text) {
  const { trustedTypes } = /** @type {any} */ (window);
  if (!trustedTypes) return text;
  /** @param {string} same */
  const pass = (same) => same;
  policy ??= trustedTypes.createPolicy('klartekst', { createScript: pass, createScriptURL: pass });
  return policy[maker](text);
}

/** Let an element load, or unload it. @param {HTMLElement} node @param {boolean} open */
function move(node, open) {
  for (const name of ['src', 'srcset', 'href']) {
    const value = node.dataset[name];
    if (value && open && !/^\s*javascript:/i.test(value)) node.setAttribute(name, value);
    else if (value) node.removeAttribute(name);
  }
  places.get(node)?.remove();
  places.delete(node);
  node.style.display = '';
  if (open) inside.add(node);
  else inside.delete(node);
}

/** Say in a frame's place what would load, from whom. @param {HTMLIFrameElement} frame @param {import('./types.d.ts').Category[]} categories */
function hold(frame, categories) {
  const holder = box();
  const names = list(categories.map(({ name }) => name));
  const { host } = new URL(frame.dataset.src ?? '', location.href);
  const answers = same(categories.filter(({ exempt }) => !exempt), true);
  /** @param {() => void} let_in */
  const enter = (let_in) => () => {
    let_in();
    frame.focus();
  };
  const show = enter(() => {
    once.add(frame);
    record(answers, [], 'frame.once', newId());
    gate();
  });
  const always = enter(() => decide(answers, 'frame.always'));
  fill(
    holder,
    make(
      'section',
      { className: 'place', ariaLabel: frame.title || host },
      make('p', {}, make('b', {}, frame.title || host)),
      make('p', {}, say('frame', host).replace('[]', () => names)),
      make('div', { className: 'acts' }, button('once', show), button('always', always, names)),
    ),
  );
  holder.style.cssText = `display:block;min-height:${frame.offsetHeight}px`;
  places.set(frame, holder);
  frame.style.display = 'none';
  frame.before(holder);
}
