import { data } from './data.js';
import { erase } from './erase.js';
import { answer, due, granted, memory, newest, newId, read, write } from './memory.js';
import { emit, record } from './record.js';
import { gpc, tell } from './signals.js';
import { language } from './words.js';

/** What is done whenever the choice may have changed: gates first, then what is seen. @type {((withdrawn: string[], decided: boolean) => void)[]} */
export const followers = [];

/** What was allowed when we last looked; time alone can end a consent. @type {string[]} */
let known = [];

/** The keys of all that may be used. */
const keys = () => data.categories.filter(granted).map(({ key }) => key);

/** The categories that the visitor is to be asked about now. */
export const asked = () => data.categories.filter(due);

/** @returns {import('./api.d.ts').Choice} */
export const choice = () => ({
  id: memory.id,
  time: newest() ? new Date(newest() * 1000).toISOString() : null,
  language: memory.language || language(),
  complete: !asked().length,
  categories: Object.fromEntries(data.categories.map((each) => [each.key, granted(each)])),
  gpc: gpc(),
});

/** Bring page and storage to what is allowed now, and tell of the difference. @param {boolean} decided by the visitor, here */
function follow(decided) {
  const before = known;
  known = keys();
  const withdrawn = before.filter((key) => !known.includes(key));
  const come = known.filter((key) => !before.includes(key));
  for (const category of data.categories) if (withdrawn.includes(category.key)) erase(category);
  if (withdrawn.length || come.length) {
    tell('update');
    emit('change', { choice: choice(), granted: come, withdrawn });
  }
  followers.forEach((act) => act(withdrawn, decided));
}

/**
 * Take the visitor's answers: remember, record, act.
 * @param {Record<string, boolean>} answers by category; others stay as they are
 * @param {string} method
 */
export function decide(answers, method) {
  const before = known;
  memory.id ||= newId();
  memory.language = language();
  for (const { key, facts } of data.categories)
    if (key in answers) memory.answers[key] = answer(answers[key], facts);
  write();
  record(answers, before, method, memory.id);
  follow(true);
}

/** The same answer to every category of a list. @param {import('./types.d.ts').Category[]} categories @param {boolean} yes */
export const same = (categories, yes) =>
  Object.fromEntries(categories.map(({ key }) => [key, yes]));

/** All that consent is asked for. */
export const optional = data.categories.filter(({ exempt }) => !exempt);

/** The same answer to all that consent is asked for. @param {boolean} yes @param {string} method */
export const decideAll = (yes, method) => decide(same(optional, yes), method);

/** Look again: another tab, the back/forward cache or time may have changed the choice. */
export function sync() {
  read();
  follow(false);
}

/** Before any tag runs: nothing is granted, then what is stored. */
export function start() {
  tell('default');
  read();
  known = keys();
  if (optional.some(granted)) tell('update');
  emit('ready', choice());
  followers.forEach((act) => act([], false));
}
