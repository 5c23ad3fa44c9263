/** The bar at the top of the preview: findings, changes since the last release, other views. */

import { corner, make, parse, source } from './dom.js';

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
  const next = make('aside', { class: 'bar', 'aria-label': 'Preview' }, views(status.page), forget());
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
        date ? `${name} ${date}` : name,
      ),
    ),
  );
  return make('nav', { 'aria-label': 'Text shown' }, make('ul', {}, ...items));
}

function findings({ findings, elsewhere, crashes }) {
  const other = findings.filter(({ code }) => code !== STALE);
  const standing = other.filter(({ waived, severity }) => !waived && severity !== 'note');
  const more = elsewhere ? [make('p', { class: 'hint' }, `${elsewhere} more elsewhere: run “check”`)] : [];
  const broken = crashes.map((code) => make('p', { class: 'error' }, `the rule ${code} failed`));
  const waived = other.filter(({ waived }) => waived).length;
  const label = `${counted(standing.length, 'finding')}${waived ? `, ${waived} waived` : ''}`;
  const list = make('ol', {}, ...other.map(item));
  return panel('findings', label, standing.length > 0, list, ...more, ...broken);
}

/** The sections of which another language has changed since the two were held together. */
function stale({ findings }) {
  const found = findings.filter(({ code }) => code === STALE);
  return panel('stale', `${found.length || 'nothing'} stale`, found.length > 0, make('ol', {}, ...found.map(item)));
}

function item(finding) {
  const { line, column, message, code, waived, hint, detail, severity } = finding;
  const note = waived ? `waived: ${waived}` : hint;
  return make(
    'li',
    { class: waived ? 'waived' : severity },
    make('a', { href: source(finding), target: '_blank', class: 'place' }, `${line}:${column}`),
    ` ${message} `,
    make('code', {}, code),
    ...(note ? [make('p', { class: 'hint' }, note)] : []),
    ...(detail && !waived ? [make('pre', {}, detail)] : []),
  );
}

function changes({ sections, redline }) {
  const items = sections.map(({ id, label, changes }) => {
    const button = make('button', { type: 'button' }, label);
    button.addEventListener('click', () => showRedline(id, redline));
    return make('li', {}, button, ` ${changes.join(', ')}`);
  });
  return panel('changes', counted(sections.length, 'change'), sections.length > 0, make('ol', {}, ...items));
}

/** @param {number} count @param {string} noun */
const counted = (count, noun) => `${count || 'no'} ${noun}${count === 1 ? '' : 's'}`;

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

/** Puts a section's redline in its place, or the text back. */
function showRedline(id, redline) {
  const section = document.querySelector(`article > section[id="${CSS.escape(id)}"]`);
  const shown = document.querySelector(`[data-preview-redline="${CSS.escape(id)}"]`);
  if (shown) {
    shown.remove();
    section?.removeAttribute('hidden');
    section?.scrollIntoView({ block: 'start' });
    return;
  }
  const found = parse(redline).querySelector(`section[id="${CSS.escape(id)}"]`);
  if (!found) return;
  found.removeAttribute('id');
  found.dataset.previewRedline = id;
  if (section) {
    section.before(found);
    section.setAttribute('hidden', '');
  } else {
    document.querySelector('article').append(found);
  }
  found.scrollIntoView({ block: 'start' });
}

function forget() {
  const button = make('button', { type: 'button', class: 'forget' }, 'Forget consent');
  button.addEventListener('click', () => {
    for (const path of ['/', location.pathname]) {
      document.cookie = `${OWN_COOKIE}=; Path=${path}; Max-Age=0; SameSite=Lax`;
    }
    location.reload();
  });
  return button;
}
