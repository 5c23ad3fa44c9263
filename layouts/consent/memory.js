import { all, put, remove } from './cookies.js';
import { data } from './data.js';

/** The cookie: version.id.language, and for each category .key~answer~time~facts */
const FORM = /^1\.\d+\.[\w-]+(\.\w+~[01]~\w+~([\w-]{5})*)+$/;
const DAY = 86400;

/** @returns {import('./types.d.ts').Memory} */
const nothing = () => ({ id: '', language: '', answers: {} });

/** What the visitor has answered. */
export let memory = nothing();

/** What the browser keeps of it, which may be nothing. */
let written = '';

const now = () => Math.floor(Date.now() / 1000);

export const newId = () => crypto.getRandomValues(new Uint32Array(3)).join('');

/** What a cookie of ours says; nothing, if it is not of our form. @param {string} value */
function parse(value) {
  const found = nothing();
  if (FORM.test(value)) {
    const [, id, language, ...answers] = value.split('.');
    Object.assign(found, { id, language });
    for (const answer of answers) {
      const [key, ...rest] = answer.split('~');
      found.answers[key] = rest;
    }
  }
  return found;
}

/** When an answer was given, in seconds since 1970. @param {string[]} [answer] */
const time = (answer) => parseInt(answer?.[1] ?? '', 36);

/** When the newest answer was given; 0 for none. @param {import('./types.d.ts').Memory} found */
export const newest = (found = memory) => Math.max(0, ...Object.values(found.answers).map(time));

/** Every value of our cookie: a host and its parent domain may hold one each. */
const values = () => all().flatMap(([name, value]) => (name == data.name ? [value] : []));

/** Read the cookie, unless it is as we left it; of two, the newer counts. */
export function read() {
  const found = values();
  if (found.join() == written) return;
  written = found.join();
  memory = found.map(parse).sort((one, other) => newest(other) - newest(one))[0] ?? nothing();
}

/** @param {boolean} yes @param {string} facts @returns {string[]} */
export const answer = (yes, facts) => [yes ? '1' : '0', now().toString(36), facts];

/** Write what is known, and remove a twin that another domain may hold. */
export function write() {
  const answers = Object.entries(memory.answers).map(([key, rest]) => [key, ...rest].join('~'));
  const value = [1, memory.id, memory.language, ...answers].join('.');
  const shared = data.domain && `.${location.hostname}`.endsWith(`.${data.domain}`);
  const domain = shared ? `;Domain=${data.domain}` : '';
  put(`${data.name}=${value};Path=/;Max-Age=${data.days * DAY};SameSite=Lax${domain}`);
  remove(data.name, domain);
  written = values().join();
}

/** @param {string} [facts] */
const each = (facts) => facts?.match(/.{5}/g) ?? [];

/**
 * The facts of a category that the visitor's answer did not cover, by index: a lifetime that has
 * grown is one, a cookie that is gone is none.
 * @param {import('./types.d.ts').Category} category
 */
export function added({ key, facts }) {
  const covered = each(memory.answers[key]?.[2]);
  return each(facts).flatMap((fact, i) =>
    covered.some((old) => old.slice(0, 3) == fact.slice(0, 3) && old >= fact) ? [] : [i],
  );
}

/** Whether the visitor is to be asked. @param {import('./types.d.ts').Category} category */
export function due(category) {
  const age = now() - time(memory.answers[category.key]);
  return !category.exempt && !(age > -DAY && age < data.days * DAY && !added(category).length);
}

/** @param {import('./types.d.ts').Category} category */
export const granted = (category) =>
  !!category.exempt || (!due(category) && memory.answers[category.key][0] == '1');

/** Whether a category may be used; an unknown one may not. @param {string} key */
export const allowed = (key) =>
  data.categories.some((category) => category.key == key && granted(category));
