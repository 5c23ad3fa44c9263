import { acts } from './choices.js';
import { box, button, part } from './dom.js';
import { data } from './data.js';
import { granted, newId } from './memory.js';
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

/** Look at every marked element, in the order of the document. */
export function gate() {
  for (const node of document.querySelectorAll('[data-consent]')) {
    const { dataset } = /** @type {HTMLElement} */ (node);
    const keys = dataset.consent?.match(/[^\s,]+/g) ?? [''];
    const categories = keys.flatMap((key) => find(key) ?? []);
    const known = categories.length == keys.length;
    const open = once.has(node) || (known && categories.every(granted));
    if (node instanceof HTMLScriptElement) {
      // Before the page is parsed, a script's text may be half there.
      if (open && document.readyState != 'loading') revive(node);
    } else if (open != inside.has(node)) {
      move(/** @type {HTMLElement} */ (node), open);
    }
    if (node instanceof HTMLIFrameElement && known && !open && !places.has(node))
      hold(node, categories);
  }
}

/** @type {Promise<unknown>} */
let turn = Promise.resolve();

/** The page's own text, for pages that require Trusted Types. @type {any} */
let policy;

/** @param {string} text */
const pass = (text) => text;

/**
 * Run a script once. A copy is needed, since browsers skip a script that they have seen; scripts
 * wait for those before them unless they are `async`.
 * @param {HTMLScriptElement} old
 */
function revive(old) {
  delete old.dataset.consent;
  ran = true;
  policy ??= /** @type {any} */ (window).trustedTypes?.createPolicy('klartekst', {
    createScript: pass,
    createScriptURL: pass,
  });
  turn = turn.then(
    () =>
      new Promise((done) => {
        const script = document.createElement('script');
        for (const { name, value } of old.attributes)
          if (!/^(type|src)$/.test(name)) script.setAttribute(name, value);
        script.type = old.dataset.type ?? '';
        script.nonce = old.nonce; // the attribute is empty in the document
        script.async = old.hasAttribute('async');
        script.onload = script.onerror = done;
        if (old.src) script.src = policy?.createScriptURL(old.src) ?? old.src;
        else script.text = policy?.createScript(old.text) ?? old.text;
        old.replaceWith(script);
        if (!old.src || script.async) done(0);
      }),
  );
}

/** Let an element load, or unload it. @param {HTMLElement} node @param {boolean} open */
function move(node, open) {
  for (const name of ['src', 'href']) {
    const value = node.dataset[name];
    if (value && open) node.setAttribute(name, value);
    else if (value) node.removeAttribute(name);
  }
  places.get(node)?.remove();
  places.delete(node);
  node.style.display = '';
  inside[open ? 'add' : 'delete'](node);
}

/** Say in a frame's place what would load, from whom. @param {HTMLIFrameElement} frame @param {import('./types.d.ts').Category[]} categories */
function hold(frame, categories) {
  const names = list(categories.map(({ name }) => name));
  const { host } = new URL(frame.dataset.src ?? '', location.href);
  const answers = same(categories, true);
  const title = frame.title || host;
  const place = part(
    title,
    say('frame', `${host} (${names})`),
    acts(
      button('once', () => {
        once.add(frame);
        record(answers, [], 'frame.once', newId());
        gate();
        frame.focus();
      }),
      button('always', () => {
        decide(answers, 'frame.always');
        frame.focus();
      }),
    ),
  );
  place.style.minHeight = `${frame.offsetHeight}px`;
  const holder = box(place);
  places.set(frame, holder);
  frame.style.display = 'none';
  frame.before(holder);
}
