import { data } from './data.js';
import { memory } from './memory.js';
import { gpc } from './signals.js';
import { language } from './words.js';

/**
 * Dispatch `consent:<name>` on the document.
 * @param {string} name @param {unknown} detail
 */
export const emit = (name, detail) =>
  document.dispatchEvent(new CustomEvent(`consent:${name}`, { detail }));

/** @param {string} text @param {number} wait seconds until the next try */
function send(text, wait = 1) {
  let sent = false;
  try {
    sent = navigator.sendBeacon(data.endpoint, text);
  } catch {
    // An address that cannot be used must not cost the visitor the choice.
  }
  if (!sent && wait < 100) setTimeout(send, wait * 1000, text, wait * 4);
}

/**
 * Tell page and endpoint of a decision (GDPR article 7(1)).
 * @param {Record<string, boolean>} answers by category @param {string[]} before what was allowed
 * @param {string} method @param {string} id
 */
export function record(answers, before, method, id) {
  const detail = /** @type {import('./api.d.ts').ConsentRecord} */ ({
    schema_version: '1',
    record_id: id,
    event_time: new Date().toISOString(),
    event_method: method,
    validity_duration: `P${data.days}D`,
    language: language(),
    pii_controller: data.controller,
    text_hash: data.hash,
    notice_version: data.notice,
    gpc: gpc(),
    purposes: Object.entries(answers).map(([purpose, yes]) => ({
      purpose,
      event_state: `Consent${yes ? 'Given' : before.includes(purpose) ? 'Withdrawn' : 'Refused'}`,
      covers: memory.answers[purpose]?.[2] ?? '',
    })),
  });
  emit('record', detail);
  if (data.endpoint) send(JSON.stringify(detail));
}
