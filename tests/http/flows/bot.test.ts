/** A bot in front of a channel: it greets, asks, hears wrong and right answers, and hands over; a person silences it. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { type Message, reply, take, thread, type Ticket } from '../support/desk.ts';
import { aLiveFlow, type Document, greeting } from '../support/flows.ts';
import { until } from '../support/until.ts';
import { aWebchat, type Visitor, type Webchat } from '../support/webchat.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let olga: Browser;
let rafael: Browser;
let webchat: Webchat;
let whatsapp: Whatsapp;

/** Greets, asks what it is about, and passes it on or ends. */
const provider = (): Document => {
  const sales = `department:${account.departments['Vendas']}`;
  return greeting(account, {
    key: 'provedor', name: 'Provedor', channels: ['webchat', 'whatsapp'], start: 'oi',
    cards: [
      { id: 'oi', type: 'send_message', v: 1, position: { x: 0, y: 0 }, settings: { kind: 'text', text: 'Olá! Seu protocolo é {{ticket.protocol}}.' } },
      { id: 'assunto', type: 'question', v: 1, name: 'Assunto', position: { x: 0, y: 160 }, settings: { expect: 'choice', text: 'Como posso ajudar?', options: [{ id: 'vendas', label: 'Contratar', number: 1, synonyms: [] }, { id: 'nada', label: 'Nada', number: 2, synonyms: [] }] } },
      { id: 'para', type: 'transfer', v: 1, position: { x: 0, y: 320 }, settings: { target: 'department', department: sales, hours: 'ignore', note: 'Veio do robô.' } },
      { id: 'fim', type: 'finish', v: 1, position: { x: 0, y: 320 }, settings: { reason: `reason:${account.reasons['Resolvido']}`, message: 'Até mais!' } },
    ],
    connectors: [{ from: 'oi', outlet: 'next', to: 'assunto' }, { from: 'assunto', outlet: 'opt:vendas', to: 'para' }, { from: 'assunto', outlet: 'opt:nada', to: 'fim' }],
  });
};

beforeAll(async () => {
  account = await anAccount();
  [olga, rafael] = await Promise.all([account.as('olga'), account.as('rafael')]);
  webchat = await aWebchat(account, {}, { welcome_text: 'Bem-vindo!' });
  whatsapp = await aWhatsapp(account);
  const flow = await aLiveFlow(rafael, provider());
  const starts = [webchat.channel.id, whatsapp.id].map((channel_id) => ({ kind: 'channel', flow_id: flow.id, channel_id }));
  (await rafael.put('/api/v1/flow-starts', { starts })).ok();
});

const menu = 'Como posso ajudar?';

/** The newest ticket of somebody, as soon as the house has it in this state. */
async function ticketOf(name: string, state: string): Promise<Ticket> {
  const id = await until(`a ticket of ${name} is ${state}`, async () => Number(await sql("SELECT t.id FROM tickets t WHERE t.account_id = :'a' AND t.contact_name = :'n' AND t.state = :'s' ORDER BY t.id DESC LIMIT 1", { a: account.id, n: name, s: state })) || undefined);
  return (await olga.get(`/api/v1/tickets/${id}`)).ok<Ticket>();
}

const messages = ({ id }: Ticket): Promise<Message[]> => thread(olga, id);

const told = async (visitor: Visitor, count: number): Promise<string[]> =>
  (await visitor.seeing(`${count} from the bot`, ({ data }) => data.filter(({ from }) => from === 'bot').length >= count)).data
    .filter(({ from }) => from === 'bot')
    .map(({ text }) => text);

