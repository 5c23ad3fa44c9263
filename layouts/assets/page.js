/**
 * What a page gains where scripts run: the contents mark the section that is being read, the
 * language switch keeps it, and a section's link can be copied. Without scripts all of it is links.
 */

const contents = document.querySelector(".toc-wide");
const links = document.querySelectorAll(".toc-wide a");
const languages = document.querySelectorAll("a[data-language]");
const status = document.querySelector(".status");
const sections = [...document.querySelectorAll("article > section[id]")];

/** How far the page had been scrolled when the address last named a place in it. */
let arrivedAt = scrollY;

/**
 * The line at which a reader's eyes rest, in pixels from the top of the window. At the end of a
 * page it sinks to the bottom, so that short sections there have their turn.
 *
 * @returns {number}
 */
function readingLine() {
  const left = document.documentElement.scrollHeight - innerHeight - scrollY;
  return innerHeight * Math.max(0.3, 1 - left / (innerHeight * 0.7));
}

/**
 * The id of the place that is being read: what the address asked for until the reader scrolls on,
 * then the section on the reading line.
 *
 * @returns {string} empty above the first section
 */
function currentPlace() {
  const asked = decodeURIComponent(location.hash.slice(1));
  if (asked && scrollY === arrivedAt && document.getElementById(asked)) return asked;
  const line = readingLine();
  return sections.findLast((section) => section.getBoundingClientRect().top <= line)?.id ?? "";
}

/** Marks the current section in the contents and has the language switch lead to it. */
function follow() {
  const place = currentPlace();
  for (const link of languages) link.hash = place;
  const section = document.getElementById(place)?.closest("section[id]");
  mark([...links].find((link) => section && link.hash === `#${section.id}`));
}

/**
 * Marks one link of the contents, and no other, and keeps it in sight.
 *
 * @param {HTMLAnchorElement | undefined} current
 */
function mark(current) {
  if (current?.ariaCurrent) return;
  for (const link of links) link.removeAttribute("aria-current");
  if (!current) return;
  current.setAttribute("aria-current", "true");
  contents.scrollTop = current.offsetTop - contents.clientHeight / 2;
}

/** Notes where the browser has gone for the address. */
function arrive() {
  arrivedAt = scrollY;
  follow();
}

/**
 * Copies the full address of a section and says so.
 *
 * @param {MouseEvent} event a click on the section's link; the browser follows it as well
 */
async function copyLink(event) {
  const link = event.target.closest("a.anchor");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  try {
    await navigator.clipboard.writeText(link.href);
  } catch {
    return; // not allowed here; the address bar shows the link all the same
  }
  say(status.dataset.copied);
}

/**
 * Shows a line in the status region for a few seconds; screen readers speak it.
 *
 * @param {string} text
 */
function say(text) {
  status.textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => status.replaceChildren(), 4000);
}

document.addEventListener("click", copyLink);
addEventListener("load", arrive);
addEventListener("hashchange", arrive);
addEventListener("scroll", follow, { passive: true });
addEventListener("resize", follow, { passive: true });
