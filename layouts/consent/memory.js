import { all, put, remove } from './cookies.js';
import { data } from './data.js';

// The cookie: version.id.language, and for each category .key~answer~time~facts
const FORM = /^1\.([\da-z]{8,40})\.([\w-]{2,20})((?:\.\w{1,60}~[01]~[\da-z]{1,7}~(?:[\w-]{5})*)+)$/;
const DAY = 86400;

/** What the visitor has answered. @type {import('./types.d.ts').Memory} */
export let memory = { id: '', language: '', answers: {} };

let written = '';

export const now = () => Math.floor(Date.now() / 1000);

/** @returns {string} */
export const newId = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join('');

/** @param {string} value @returns {import('./types.d.ts').Memory | null} null for what we did not write */
function parse(value) {
  const found = FORM.exec(value);
  if (!found) return null;
  /** @type {Record<string, import('./types.d.ts').Answer>} */
  const answers = {};
  for (const part of found[3].slice(1).split('.')) {
    const [key, yes, time, facts] = part.split('~');
    answers[key] = { yes: yes == '1', time: parseInt(time, 36), facts };
  }
  return { id: found[1], language: found[2], answers };
}

/** When the newest answer was given, in seconds since 1970; 0 for none. @param {import('./types.d.ts').Memory} found */
export const newest = (found) =>
  Math.max(0, ...Object.values(found.answers).map((answer) => answer.time));

/** Read the cookie; whether it differs from what is known. Of two, the newer counts. */
export function read() {
  const values = all().flatMap(([name, value]) => (name == data.name ? [value] : []));
  if (values.join() == written) return false;
  written = values.join();
  const found = values.flatMap((value) => parse(value) ?? []);
  found.sort((one, other) => newest(other) - newest(one));
  memory = found[0] ?? { id: '', language: '', answers: {} };
  return true;
}

/** Write what is known, and remove a twin that another domain level may hold. */
export function write() {
  const answers = Object.entries(memory.answers).map(
    ([key, { yes, time, facts }]) => `.${key}~${+yes}~${time.toString(36)}~${facts}`,
  );
  const value = `1.${memory.id}.${memory.language}${answers.join('')}`;
  const shared = data.domain && `.${location.hostname}`.endsWith(`.${data.domain}`);
  const domain = shared ? `;Domain=${data.domain}` : '';
  put(`${data.name}=${value};Path=/;Max-Age=${data.days * DAY};SameSite=Lax${domain}`);
  remove(data.name, domain);
  written = value;
}

/**
 * The facts of a category that the visitor's answer did not cover, by index: a lifetime that has
 * grown is one, a cookie that is gone is none.
 * @param {import('./types.d.ts').Category} category
 */
export function added({ key, facts }) {
  const covered = memory.answers[key]?.facts.match(/.{5}/g) ?? [];
  const current = facts.match(/.{5}/g) ?? [];
  return current.flatMap((fact, i) =>
    covered.some((old) => old.slice(0, 3) == fact.slice(0, 3) && old >= fact) ? [] : [i],
  );
}

/** Whether the visitor is to be asked. @param {import('./types.d.ts').Category} category */
export function due(category) {
  const answer = memory.answers[category.key];
  const age = now() - answer?.time;
  return !category.exempt && !(age > -DAY && age < data.days * DAY && !added(category).length);
}

/** @param {import('./types.d.ts').Category} category */
export const granted = (category) =>
  !!category.exempt || (!due(category) && memory.answers[category.key].yes);

/** Whether a category may be used; an unknown one may not. @param {string} key */
export const allowed = (key) =>
  data.categories.some((category) => category.key == key && granted(category));

/** The keys of all that may be used. */
export const allAllowed = () => data.categories.filter(granted).map(({ key }) => key);
