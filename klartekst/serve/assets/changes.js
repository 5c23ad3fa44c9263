/** What changed since this window last loaded: it is brought into view and marked for a while. */

const KEY = 'klartekst-preview';
const BLOCKS = 'h1, h2, h3, h4, h5, h6, p, li, dt, dd, td, th, caption, pre';
const SECONDS = 4;

/** @returns {[Element, string][]} every innermost block of the text, and its words */
function blocks() {
  return [...document.querySelectorAll('main :is(' + BLOCKS + ')')]
    .filter((block) => !block.querySelector(BLOCKS))
    .map((block) => [block, block.textContent.trim()]);
}

/** Notes what the page says now, before it is loaded again. */
export function remember() {
  const texts = blocks().map(([, text]) => text);
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, texts }));
  } catch {
    // without storage the page reloads all the same
  }
}

/** Marks what the page did not say before it was loaded again. */
export function markChanges() {
  let before;
  try {
    before = JSON.parse(sessionStorage.getItem(KEY));
    sessionStorage.removeItem(KEY);
  } catch {
    return;
  }
  if (before?.path !== location.pathname) return;
  const known = new Map();
  for (const text of before.texts) known.set(text, (known.get(text) ?? 0) + 1);
  mark(
    blocks()
      .filter(([, text]) => {
        const left = known.get(text) ?? 0;
        known.set(text, left - 1);
        return left <= 0;
      })
      .map(([block]) => block),
  );
}

/** Shows the sections that changed in another language. @param {string[]} ids */
export function follow(ids) {
  mark(ids.map((id) => document.getElementById(id)).filter(Boolean));
}

/** @param {Element[]} elements */
function mark(elements) {
  if (!elements.length) return;
  const inView = ({ top, bottom }) => top >= 0 && bottom <= innerHeight;
  if (!elements.some((element) => inView(element.getBoundingClientRect()))) {
    const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';
    elements[0].scrollIntoView({ block: 'center', behavior });
  }
  for (const element of elements) {
    element.dataset.previewChanged = '';
    setTimeout(() => delete element.dataset.previewChanged, SECONDS * 1000);
  }
}
