/**
 * What the provider signs is the body as it travels: JSON where everything beyond ASCII is `\uXXXX` in lowercase hex
 * and `/` is `\/`. A receiver that hashes the raw bytes agrees; one that parses and writes the JSON again does not.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

import type { Json } from './json.ts';

export const SIGNATURE_HEADER = 'X-Hub-Signature-256';

/** Works on UTF-16 units, so a character outside the basic plane becomes a surrogate pair of escapes. */
export function escapeToAscii(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function encodeBody(payload: Json): string {
  return escapeToAscii(JSON.stringify(payload)).replaceAll('/', '\\/');
}

export function signBody(appSecret: string, body: string | Buffer): string {
  return `sha256=${hmacHex(appSecret, body)}`;
}

/** The proof that a site's visitor is who the site says: what the customer's own server would compute. */
export function identityHash(identityKey: string, identifier: string): string {
  return hmacHex(identityKey, identifier);
}

export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

function hmacHex(key: string, message: string | Buffer): string {
  return createHmac('sha256', key).update(message).digest('hex');
}
