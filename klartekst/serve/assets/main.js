/**
 * What the preview adds to a page: it follows what is saved, shows what is wrong, and what an editor
 * wants to know of the page. livereload's own script, which comes after this one, hears of a change
 * and hands it to the plugin below.
 */

import { showBar } from './bar.js';
import { follow, markChanges, remember } from './changes.js';
import { showOverlay } from './overlay.js';

const script = document.querySelector('script[data-text]');
const path = location.pathname;
const isWorking = !new URLSearchParams(location.search).has('text');

/** What this window shows: the fingerprint of its text, its style sheet, the build it last saw. */
const shown = { text: script.dataset.text, style: script.dataset.style, number: 0 };

/** @param {string} what @returns {Promise<any>} what the preview says of this page */
async function ask(what) {
  const answer = await fetch(`/_preview/${what}?path=${encodeURIComponent(path)}`);
  return answer.json();
}

/** Brings the window up to date. */
async function update() {
  let status;
  try {
    status = await ask('state');
  } catch {
    return; // the preview has ended; livereload tries again
  }
  const fresh = status.number !== shown.number;
  shown.number = status.number;
  if (!status.problems.length && !status.fault && isWorking && status.text !== shown.text) {
    remember();
    location.reload();
    return;
  }
  showOverlay(status);
  if (status.style && status.style !== shown.style) changeStyle(status.style);
  if (fresh) showBar(status, () => ask('review'));
  if (fresh && status.follow.length && isWorking) follow(status.follow);
}

/**
 * Puts a new style sheet in the place of the old one once it has loaded, so that nothing flickers.
 *
 * @param {string} address
 */
function changeStyle(address) {
  const old = document.querySelector('link[rel=stylesheet]');
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = address;
  link.addEventListener('load', () => old.remove(), { once: true });
  old.after(link);
  shown.style = address;
}

/** One question at a time, and one more where something changed meanwhile. */
let asking = null;
let again = false;
function changed() {
  again = Boolean(asking);
  asking ??= update().finally(() => {
    asking = null;
    if (again) changed();
  });
}

/** livereload looks for plugins of such a name, and asks them before it reloads a page itself. */
window.LiveReloadPluginPreview = class {
  static identifier = 'preview';
  static version = '1';

  reload() {
    changed();
    return true;
  }
};

markChanges();
changed();
