import { useState } from 'react';

/**
 * The token of a mailed link, out of the fragment. The address is cleaned at once: it stays neither in
 * the history nor in what somebody copies.
 */
export function useToken(): string {
  const [token] = useState(() => {
    const found = window.location.hash.slice(1);
    if (found !== '')
      window.history.replaceState(window.history.state, '', window.location.pathname);
    return found;
  });
  return token;
}
