import type { Visitor } from './api';

/** Who the host page says is logged in. The hash is what makes the server believe it. */
export interface Identity {
  identifier?: string;
  hash?: string;
  name?: string;
  email?: string;
  phone?: string;
}

/* The contract's limits. A longer value would make the server refuse the whole entrance. */
const LIMITS = { identifier: 200, hash: 128, name: 120, email: 254, phone: 30 } as const;

/** The host page's object, reduced to what we know and can send; null when nothing is left. */
export function readIdentity(given: unknown): Identity | null {
  if (typeof given !== 'object' || given === null) return null;
  const identity: Identity = {};
  for (const [name, limit] of Object.entries(LIMITS) as [keyof Identity, number][]) {
    const raw: unknown = (given as Record<string, unknown>)[name];
    const value = typeof raw === 'number' ? String(raw) : raw;
    if (typeof value !== 'string' || value.trim() === '') continue;
    identity[name] = value.trim().slice(0, limit);
  }
  return Object.keys(identity).length > 0 ? identity : null;
}

/** The person a token belongs to; '' is a stranger. Name and e-mail alone identify nobody. */
export const personOf = (identity: Identity | null): string => identity?.identifier ?? '';

export const isSigned = (identity: Identity | null): boolean =>
  identity?.identifier !== undefined && identity.hash !== undefined;

/** An identifier without its hash proves nothing: the rest is sent as what a stranger tells. */
export function visitorOf(identity: Identity | null): Visitor {
  const { identifier, hash, ...told } = identity ?? {};
  if (identifier === undefined || hash === undefined) return told;
  return { identifier, hash, ...told };
}
