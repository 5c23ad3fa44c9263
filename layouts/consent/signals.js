import { data } from './data.js';
import { allowed } from './memory.js';

export const gpc = () =>
  data.gpc != 'ignore' && /** @type {any} */ (navigator).globalPrivacyControl === true;

/** @param {...any} _ what Google's tag reads as one `arguments` object */
function gtag(..._) {
  const page = /** @type {any} */ (window);
  (page.dataLayer ||= []).push(arguments);
}

/**
 * Tell Google (Consent Mode, all signals) and Meta what is allowed, if the site uses them.
 * @param {'default' | 'update'} command
 */
export function tell(command) {
  if (data.google) {
    const signals = Object.entries(data.google);
    gtag(
      'consent',
      command,
      Object.fromEntries(signals.map(([signal, key]) => [signal, allowed(key) ? 'granted' : 'denied'])),
    );
  }
  if (data.meta)
    /** @type {any} */ (window).fbq?.('consent', allowed(data.meta) ? 'grant' : 'revoke');
}
