import { type Identity, readIdentity } from './identity';

/** What the host page may ask for, through `window.balcao`. See README.md. */
export interface PageApi {
  identity?: unknown;
  identify(identity: unknown): void;
  open(): void;
  close(): void;
}

type Hands = Omit<PageApi, 'identity' | 'identify'> & { identify(identity: Identity | null): void };

declare global {
  interface Window {
    balcao?: Partial<PageApi>;
  }
}

/** What the page left for us before we came. */
export const declaredIdentity = (): Identity | null => readIdentity(window.balcao?.identity);

/** The only global we make. The page's own object is kept, so a reference to it stays good. */
export function offer(hands: Hands) {
  const api = window.balcao ?? {};
  api.identify = (identity) => hands.identify(readIdentity(identity));
  api.open = hands.open;
  api.close = hands.close;
  window.balcao = api;
}
