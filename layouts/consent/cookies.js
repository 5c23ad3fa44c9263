// Cookies as the browser gives them: one text to read, one assignment for each change.

export const secure = location.protocol == 'https:' ? ';Secure' : '';

/** What may stand in `Domain=` here: nothing, and this host and its parents where they have names. */
const domains = () => {
  const parts = location.hostname.split('.');
  const names = parts.map((_, i) => `;Domain=${parts.slice(i).join('.')}`);
  return ['', ...names.filter((name) => /\.\D+$/.test(name))];
};

/** Every path that a cookie seen on this page can have. */
const paths = () =>
  location.pathname.split('/').flatMap((_, i, parts) => {
    const path = parts.slice(0, i + 1).join('/');
    return [`${path}/`, path || '/'];
  });

/** The cookies of this page as [name, value]; none where the browser refuses to tell. */
export function all() {
  try {
    return document.cookie.split('; ').map((cookie) => {
      const [name, ...value] = cookie.split('=');
      return [name, value.join('=')];
    });
  } catch {
    return []; // a sandboxed frame
  }
}

/** @param {string} cookie as `document.cookie` takes it */
export function put(cookie) {
  try {
    document.cookie = cookie + secure;
  } catch {
    // As above: the choice then holds for this page.
  }
}

/**
 * Delete a cookie wherever it can lie. Nothing is ever set to find out where that is.
 * @param {string} name
 * @param {string} [except] a `;Domain=…` to leave alone
 */
export function remove(name, except) {
  for (const domain of domains())
    if (domain != except)
      for (const path of paths()) put(`${name}=;Max-Age=0;Path=${path}${domain}`);
}
