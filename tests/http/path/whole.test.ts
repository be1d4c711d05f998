/** One conversation from the first word to the last, with everything that happens on an ordinary day. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { inState, messageOf, reply, serving, take, theTicket, thread, ticketOf, whisper } from '../support/desk.ts';
import { aPdf } from '../support/files.ts';
import { watch } from '../support/lab.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let ana: Browser;
let bruno: Browser;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  [ana, bruno] = await Promise.all([account.as('ana'), account.as('bruno')]);
  whatsapp = await aWhatsapp(account, { welcome_text: 'Olá, {{contact.first_name}}!' });
});

it('from the first word to the last', async () => {
  const rita = await whatsapp.customer();
  await rita.send({ type: 'image', image: { sample: true, caption: 'Meu roteador está assim' } });
  const { id, protocol } = await ticketOf(ana, rita.name);
  const live = await ana.live();
  await take(ana, id);
  await inState(ana, await reply(ana, id, 'Vou verificar, um momento.'), 'delivered');
  await whisper(ana, id, 'Parece o modelo antigo. Bruno, pode ver?');
  const pdf = (await ana.upload('manual.pdf', 'application/pdf', aPdf('manual'))).ok<Schemas['Attachment']>(201);
  await inState(ana, await reply(ana, id, { attachment_id: pdf.id, text: 'O manual' }), 'delivered');

  (
    await ana.post(`/api/v1/tickets/${id}/transfer`, {
      assignee_id: account.members.bruno,
      note: 'Cliente calma, roteador velho',
      message: 'Rita, o Bruno continua com você.',
    })
  ).ok();
  expect(
    (await live.next('ticket.changed', ({ ticket }) => ticket.assignee_id === account.members.bruno)).data.ticket,
  ).toMatchObject({ state: 'serving' });
  (
    await ana.post(`/api/v1/tickets/${id}/messages`, { client_key: 'too-late-to-say', mode: 'reply', text: 'mais uma coisa' })
  ).refused(409, 'not_holder');
  const last = await reply(bruno, id, 'Rita, troque o cabo amarelo.');
  await inState(bruno, last, 'delivered');
  await rita.read();
  await inState(bruno, last, 'read');
  await rita.say('Funcionou!');
  await messageOf(bruno, id, 'of thanks', ({ text }) => text === 'Funcionou!');

  const closed = (await bruno.post(`/api/v1/tickets/${id}/close`, { reason_id: account.reasons['Resolvido'] })).ok<
    Schemas['Ticket']
  >();
  expect(closed).toMatchObject({
    state: 'closed',
    controller: 'none',
    closed_by: account.members.bruno,
    reason_id: account.reasons['Resolvido'],
    unread_count: 0,
  });
  expect(await rita.texts(6)).toEqual([
    'Olá, Rita!',
    'Vou verificar, um momento.',
    'O manual',
    'Rita, o Bruno continua com você.',
    'Rita, troque o cabo amarelo.',
    `Até logo, Rita! Protocolo ${protocol}.`,
  ]);
  const story = (await thread(bruno, id)).map(({ direction, kind, text, detail }) =>
    direction === 'system' ? String((detail as { event: string }).event) : `${direction} ${kind} ${text}`,
  );
  expect(story).toEqual([
    'ticket_opened',
    'in image Meu roteador está assim',
    'out text Olá, Rita!',
    'ticket_taken',
    'out text Vou verificar, um momento.',
    'note text Parece o modelo antigo. Bruno, pode ver?',
    'out document O manual',
    'note text Cliente calma, roteador velho',
    'ticket_transferred',
    'out text Rita, o Bruno continua com você.',
    'out text Rita, troque o cabo amarelo.',
    'in text Funcionou!',
    `out text Até logo, Rita! Protocolo ${protocol}.`,
    'ticket_closed',
  ]);
  (await bruno.post(`/api/v1/tickets/${id}/messages`, { client_key: 'after-the-end', mode: 'reply', text: 'x' })).refused(
    409,
    'ticket_closed',
  );
  live.close();
});

describe('taking', () => {
  it('by two people at once gives the ticket to one of them', async () => {
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    const { id } = await ticketOf(ana, rita.name);
    const answers = await Promise.all([ana, bruno].map((one) => one.post(`/api/v1/tickets/${id}/take`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    answers.find(({ status }) => status === 409)?.refused(409, 'ticket_taken');
  });

  it('twice is taking once', async () => {
    const ticket = await serving(ana, await whatsapp.customer());
    expect(await take(ana, ticket.id)).toMatchObject({ last_seq: ticket.last_seq });
  });

  it('from a colleague needs leave', async () => {
    const { id } = await serving(ana, await whatsapp.customer());
    (await bruno.post(`/api/v1/tickets/${id}/take`)).refused(409, 'ticket_taken');
    expect(await take(await account.as('camila'), id)).toMatchObject({ assignee_id: account.members.camila });
  });

  it('a closed ticket is too late', async () => {
    const { id } = await serving(ana, await whatsapp.customer());
    (await ana.post(`/api/v1/tickets/${id}/close`, { reason_id: account.reasons['Engano'], message: '' })).ok();
    (await bruno.post(`/api/v1/tickets/${id}/take`)).refused(409, 'ticket_closed');
    (await ana.post(`/api/v1/tickets/${id}/close`, { reason_id: account.reasons['Engano'] })).refused(409, 'ticket_closed');
    (await ana.post(`/api/v1/tickets/${id}/transfer`, { department_id: account.departments['Vendas'] })).refused(
      409,
      'ticket_closed',
    );
  });
});

describe('a transfer', () => {
  it('to a department waits in its queue', async () => {
    const { id } = await serving(ana, await whatsapp.customer());
    const ticket = (
      await ana.post(`/api/v1/tickets/${id}/transfer`, { department_id: account.departments['Vendas'], note: 'quer plano novo' })
    ).ok();
    expect(ticket).toMatchObject({
      state: 'waiting',
      controller: 'queue',
      department_id: account.departments['Vendas'],
      assignee_id: null,
    });
    expect(await take(bruno, id)).toMatchObject({
      department_id: account.departments['Vendas'],
      assignee_id: account.members.bruno,
    });
  });

  it('goes somewhere that is there', async () => {
    const { id } = await serving(ana, await whatsapp.customer());
    const to = (body: Record<string, unknown>) => ana.post(`/api/v1/tickets/${id}/transfer`, body);
    (await to({})).refused(400, 'required', 'department_id');
    (await to({ department_id: 999_999 })).refused(404, 'department_unknown', 'department_id');
    (await to({ department_id: account.departments['Antigo'] })).refused(409, 'department_inactive', 'department_id');
    (await to({ assignee_id: 999_999 })).refused(404, 'member_unknown', 'assignee_id');
    (await to({ assignee_id: account.members.fabiana })).refused(409, 'member_inactive', 'assignee_id');
  });
});

describe('a closing', () => {
  it('can say something else, or nothing', async () => {
    const [rita, paula] = await Promise.all([whatsapp.customer(), whatsapp.customer()]);
    const [first, second] = [await serving(ana, rita), await serving(ana, paula)];
    (
      await ana.post(`/api/v1/tickets/${first.id}/close`, {
        reason_id: account.reasons['Resolvido'],
        message: 'Tchau, {{contact.first_name}}: {{ticket.protocol}}',
      })
    ).ok();
    (await ana.post(`/api/v1/tickets/${second.id}/close`, { reason_id: account.reasons['Resolvido'], message: '' })).ok();
    expect(await rita.texts(2)).toEqual(['Olá, Rita!', `Tchau, Rita: ${first.protocol}`]);
    expect((await thread(ana, second.id)).at(-1)).toMatchObject({ detail: { event: 'ticket_closed' } });
    expect((await thread(ana, second.id)).filter(({ direction }) => direction === 'out')).toHaveLength(1);
  });

  it('has a reason', async () => {
    const { id } = await serving(ana, await whatsapp.customer());
    (await ana.post(`/api/v1/tickets/${id}/close`, {})).refused(400, 'reason_required', 'reason_id');
    (await ana.post(`/api/v1/tickets/${id}/close`, { reason_id: 999_999 })).refused(404, 'reason_unknown', 'reason_id');
  });
});

describe('the same key', () => {
  it('is the same message, however often it is sent', async () => {
    const rita = await whatsapp.customer();
    const { id } = await serving(ana, rita);
    const body = { client_key: 'pressed-twice-in-a-hurry', mode: 'reply', text: 'uma vez só' };
    const answers = await Promise.all([1, 2, 3, 4].map(() => ana.post(`/api/v1/tickets/${id}/messages`, body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    const seqs = new Set(answers.map((answer) => answer.ok<Schemas['Message']>(answer.status).seq));
    expect(seqs.size).toBe(1);
    await messageOf(ana, id, 'delivered', ({ text, state }) => text === 'uma vez só' && state === 'delivered');
    expect((await rita.texts()).filter((text) => text === 'uma vez só')).toHaveLength(1);
  });
});

describe('reading', () => {
  it('clears the mark, and the customer’s ticks turn', async () => {
    const rita = await whatsapp.customer();
    await rita.say('um');
    await rita.say('dois');
    const ticket = await ticketOf(ana, rita.name);
    await messageOf(ana, ticket.id, 'two', ({ text }) => text === 'dois');
    expect((await theTicket(ana, ticket.id)).unread_count).toBe(2);
    (await ana.post(`/api/v1/tickets/${ticket.id}/read`, { seq: (await theTicket(ana, ticket.id)).last_seq })).ok(204);
    expect((await theTicket(ana, ticket.id)).unread_count).toBe(0);
    await watch({ kind: 'business_read', phone_number_id: whatsapp.number, person_id: rita.id });
  });
});
