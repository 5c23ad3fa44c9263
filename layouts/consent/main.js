import { data } from './data.js';
import { put } from './cookies.js';
import { find, gate, ran } from './gate.js';
import { allowed } from './memory.js';
import { announce, dodge, mount, open, refresh, warn } from './seen.js';
import { choice, decide, decideAll, followers, optional, start, sync } from './state.js';
import { say } from './words.js';

/** What is no category, or needs no answer, is left out. @param {Record<string, unknown>} answers @param {string} method */
function take(answers, method) {
  Object.keys(answers).forEach(find);
  const sensible = optional.filter(({ key }) => key in answers);
  decide(Object.fromEntries(sensible.map(({ key }) => [key, !!answers[key]])), method);
}

/** @type {import('./api.d.ts').Klartekst} */
const api = {
  get: choice,
  allowed,
  open,
  accept: () => decideAll(true, 'api.accept'),
  reject: () => decideAll(false, 'api.reject'),
  set: (answers) => take(answers, 'api.set'),
  withdraw: (...keys) =>
    keys.length
      ? take(Object.fromEntries(keys.map((key) => [key, false])), 'api.withdraw')
      : decideAll(false, 'api.withdraw'),
  on(name, listener) {
    /** @param {Event} event */
    const hear = (event) => listener(/** @type {CustomEvent} */ (event).detail);
    document.addEventListener(`consent:${name}`, hear);
    if (name == 'ready') listener(/** @type {any} */ (choice()));
    return () => document.removeEventListener(`consent:${name}`, hear);
  },
};

/** A page's own links and buttons, and its language switch. @param {MouseEvent} event */
function click(event) {
  const { target } = event;
  /** @param {string} name @returns {HTMLElement | null} */
  const at = (name) => (target instanceof Element ? target.closest(`[data-${name}]`) : null);
  const act = at('consent-open') ? open : at('consent-withdraw') && api.withdraw;
  if (act) {
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
  if (soon || !document.body) return;
  mount();
  soon = setTimeout(() => {
    soon = 0;
    mount();
  }, 250);
}

// A second script of the same page finds the first and does nothing.
if (!window.klartekst) {
  followers.push(
    gate,
    (withdrawn, decided) => {
      if (decided) announce(say('saved'));
      if (withdrawn.length && ran) data.reload ? location.reload() : warn();
    },
    refresh,
  );
  window.klartekst = api;
  start();
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  for (const [name, act] of Object.entries({
    click,
    focusin: dodge,
    visibilitychange: sync,
    DOMContentLoaded: look,
  }))
    document.addEventListener(name, /** @type {EventListener} */ (act));
  /** @type {any} */ (window).cookieStore?.addEventListener('change', sync);
}
