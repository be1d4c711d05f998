/** Programs that listen: as much as they may ask for, and no longer than their token lives. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { serving, type Ticket, whisper } from '../support/desk.ts';
import { cut, refusedStream, Stream } from '../support/stream.ts';
import { aToken, Program } from '../support/token.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let olga: Browser;
let ana: Browser;
let whatsapp: Whatsapp;

const VIEW = ['tickets.view', 'contacts.view'];

beforeAll(async () => {
  account = await anAccount();
  [olga, ana, whatsapp] = await Promise.all([account.as('olga'), account.as('ana'), aWhatsapp(account)]);
});

const aProgram = (wish: Record<string, unknown> = {}): Promise<Program> =>
  aToken(account, { kind: 'service', permissions: VIEW, ...wish });

const comesBack = ({ id }: Account, { secret }: Program) => refusedStream(`/live?account=${id}`, { Authorization: `Bearer ${secret}` });

const heard = (stream: Stream): string[] =>
  stream.events.flatMap(({ data }) => ('message' in data && 'text' in data.message ? [data.message.text] : []));

const inDepartment = async (name: string): Promise<Ticket> => {
  const ticket = await serving(ana, await whatsapp.customer());
  await sql("UPDATE tickets SET department_id = :'d' WHERE account_id = :'a' AND id = :'id'", {
    a: account.id,
    id: ticket.id,
    d: account.departments[name] ?? 0,
  });
  return ticket;
};

describe('a token', () => {
  it('opens a stream when it holds tickets.view and names the account, and only then', async () => {
    const program = await aProgram();
    const live = await program.live();
    const ticket = await serving(ana, await whatsapp.customer());
    await whisper(ana, ticket.id, 'para programas');
    await live.next('message.created', ({ message }) => message.text === 'para programas');
    live.close();

    const bearer = { Authorization: `Bearer ${program.secret}` };
    expect((await refusedStream('/live', bearer)).status).toBe(400);
    expect((await refusedStream(`/live?account=${account.id + 1}`, bearer)).status).toBe(404);
    const blind = await aProgram({ permissions: ['contacts.view'] });
    expect((await comesBack(account, blind)).status).toBe(403);
  });

  it('hears of its departments and channels', async () => {
    const elsewhere = await aWhatsapp(account);
    const [support, there] = await Promise.all([
      aProgram({ department_ids: [account.departments['Suporte']] }),
      aProgram({ channel_ids: [elsewhere.id] }),
    ]);
    const streams = [await support.live(), await there.live()] as const;
    const sales = await inDepartment('Vendas');
    const ours = await inDepartment('Suporte');
    const other = await serving(ana, await elsewhere.customer());
    await sql("UPDATE tickets SET department_id = :'d' WHERE account_id = :'a' AND id = :'id'", { a: account.id, id: other.id, d: account.departments['Suporte'] ?? 0 });
    await whisper(ana, sales.id, 'em vendas');
    await whisper(ana, ours.id, 'no suporte');
    await whisper(ana, other.id, 'no outro canal');
    for (const stream of streams) await stream.next('message.created', ({ message }) => message.text === 'no outro canal');
    expect(heard(streams[0]).filter((text) => /em vendas|no suporte|no outro/.test(text))).toEqual(['no suporte', 'no outro canal']);
    expect(heard(streams[1]).filter((text) => /em vendas|no suporte|no outro/.test(text))).toEqual(['no outro canal']);
    for (const stream of streams) stream.close();
  });

  it("of a chatbot hears of what the bot holds on its channel, until it doesn't", async () => {
    const bot = await aProgram({ kind: 'chatbot', channel_ids: [whatsapp.id] });
    const live = await bot.live();
    const [mine, theirs] = [await serving(ana, await whatsapp.customer()), await serving(ana, await whatsapp.customer())];
    await sql("UPDATE tickets SET state = 'bot', controller = 'bot', assignee_id = NULL WHERE account_id = :'a' AND id = :'id'", { a: account.id, id: mine.id });
    await whisper(ana, theirs.id, 'entre pessoas');
    (await olga.post(`/api/v1/tickets/${mine.id}/take`)).ok();
    expect((await live.next('ticket.gone')).data.ticket_id).toBe(mine.id);
    expect(heard(live)).not.toContain('entre pessoas');
    live.close();
  });
});

describe('its stream ends within a second', () => {
  it('when it is revoked', async () => {
    const program = await aProgram();
    const live = await program.live();
    await cut(live, async () => (await olga.delete(`/api/v1/tokens/${program.token.id}`)).ok(204));
    expect((await live.next('signed_out')).data).toEqual({ reason: 'token_revoked' });
    expect((await comesBack(account, program)).status).toBe(401);
  });

  it('when it expires', async () => {
    const program = await aProgram();
    const live = await program.live();
    await cut(live, () => sql("UPDATE api_tokens SET expires_at = now() WHERE account_id = :'a' AND id = :'id'", { a: account.id, id: program.token.id }));
    expect((await live.next('signed_out')).data).toEqual({ reason: 'token_expired' });
  });

  it('when its member weakens, and is as narrow as they are afterwards', async () => {
    const own = await anAccount();
    const [theirs, rafael] = [await aWhatsapp(own), own.members.rafael];
    const program = await aToken(own, { kind: 'personal', permissions: VIEW }, 'rafael');
    const live = await program.live();
    const group = (scope: string) =>
      sql(
        `UPDATE memberships m SET group_id = g.id FROM groups g
          WHERE m.account_id = :'a' AND m.id = :'m' AND g.account_id = m.account_id AND g.builtin = :'scope'`,
        { a: own.id, m: rafael, scope },
      );
    await cut(live, () => group('agent'));
    await live.next('access.changed');

    const narrow = await program.live();
    const theirAna = await own.as('ana');
    const [hidden, shown] = [await serving(theirAna, await theirs.customer()), await serving(theirAna, await theirs.customer())];
    (await (await own.as('olga')).post(`/api/v1/tickets/${shown.id}/readers`, { member_id: rafael })).ok(204);
    await narrow.ended;
    const invited = await program.live();
    await whisper(theirAna, hidden.id, 'escondido');
    await whisper(theirAna, shown.id, 'convidado');
    await invited.next('message.created', ({ message }) => message.text === 'convidado');
    expect(heard(invited)).not.toContain('escondido');
    await cut(invited, () => group('finance'));
    expect((await comesBack(own, program)).status).toBe(403);
  });

  it('when its member is sent away', async () => {
    const own = await anAccount();
    const program = await aToken(own, { kind: 'personal', permissions: VIEW }, 'rafael');
    const live = await program.live();
    await cut(live, () => sql("UPDATE memberships SET is_active = false WHERE account_id = :'a' AND id = :'m'", { a: own.id, m: own.members.rafael }));
    expect((await live.next('signed_out')).data).toEqual({ reason: 'token_revoked' });
  });

  it('when its account closes a network to it', async () => {
    const own = await anAccount();
    const program = await aToken(own, { kind: 'service', permissions: VIEW });
    const live = await program.live();
    await cut(live, () => sql("INSERT INTO networks (account_id, network) VALUES (:'a', '127.0.5.0/24')", { a: own.id }));
    expect((await comesBack(own, program)).status).toBe(403);
  });
});
