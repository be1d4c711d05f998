/** Who comes in through the widget, and as whom. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { call } from '../support/answer.ts';
import { ticketOf } from '../support/desk.ts';
import { aWebchat, HOST_PAGE, type Webchat } from '../support/webchat.ts';

let account: Account;
let webchat: Webchat;

beforeAll(async () => {
  account = await anAccount();
  webchat = await aWebchat(account, { color: '#1A7F37', greeting: 'Oi!', locale: 'en' });
});

describe('the looks', () => {
  it('are what the administrator chose', async () => {
    expect((await webchat.config()).ok()).toMatchObject({
      color: '#1A7F37',
      greeting: 'Oi!',
      locale: 'en',
      prechat: [],
    });
  });

  it('have sensible values when nothing was chosen', async () => {
    expect((await (await aWebchat(account)).config()).ok()).toMatchObject({
      color: expect.stringMatching(/^#[0-9A-Fa-f]{6}$/),
      greeting: '',
      locale: 'pt-BR',
    });
  });

  it('say nothing of secrets or of people', async () => {
    const answer = await webchat.config();
    expect(answer.text).not.toContain(webchat.identity_key);
    expect(answer.text).not.toContain('exemplo');
  });

  it('of a channel that is unknown, of another kind or switched off are not there', async () => {
    (await call({ method: 'GET', path: '/api/v1/widget/nobody/config' })).refused(404, 'channel_unknown');
    const off = await aWebchat(account);
    await (await account.as('rafael')).patch(`/api/v1/channels/${off.channel.id}`, { is_active: false });
    (await off.config()).refused(404, 'channel_unknown');
  });
});

describe('what is asked before the first message', () => {
  it('is needed only where it says so', async () => {
    const asking = await aWebchat(account, {
      prechat: [
        { name: 'name', required: true },
        { name: 'email', required: false },
      ],
    });
    (await asking.enter({})).refused(400, 'required', 'name');
    (await asking.enter({ name: '   ' })).refused(400, 'required', 'name');
    (await asking.enter({ name: 'Bia' })).ok(201);
    (await asking.enter({ name: 'Bia', email: 'no-at' })).refused(400, 'email_invalid', 'email');
  });

  it('becomes what the team knows of the visitor', async () => {
    const bia = await webchat.visitor({ name: 'Bia do Site', email: 'bia@exemplo.com', phone: '+55 49 98888-0000' });
    (await bia.say('Oi')).ok(202);
    const ana = await account.as('ana');
    const ticket = await ticketOf(ana, 'Bia do Site');
    const contact = (await ana.get(`/api/v1/contacts/${ticket.contact.id}`)).ok();
    expect(contact).toMatchObject({
      name: 'Bia do Site',
      email: 'bia@exemplo.com',
      identities: [{ kind: 'visitor', is_verified: false }],
    });
    expect(JSON.stringify(contact)).toContain('98888-0000');
    expect(ticket.contact.address).toBe('visitor');
  });
});

describe('a customer whom the host page vouches for', () => {
  it('is known again in another browser', async () => {
    const who = { identifier: 'cliente-42', hash: webchat.hash('cliente-42'), name: 'Cliente 42' };
    const [desktop, phone] = [await webchat.visitor(who), await webchat.visitor(who)];
    (await desktop.say('do computador')).ok(202);
    await phone.seeing('what was written on the other screen', ({ data }) => data.some(({ text }) => text === 'do computador'));
    const ana = await account.as('ana');
    const contact = (await ana.get(`/api/v1/contacts/${(await ticketOf(ana, 'Cliente 42')).contact.id}`)).ok();
    expect(contact).toMatchObject({ identities: [{ kind: 'external', address: 'cliente-42', is_verified: true }] });
  });

  it('needs the right hash', async () => {
    const identifier = 'cliente-43';
    for (const hash of [
      '',
      'zz',
      'ab'.repeat(32),
      webchat.hash(identifier, 'another key'),
      webchat.hash('cliente-44'),
      webchat.hash(identifier).slice(1),
    ]) {
      (await webchat.enter({ identifier, hash })).refused(403, 'identity_hash_wrong', 'hash');
    }
    (await webchat.enter({ identifier })).refused(403, 'identity_hash_wrong', 'hash');
  });

  it('is nobody to a channel without a key', async () => {
    const keyless = await aWebchat(account, {}, { has_key: false });
    (await keyless.enter({ identifier: 'x', hash: webchat.hash('x', '') })).refused(403, 'identity_not_set_up', 'identifier');
  });

  it('of another account with the same identifier is somebody else', async () => {
    const other = await aWebchat(await anAccount());
    const here = await webchat.visitor({ identifier: 'igual', hash: webchat.hash('igual') });
    const there = await other.visitor({ identifier: 'igual', hash: other.hash('igual') });
    (await here.say('só aqui')).ok(202);
    await here.seeing('the own words', ({ data }) => data.length > 0);
    expect((await there.conversation()).data).toEqual([]);
  });
});

describe('the pages that may host it', () => {
  let picky: Webchat;
  beforeAll(async () => {
    picky = await aWebchat(account, { origins: [HOST_PAGE, 'https://outra.exemplo'] });
  });

  it('may read the answers', async () => {
    const { headers } = await picky.config();
    expect(headers['access-control-allow-origin']).toBe(HOST_PAGE);
    expect(headers['vary']).toContain('Origin');
    expect(headers['access-control-expose-headers']).toContain('Retry-After');
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it('are those listed, letter for letter', async () => {
    for (const origin of [
      'https://evil.exemplo',
      'http://loja.exemplo',
      'https://loja.exemplo:444',
      'https://loja.exemplo.evil.com',
      'null',
      'https://xloja.exemplo',
    ]) {
      (await picky.config(origin)).refused(403, 'origin_refused');
      (await picky.enter({ name: 'x' }, origin)).refused(403, 'origin_refused');
    }
    (await picky.config('https://outra.exemplo')).ok();
  });

  it('count for a visitor who is already in', async () => {
    const visitor = await picky.visitor();
    (await visitor.ask('GET', '/api/v1/widget/messages', undefined, { Origin: 'https://evil.exemplo' })).refused(
      403,
      'origin_refused',
    );
  });

  it('are all pages when none is listed', async () => {
    const { headers } = await webchat.config('https://qualquer.exemplo');
    expect(['*', 'https://qualquer.exemplo']).toContain(headers['access-control-allow-origin']);
  });

  it('ask beforehand, and learn what they may send', async () => {
    const answer = await call({
      method: 'OPTIONS',
      path: '/api/v1/widget/messages',
      headers: {
        Origin: HOST_PAGE,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization,content-type',
      },
    });
    expect(answer.status).toBe(204);
    expect(['*', HOST_PAGE]).toContain(answer.headers['access-control-allow-origin']);
    expect(answer.headers['access-control-allow-methods']).toMatch(/POST/);
    expect(answer.headers['access-control-allow-headers']?.toLowerCase()).toMatch(/authorization/);
  });

  it('can read why they are refused', async () => {
    const refusals = [
      await webchat.enter({ identifier: 'x', hash: 'y' }),
      await call({ method: 'GET', path: '/api/v1/widget/messages', headers: { Origin: HOST_PAGE } }),
      await call({
        method: 'GET',
        path: '/api/v1/widget/messages',
        headers: { Origin: HOST_PAGE, Authorization: 'Bearer nonsense' },
      }),
      await call({ method: 'GET', path: '/api/v1/widget/nobody/config', headers: { Origin: HOST_PAGE } }),
    ];
    for (const { headers, status } of refusals)
      expect([status, headers['access-control-allow-origin']]).toEqual([
        status,
        expect.stringMatching(/^(\*|https:\/\/loja\.exemplo)$/),
      ]);
  });
});

describe('a token', () => {
  it('that was touched opens nothing', async () => {
    const { token } = await webchat.visitor();
    const touched = [
      `${token}x`,
      token.slice(0, -1),
      token.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
      '',
      'x'.repeat(2000),
      '..',
    ];
    for (const one of touched) {
      const answer = await call({ method: 'GET', path: '/api/v1/widget/messages', headers: { Authorization: `Bearer ${one}` } });
      expect([answer.status, one]).toEqual([401, one]);
    }
  });

  it('opens no door of the team', async () => {
    const { token } = await webchat.visitor();
    const tries = [{ Authorization: `Bearer ${token}` }, { Cookie: `__Host-bat=${token}` }];
    for (const path of ['/api/v1/tickets?tab=waiting', '/api/v1/session', '/api/v1/account']) {
      for (const one of tries) {
        const headers = { ...one, 'Balcao-Account': String(account.id) };
        expect([401, 403]).toContain((await call({ method: 'GET', path, headers })).status);
      }
    }
  });

  it('of the team opens no door of visitors', async () => {
    const ana = await account.as('ana');
    const headers = { Authorization: `Bearer ${ana.cookies.get('__Host-bat')}` };
    (await call({ method: 'GET', path: '/api/v1/widget/messages', headers })).refused(401, 'visitor_invalid');
  });
});
