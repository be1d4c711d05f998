/** Identifiers in the provider's shapes. All are random: nothing may be read out of them, and nothing should be. */
import { randomBytes, randomInt } from 'node:crypto';

/** Standard base64 on purpose: real ids carry `+`, `/` and `=`, and careless URL building should fail here first. */
export function messageId(): string {
  return `wamid.${randomBytes(34).toString('base64')}`;
}

/** Media, templates and other Graph nodes: fifteen digits. */
export function nodeId(): string {
  return String(100_000_000_000_000 + randomInt(200_000_000_000_000));
}

/** Business-scoped user id of somebody in Brazil. */
export function userId(): string {
  return `BR.${1_000_000 + randomInt(8_999_999)}${1_000_000 + randomInt(8_999_999)}`;
}

export function traceId(): string {
  return `A${randomBytes(16).toString('base64url')}`;
}

export function opaqueId(): string {
  return randomBytes(16).toString('hex');
}
