/**
 * “Since you agreed”: the notice and the cookie page hold the versions since against the visitor's
 * own choice, here in the browser, and show what changed after it. Nothing is stored or sent.
 */

const told = document.querySelector("script.since");

/**
 * An element with text or other elements in it.
 *
 * @param {string} tag
 * @param {...(string | Node)} children
 */
function element(tag, ...children) {
  const made = document.createElement(tag);
  made.append(...children);
  return made;
}

/**
 * What stands on the page for a choice, or null where nothing changed after it.
 *
 * @param {Date} chosen
 * @returns {HTMLElement | null}
 */
function changesSince(chosen) {
  const { locale, words, versions } = JSON.parse(told.textContent);
  // A version is in force from the beginning of its day.
  const later = versions.filter(({ date }) => new Date(`${date}T00:00`) > chosen);
  if (!later.length) return null;
  const day = chosen.toLocaleDateString(locale, { dateStyle: "long" });
  const items = later.map(({ shown, summary, redline }) => {
    const link = Object.assign(element("a", words.redline), { href: redline });
    return element("li", `${shown}: ${summary} `, link);
  });
  const open = Object.assign(element("button", words.open), { type: "button" });
  open.dataset.consentOpen = "";
  const title = element("p", words.title.replace("{date}", day));
  const note = element("div", title, element("ul", ...items), element("p", open));
  note.className = "announced since";
  return note;
}

/**
 * Shows what changed since the choice, in place of what stood there before.
 *
 * @param {{ time: string | null } | undefined} choice as the consent script gives it
 */
function showSince(choice) {
  if (told.nextElementSibling?.matches(".since")) told.nextElementSibling.remove();
  const note = choice?.time && changesSince(new Date(choice.time));
  if (note) told.after(note);
}

if (told) {
  document.addEventListener("consent:ready", ({ detail }) => showSince(detail));
  document.addEventListener("consent:record", () => showSince(window.klartekst?.get()));
  showSince(window.klartekst?.get());
}
