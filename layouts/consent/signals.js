import { data } from './data.js';
import { allowed } from './memory.js';

export const gpc = () =>
  data.gpc != 'ignore' && /** @type {any} */ (navigator).globalPrivacyControl === true;

/** @param {...any} _ what Google's tag reads as one `arguments` object */
function gtag(..._) {
  const page = /** @type {any} */ (window);
  (page.dataLayer ||= []).push(arguments);
}

let told = '';

/**
 * Tell Google (Consent Mode, all signals) and Meta what is allowed, if the site uses them. What
 * they know already is not told again.
 * @param {'default' | 'update'} command
 */
export function tell(command) {
  /** @param {string} key @param {string} yes @param {string} no */
  const word = (key, yes, no) => (allowed(key) ? yes : no);
  const state = Object.fromEntries(
    Object.entries(data.google ?? {}).map(([signal, key]) => [signal, word(key, 'granted', 'denied')]),
  );
  const meta = word(data.meta ?? '', 'grant', 'revoke');
  const text = JSON.stringify(state) + meta;
  if (text == told) return;
  told = text;
  if (data.google) gtag('consent', command, state);
  if (data.meta) /** @type {any} */ (window).fbq?.('consent', meta);
}
