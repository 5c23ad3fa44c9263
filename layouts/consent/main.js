import { data } from './data.js';
import { put } from './cookies.js';
import { find, gate, ran } from './gate.js';
import { allowed } from './memory.js';
import { announce, dodge, mount, open, refresh } from './seen.js';
import { say } from './words.js';
import { choice, decide, followers, optional, same, start, sync } from './state.js';

/** Leave out, with a warning, what is no category or needs no answer. @param {Record<string, unknown>} answers */
const sensible = (answers) =>
  Object.fromEntries(
    Object.entries(answers).flatMap(([key, yes]) => {
      const category = find(key);
      return category && !category.exempt ? [[key, !!yes]] : [];
    }),
  );

/** @type {import('./api.d.ts').Klartekst} */
const api = {
  get: choice,
  allowed,
  open,
  accept: () => decide(same(optional, true), 'api.accept'),
  reject: () => decide(same(optional, false), 'api.reject'),
  set: (answers) => decide(sensible(answers), 'api.set'),
  withdraw: (...keys) =>
    decide(
      keys.length ? sensible(Object.fromEntries(keys.map((key) => [key, false]))) : same(optional, false),
      'api.withdraw',
    ),
  on(name, listener) {
    /** @param {Event} event */
    const hear = (event) => listener(/** @type {CustomEvent} */ (event).detail);
    document.addEventListener(`consent:${name}`, hear);
    if (name == 'ready' && window.klartekst) listener(/** @type {any} */ (choice()));
    return () => document.removeEventListener(`consent:${name}`, hear);
  },
};

/** A page's own links and buttons, and its language switch. @param {MouseEvent} event */
function click(event) {
  /** @param {string} name */
  const at = (name) =>
    event.target instanceof Element
      ? /** @type {HTMLElement | null} */ (event.target.closest(`[data-${name}]`))
      : null;
  const ways = { 'consent-open': open, 'consent-withdraw': () => api.withdraw() };
  for (const [name, act] of Object.entries(ways))
    if (at(name)) {
      event.preventDefault();
      act();
    }
  const code = at('language')?.dataset.language;
  if (data.language && code && /^[\w-]+$/.test(code) && allowed(data.language[0]))
    put(`lang_pref=${code};Path=/;Max-Age=${data.language[1] * 86400};SameSite=Lax`);
}

let soon = 0;

/** The page has changed: gate what it added; put back what it removed of ours, but never in a race. */
function look() {
  gate();
  soon ||= setTimeout(() => {
    soon = 0;
    mount();
  }, 250);
}

// A second script of the same page finds the first and does nothing.
if (!window.klartekst) {
  followers.push(
    gate,
    (withdrawn, decided) => {
      if (withdrawn.length && ran && data.reload) location.reload();
      else if (decided) announce(say('saved') + (withdrawn.length && ran ? ` ${say('runs')}` : ''));
    },
    refresh,
  );
  start();
  window.klartekst = api;
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  document.addEventListener('click', click);
  document.addEventListener('focusin', dodge);
  document.addEventListener('visibilitychange', sync);
  document.addEventListener('DOMContentLoaded', gate);
  window.addEventListener('pageshow', sync);
  /** @type {any} */ (window).cookieStore?.addEventListener('change', sync);
}
