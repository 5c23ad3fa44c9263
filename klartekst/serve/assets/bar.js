/** The bar at the top of the preview: findings, changes since the last release, other views. */

import { corner, make, parse, source } from './dom.js';
import { words } from './words.js';

const OWN_COOKIE = 'cookie_consent_status';
const STALE = 'stale-translation';
const OPEN = 'klartekst-preview-open';

let bar = null;
let newest = null;

/**
 * Shows the bar, and fills in what takes longer.
 *
 * @param {any} status
 * @param {() => Promise<any>} review
 */
export async function showBar(status, review) {
  if (!status.page) return;
  const next = make('aside', { class: 'bar', 'aria-label': words.preview }, views(status.page), forget());
  newest = next;
  if (!bar) corner.append((bar = next));
  const found = await review();
  if (newest !== next) return; // something changed meanwhile, and is being asked about
  next.prepend(findings(found), changes(found), stale(found));
  if (bar !== next) bar.replaceWith(next);
  bar = next;
}

function views({ views }) {
  if (views.length < 2) return '';
  const here = location.pathname + location.search;
  const items = views.map(({ name, address, date }) =>
    make(
      'li',
      {},
      make(
        'a',
        { href: address, ...(address === here ? { 'aria-current': 'page' } : {}) },
        words.views[name],
        ...(date ? [make('span', { class: 'date' }, ` ${date}`)] : []),
      ),
    ),
  );
  return make('nav', { 'aria-label': words.textShown }, make('ul', {}, ...items));
}

function findings({ findings, elsewhere, crashes }) {
  const other = findings.filter(({ code }) => code !== STALE);
  const standing = other.filter(({ waived, severity }) => !waived && severity !== 'note');
  const more = elsewhere ? [make('p', { class: 'hint' }, words.elsewhere(elsewhere))] : [];
  const broken = crashes.map((code) => make('p', { class: 'error' }, words.failed(code)));
  const waived = other.filter(({ waived }) => waived).length;
  const label = words.findings(standing.length) + (waived ? words.waivedToo(waived) : '');
  const list = make('ol', { lang: 'en' }, ...other.map(item));
  return panel('findings', label, standing.length > 0, list, ...more, ...broken);
}

/** The sections of which another language has changed since the two were held together. */
function stale({ findings }) {
  const found = findings.filter(({ code }) => code === STALE);
  return panel('stale', words.stale(found.length), found.length > 0, make('ol', { lang: 'en' }, ...found.map(item)));
}

function item(finding) {
  const { file, line, column, message, code, waived, hint, detail, severity } = finding;
  const note = waived ? words.waived(waived) : hint;
  return make(
    'li',
    { class: waived ? 'waived' : severity },
    make(
      'a',
      { href: source(finding), target: '_blank', class: 'place', 'aria-label': `${file}:${line}:${column}` },
      `${line}:${column}`,
    ),
    ` ${message} `,
    make('code', {}, code),
    ...(note ? [make('p', { class: 'hint' }, note)] : []),
    ...(detail && !waived ? [make('pre', {}, detail)] : []),
  );
}

function changes({ sections, redline }) {
  const items = sections.map(({ id, label, changes }) => {
    const button = make('button', { type: 'button' }, label || words.top);
    button.addEventListener('click', () => showRedline(id, redline));
    return make('li', {}, button, ` ${changes.join(', ')}`);
  });
  return panel('changes', words.changes(sections.length), sections.length > 0, make('ol', {}, ...items));
}

/** A part of the bar that opens where there is something in it; it stays open over a reload. */
function panel(name, label, isNews, ...content) {
  if (!content.some((part) => part.textContent)) return make('span', { class: name }, label);
  const open = sessionStorage.getItem(OPEN) === name;
  const details = make(
    'details',
    { name: 'panel', class: `panel ${name}${isNews ? ' news' : ''}`, open },
    make('summary', {}, label),
    make('div', { class: 'content' }, ...content),
  );
  details.addEventListener('toggle', () => {
    if (details.open) sessionStorage.setItem(OPEN, name);
    else if (sessionStorage.getItem(OPEN) === name) sessionStorage.removeItem(OPEN);
  });
  return details;
}

/** Puts a section's redline in its place, or the text back; without an id, that of the page's start. */
function showRedline(id, redline) {
  const named = `section[id="${CSS.escape(id)}"]`;
  const section = document.querySelector(`article > ${id ? named : '.lead'}`);
  const shown = document.querySelector(`[data-preview-redline="${CSS.escape(id)}"]`);
  if (shown) {
    shown.remove();
    section?.removeAttribute('hidden');
    if (section) show(section);
    return;
  }
  const found = parse(redline).querySelector(id ? named : 'section:not([data-change])');
  if (!found) return;
  found.removeAttribute('id');
  found.dataset.previewRedline = id;
  if (section) {
    section.before(found);
    section.setAttribute('hidden', '');
  } else {
    document.querySelector('article').append(found);
  }
  show(found);
}

/** Scrolls to an element, below what the preview itself holds open. @param {HTMLElement} element */
function show(element) {
  const open = corner.querySelector('[open] > .content') ?? bar;
  scrollBy(0, element.getBoundingClientRect().top - open.getBoundingClientRect().bottom - 8);
}

function forget() {
  const button = make('button', { type: 'button', class: 'forget' }, words.forget);
  button.addEventListener('click', () => {
    for (const path of ['/', location.pathname]) {
      document.cookie = `${OWN_COOKIE}=; Path=${path}; Max-Age=0; SameSite=Lax`;
    }
    location.reload();
  });
  return button;
}
