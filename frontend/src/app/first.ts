/*
 * Imported before anything else. The content security policy allows no eval and no style without
 * the nonce of this very answer.
 */
import * as z from 'zod/mini';

declare global {
  var __webpack_nonce__: string | undefined;
}

/* Browsers hide the attribute from scripts; the property is the way to read it. */
const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');

/** The name under which react-remove-scroll (any dialog) looks for the nonce. */
globalThis.__webpack_nonce__ = meta?.nonce;

z.config({ jitless: true });

export const styleNonce = () => meta?.nonce ?? '';
