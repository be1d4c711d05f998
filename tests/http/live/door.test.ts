/** Who may listen, and until when. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { serving, whisper } from '../support/desk.ts';
import { steppedUp } from '../support/step-up.ts';
import { refusedStream, type Stream } from '../support/stream.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let ana: Browser;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
  whatsapp = await aWhatsapp(account);
});

describe('the door', () => {
  it('is closed without a session, without an account, and to another one', async () => {
    (await refusedStream(`/live?account=${account.id}`)).refused(401, 'session_unknown');
    expect((await refusedStream('/live', { Cookie: ana.cookieHeader() })).status).toBe(400);
    const other = await anAccount();
    expect((await refusedStream(`/live?account=${other.id}`, { Cookie: ana.cookieHeader() })).status).toBe(404);
    expect((await refusedStream('/live/widget?token=nonsense')).status).toBe(401);
    expect((await refusedStream('/live/widget')).status).toBe(401);
  });

  it('is closed to roles that see no conversations and talk to no colleagues', async () => {
    const fabiana = await account.as('fabiana');
    const olga = await steppedUp(await account.as('olga'));
    const { id } = (await olga.post('/api/v1/groups', { name: 'Só auditoria', permissions: ['audit.view'], scope: 'account' })).ok<{ id: number }>(201);
    await sql("UPDATE memberships SET group_id = :'g' WHERE account_id = :'a' AND id = :'m'", { g: id, a: account.id, m: account.members.fabiana });
    (await refusedStream(`/live?account=${account.id}`, { Cookie: fabiana.cookieHeader() })).refused(403, 'permission_denied');
  });

  it('does not take a grant from outside', async () => {
    const grant = `member account=${account.id} user=1 session=1`;
    (await refusedStream(`/live?account=${account.id}`, { 'X-Live-Grant': grant })).refused(401, 'session_unknown');
  });
});

describe('the end of a session', () => {
  async function listening(): Promise<{ browser: Browser; live: Stream }> {
    const browser = new Browser({ account_id: account.id });
    (await browser.signIn(account.email('bruno'))).ok();
    return { browser, live: await browser.live() };
  }

  it('ends its streams, and says why', async () => {
    const { browser, live } = await listening();
    const { live: other } = await listening();
    (await browser.delete('/api/v1/session')).ok(204);
    expect((await live.next('signed_out')).data).toEqual({ reason: 'signed_out' });
    await live.ended;

    const ticket = await serving(ana, await whatsapp.customer());
    await whisper(ana, ticket.id, 'ainda aqui');
    await other.next('message.created', ({ message }) => message.text === 'ainda aqui');
    other.close();
  });

  it('for a copied token cuts the thief off too', async () => {
    const { browser, live } = await listening();
    const session = browser.cookies.get('__Host-brt')?.split('.')[0] ?? '';
    const copy = browser.cookies.get('__Host-brt') ?? '';
    (await browser.post('/api/v1/session/refresh')).ok(204);
    (await browser.get('/api/v1/session')).ok();
    await sql("UPDATE sessions SET confirmed_at = confirmed_at - interval '31 s' WHERE id = :'session'", { session });
    browser.cookies.set('__Host-brt', copy);
    (await browser.post('/api/v1/session/refresh')).refused(401, 'session_reused');
    expect((await live.next('signed_out')).data).toEqual({ reason: 'reused' });
    await live.ended;
  });
});
