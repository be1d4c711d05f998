import type { Visitor } from './api';
import type { Client } from './client';
import { type Identity, isSigned, personOf, visitorOf } from './identity';
import { Refusal, UNREACHABLE, asRefusal } from './refusal';
import type { Shelf } from './storage';

const PASS = 'pass';

interface StoredPass {
  person: string;
  token: string;
}

function isPass(value: unknown): value is StoredPass {
  if (typeof value !== 'object' || value === null) return false;
  const { person, token } = value as Record<string, unknown>;
  return typeof person === 'string' && typeof token === 'string' && token !== '';
}

/**
 * Who the visitor is to the server: the token, and the person it belongs to.
 *
 * A page that says nothing about identity does not see a logged-in person's token, but it stays
 * kept: many pages learn who is logged in only after an own request. Another person, or `null`
 * said aloud, drops it.
 */
export interface Session {
  identity(): Identity | null;
  token(): string | null;
  /** True when this is another person than before. */
  identify(identity: Identity | null): boolean;
  /** The present token, or a new one. Asked twice at the same time, enters once. */
  enter(): Promise<string>;
  /** This token is worth nothing any more. Ignored if we already have another. */
  forget(token: string): void;
  /** Runs with a token; when the server does not know it, once more with a fresh one. */
  withToken<T>(act: (token: string) => Promise<T>): Promise<T>;
}

interface Needs {
  client: Pick<Client, 'enter'>;
  shelf: Shelf;
  /** What the pre-chat form told, if it was asked. */
  details: () => Visitor;
  page: () => string;
  identity: Identity | null;
  onToken: (token: string | null) => void;
}

export function createSession({ client, shelf, details, page, onToken, ...first }: Needs): Session {
  let identity = first.identity;
  let entering: { person: string; token: Promise<string> } | null = null;

  function token(): string | null {
    const pass = shelf.get(PASS);
    return isPass(pass) && pass.person === personOf(identity) ? pass.token : null;
  }

  async function ask(person: string): Promise<string> {
    const signed = { ...details(), ...visitorOf(identity), page: page() };
    const { token: fresh } = await client.enter(signed).catch((thrown: unknown) => {
      const refusal = asRefusal(thrown);
      // A wrong signature is the host page's fault. The visitor still gets to speak, as a stranger.
      if (!isSigned(identity) || refusal.isTemporary) throw refusal;
      console.warn(`Balcão: the identity was refused (${refusal.slug}).`);
      const { identifier: _identifier, hash: _hash, ...stranger } = signed;
      return client.enter(stranger);
    });
    if (personOf(identity) !== person) throw new Refusal(UNREACHABLE); // somebody else by now
    shelf.put(PASS, { person, token: fresh } satisfies StoredPass);
    onToken(fresh);
    return fresh;
  }

  function enter(): Promise<string> {
    const present = token();
    if (present !== null) return Promise.resolve(present);
    const person = personOf(identity);
    if (entering?.person === person) return entering.token;

    const mine = {
      person,
      token: ask(person).finally(() => {
        if (entering === mine) entering = null;
      }),
    };
    entering = mine;
    return mine.token;
  }

  function forget(lost: string) {
    if (token() !== lost) return;
    shelf.drop(PASS);
    onToken(null);
  }

  return {
    identity: () => identity,
    token,
    enter,
    forget,

    identify(next) {
      const isOther = personOf(next) !== personOf(identity);
      identity = next;
      const pass = shelf.get(PASS);
      if (isPass(pass) && pass.person !== personOf(next)) shelf.drop(PASS);
      if (isOther) onToken(token());
      return isOther;
    },

    async withToken(act) {
      const person = personOf(identity);
      const present = await enter();
      try {
        return await act(present);
      } catch (thrown) {
        if (asRefusal(thrown).status !== 401) throw thrown;
        if (personOf(identity) !== person) throw new Refusal(UNREACHABLE); // not theirs to repeat
        forget(present);
        return act(await enter());
      }
    },
  };
}
