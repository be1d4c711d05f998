import { describe, expect, it, vi } from 'vitest';
import type { Identity } from './identity';
import { Refusal } from './refusal';
import { createSession } from './session';
import { createShelf } from './storage';
import { FakeServer } from './testing/fake-server';
import { memoryStorage } from './testing/memory-storage';

const ana: Identity = { identifier: '42', hash: 'aa', name: 'Ana' };
const beto: Identity = { identifier: '43', hash: 'bb', name: 'Beto' };

function setUp() {
  const server = new FakeServer();
  const storage = memoryStorage();
  const visit = (identity: Identity | null) =>
    createSession({
      client: server.client,
      shelf: createShelf('t:', () => storage),
      identity,
      details: () => ({}),
      page: () => 'https://loja.exemplo/',
      onToken: () => undefined,
    });
  return { server, visit };
}

describe('the session', () => {
  it('enters once, also when asked twice at the same time', async () => {
    const { server, visit } = setUp();
    const session = visit(null);
    expect(await Promise.all([session.enter(), session.enter()])).toEqual(['token-1', 'token-1']);
    expect(server.entered).toEqual([{ page: 'https://loja.exemplo/' }]);
  });

  it('is the same visitor on the next page', async () => {
    const { visit } = setUp();
    await visit(null).enter();
    expect(visit(null).token()).toBe('token-1');
  });

  it('sends a signed identity, and drops the token of the person before', async () => {
    const { server, visit } = setUp();
    const session = visit(ana);
    await session.enter();
    expect(session.identify(beto)).toBe(true);
    expect(session.token()).toBeNull();
    await session.enter();
    expect(server.entered.map(({ identifier }) => identifier)).toEqual(['42', '43']);
  });

  it('keeps the token when the same person is named again', async () => {
    const { visit } = setUp();
    const session = visit(ana);
    await session.enter();
    expect(session.identify({ ...ana, name: 'Ana Beatriz' })).toBe(false);
    expect(session.token()).toBe('token-1');
  });

  it('shows nobody’s token to a page that has not said who is there, yet keeps it', async () => {
    const { visit } = setUp();
    await visit(ana).enter();
    const next = visit(null);
    expect(next.token()).toBeNull();
    next.identify(ana);
    expect(next.token()).toBe('token-1');
  });

  it('forgets a person who logged out', async () => {
    const { visit } = setUp();
    const session = visit(ana);
    await session.enter();
    session.identify(null);
    session.identify(ana);
    expect(session.token()).toBeNull();
  });

  it('does not keep a token that arrives after the person has left', async () => {
    const { visit } = setUp();
    const session = visit(ana);
    const entering = session.enter();
    session.identify(beto);
    await expect(entering).rejects.toThrow(Refusal);
    expect(session.token()).toBeNull();
  });

  it('never says an identifier without its hash', async () => {
    const { server, visit } = setUp();
    await visit({ identifier: '42', name: 'Ana' }).enter();
    expect(server.entered[0]).toEqual({ name: 'Ana', page: 'https://loja.exemplo/' });
  });

  it('lets a wrongly signed person in as a stranger', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const { server, visit } = setUp();
    server.refusals.push(new Refusal('identity_invalid', 403));
    await visit(ana).enter();
    expect(server.entered[0]).toEqual({ name: 'Ana', page: 'https://loja.exemplo/' });
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
  });

  it('enters anew when the server does not know the token, and repeats what it was doing', async () => {
    const { server, visit } = setUp();
    const session = visit(null);
    await session.enter();
    server.unknownTokens.add('token-1');
    await session.withToken((token) => server.client.send(token, { client_key: 'k1' }));
    expect(session.token()).toBe('token-2');
    expect(server.posts).toEqual([{ client_key: 'k1' }]);
  });

  it('does not repeat for the next person what the server refused to the one before', async () => {
    const { visit } = setUp();
    const session = visit(ana);
    const said: string[] = [];
    const acting = session.withToken((token) => {
      said.push(token);
      session.identify(beto);
      return Promise.reject(new Refusal('visitor_unknown', 401));
    });
    await expect(acting).rejects.toThrow(Refusal);
    expect(said).toEqual(['token-1']);
  });
});