describe('on a page', () => {
  it('greets in place of the house, asks, and hears', async () => {
    const visitor = await webchat.visitor();
    (await visitor.say('Oi')).ok(202);
    const ticket = await ticketOf(visitor.name, 'bot');
    expect(await told(visitor, 2)).toEqual([`Olá! Seu protocolo é ${ticket.protocol}.`, menu]);
    (await visitor.say('bolo de fubá')).ok(202);
    expect((await told(visitor, 3))[2]).toBe(`Não entendi. Escolha uma das opções, por favor.\n\n${menu}`);
    (await visitor.say('contratar')).ok(202);
    expect((await told(visitor, 4))[3]).toBe('Vou transferir você para Vendas. Aguarde um momento, por favor.');
    expect(await ticketOf(visitor.name, 'waiting')).toMatchObject({ department_id: account.departments['Vendas'], assignee_id: null });
    const said = await messages(ticket);
    expect(said.filter(({ direction }) => direction === 'note')).toMatchObject([{ author_kind: 'bot', text: 'Caminho: Enviar mensagem → Assunto → Transferir\nAssunto: Contratar\n\nVeio do robô.' }]);
    expect(said.map(({ detail }) => detail).filter((detail) => detail?.['event'] === 'ticket_transferred')).toMatchObject([{ flow: 'Provedor', to_department_id: account.departments['Vendas'] }]);
    expect(JSON.stringify((await visitor.conversation()).data)).not.toContain('Veio do robô');
  });

  it('says goodbye, and begins anew with who comes back', async () => {
    const visitor = await webchat.visitor();
    (await visitor.say('Oi')).ok(202);
    await told(visitor, 2);
    (await visitor.say('2')).ok(202);
    expect((await told(visitor, 3))[2]).toBe('Até mais!');
    const first = await ticketOf(visitor.name, 'closed');
    (await visitor.say('Ah, mais uma coisa')).ok(202);
    expect((await ticketOf(visitor.name, 'bot')).id).not.toBe(first.id);
    expect((await told(visitor, 5))[4]).toBe(menu);
  });
});

describe('on WhatsApp', () => {
  it('is silent from the moment that a person takes the conversation', async () => {
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    expect((await rita.texts(2))[1]).toBe(menu);
    const ticket = await ticketOf(rita.name, 'bot');
    await take(olga, ticket.id);
    await rita.say('1');
    await reply(olga, ticket.id, 'Aqui é a Olga');
    expect((await rita.texts(3)).slice(2)).toEqual(['Aqui é a Olga']);
    await until('their answer in the thread', async () => (await messages(ticket)).some(({ text }) => text === '1'));
    expect((await messages(ticket)).filter(({ author_kind }) => author_kind === 'bot')).toHaveLength(2);
  });

  it('asks again what it asked when it is given back', async () => {
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    await rita.received(2);
    const ticket = await ticketOf(rita.name, 'bot');
    await take(olga, ticket.id);
    expect((await olga.post(`/api/v1/tickets/${ticket.id}/return`, { mode: 'resume' })).ok<Ticket>()).toMatchObject({ state: 'bot', controller: 'bot', assignee_id: null });
    expect((await rita.texts(3))[2]).toBe(menu);
    await rita.say('1');
    await ticketOf(rita.name, 'waiting');
    const other = await anAccount();
    (await (await other.as('olga')).post(`/api/v1/tickets/${ticket.id}/return`, { mode: 'resume' })).refused(404, 'not_found');
  });

  it('leaves those alone who want no messages', async () => {
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    await rita.received(2);
    await rita.say('/bloquear');
    await ticketOf(rita.name, 'closed');
    await rita.say('Oi');
    expect((await messages(await ticketOf(rita.name, 'waiting'))).filter(({ author_kind }) => author_kind === 'bot')).toEqual([]);
  });
});

it('nobody sees a conversation of another account’s bot', async () => {
  const visitor = await webchat.visitor();
  (await visitor.say('Oi')).ok(202);
  const { id } = await ticketOf(visitor.name, 'bot');
  const other = await anAccount();
  (await (await other.as('olga')).get(`/api/v1/tickets/${id}`)).refused(404, 'not_found');
});
