/** What a bot offers is drawn by each network in its own way, tapped there, and read here as what was tapped. */
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Browser } from '../support/browser.ts';
import { type Message, thread, type Ticket } from '../support/desk.ts';
import { sql } from '../support/database.ts';
import { aLiveFlow, type Document, greeting } from '../support/flows.ts';
import { until } from '../support/until.ts';
import { aWebchat, type Visitor, type VisitorMessage, type Webchat } from '../support/webchat.ts';
import { aWhatsapp, type Phone, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let olga: Browser;
let webchat: Webchat;
let whatsapp: Whatsapp;

const FORMS = [
  { id: 'pix', label: 'Pix copia e cola', description: 'Cai na hora', number: 1 },
  { id: 'linha', label: 'Linha digitável', description: 'Para colar no seu banco', number: 2 },
  { id: 'arquivo', label: 'Arquivo em PDF', number: 3 },
  { id: 'nada', label: 'Nenhuma', number: 4 },
];

/** Two buttons, and behind one of them a list of four. */
const provider = (): Document =>
  greeting(account, {
    key: 'fatura', name: 'Fatura', channels: ['webchat', 'whatsapp'], start: 'assunto',
    cards: [
      { id: 'assunto', type: 'question', v: 1, position: { x: 0, y: 0 }, settings: { expect: 'choice', text: 'Como posso ajudar?', options: [{ id: 'fatura', label: 'Segunda via', number: 1 }, { id: 'pessoa', label: 'Falar com alguém', number: 2 }] } },
      { id: 'forma', type: 'question', v: 1, position: { x: 0, y: 160 }, settings: { expect: 'choice', text: 'Em que forma?', options: FORMS } },
      { id: 'para', type: 'transfer', v: 1, position: { x: 0, y: 320 }, settings: { target: 'department', department: `department:${account.departments['Vendas']}`, hours: 'ignore' } },
      { id: 'fim', type: 'finish', v: 1, position: { x: 0, y: 320 }, settings: { reason: `reason:${account.reasons['Resolvido']}`, message: 'Até mais!' } },
    ],
    connectors: [
      { from: 'assunto', outlet: 'opt:fatura', to: 'forma' }, { from: 'assunto', outlet: 'opt:pessoa', to: 'para' },
      ...FORMS.map(({ id }) => ({ from: 'forma', outlet: `opt:${id}`, to: 'fim' })),
    ],
  });

beforeAll(async () => {
  account = await anAccount();
  olga = await account.as('olga');
  const rafael = await account.as('rafael');
  webchat = await aWebchat(account);
  whatsapp = await aWhatsapp(account);
  const flow = await aLiveFlow(rafael, provider());
  const starts = [webchat.channel.id, whatsapp.id].map((channel_id) => ({ kind: 'channel', flow_id: flow.id, channel_id }));
  (await rafael.put('/api/v1/flow-starts', { starts })).ok();
});

async function ticketOf(name: string, state: string): Promise<Ticket> {
  const id = await until(`a ticket of ${name} is ${state}`, async () => Number(await sql("SELECT t.id FROM tickets t WHERE t.account_id = :'a' AND t.contact_name = :'n' AND t.state = :'s' ORDER BY t.id DESC LIMIT 1", { a: account.id, n: name, s: state })) || undefined);
  return (await olga.get(`/api/v1/tickets/${id}`)).ok<Ticket>();
}

/** Both sides of it as the counter reads them. */
const talk = async ({ id }: Ticket): Promise<Pick<Message, 'kind' | 'text'>[]> =>
  (await thread(olga, id)).filter(({ direction }) => direction === 'in' || direction === 'out').map(({ kind, text }) => ({ kind, text }));

describe('on a page', () => {
  const asked = async (visitor: Visitor, count: number): Promise<VisitorMessage> => {
    const { data } = await visitor.seeing(`${count} questions`, ({ data }) => data.filter(({ question }) => question).length >= count);
    return data.filter(({ question }) => question)[count - 1]!;
  };
  const tap = (visitor: Visitor, { id: question_id, question }: VisitorMessage, label: string, text = label) =>
    visitor.say(text, { question_id, option_id: question?.options.find((option) => option.label === label)?.id });

  it('buttons are drawn, tapped, and read as their label', async () => {
    const visitor = await webchat.visitor();
    (await visitor.say('Oi')).ok(202);
    const first = await asked(visitor, 1);
    expect(first).toMatchObject({ from: 'bot', kind: 'question', text: 'Como posso ajudar?', question: { style: 'buttons' } });
    expect(first.question?.options.map(({ label }) => label)).toEqual(['Segunda via', 'Falar com alguém']);
    const waiting = await ticketOf(visitor.name, 'bot');
    expect(waiting.last).toMatchObject({ kind: 'question', preview: 'Como posso ajudar?' });

    (await tap(visitor, first, 'Segunda via', 'o que o navegador diz não conta')).ok(202);
    const second = await asked(visitor, 2);
    expect(second.question?.options[1]).toMatchObject({ label: 'Linha digitável', description: 'Para colar no seu banco' });
    (await tap(visitor, second, 'Nenhuma')).ok(202);
    const ticket = await ticketOf(visitor.name, 'closed');
    expect(await talk(ticket)).toEqual([
      { kind: 'text', text: 'Oi' },
      { kind: 'question', text: 'Como posso ajudar?' },
      { kind: 'choice', text: 'Segunda via' },
      { kind: 'question', text: 'Em que forma?' },
      { kind: 'choice', text: 'Nenhuma' },
      { kind: 'text', text: 'Até mais!' },
    ]);
    const { data } = await visitor.conversation();
    expect(data.filter(({ kind }) => kind === 'choice').map(({ option_id }) => option_id)).toEqual([first.question?.options[0]?.id, second.question?.options[3]?.id]);
  });

  it('an option of an earlier question says so, and the present one is asked again', async () => {
    const visitor = await webchat.visitor();
    (await visitor.say('Oi')).ok(202);
    const first = await asked(visitor, 1);
    (await tap(visitor, first, 'Segunda via')).ok(202);
    await asked(visitor, 2);
    (await tap(visitor, first, 'Falar com alguém')).ok(202);
    expect(await asked(visitor, 3)).toMatchObject({ text: expect.stringMatching(/^Essa opção é de uma pergunta anterior\.\n\nEm que forma\?$/) });
  });

  it('what was not offered to this visitor is only what they say', async () => {
    const [visitor, other] = [await webchat.visitor(), await webchat.visitor()];
    for (const one of [visitor, other]) (await one.say('Oi')).ok(202);
    const theirs = await asked(other, 1);
    const own = await asked(visitor, 1);
    (await tap(visitor, theirs, 'Falar com alguém', 'nada disso')).ok(202);
    await asked(visitor, 2);
    (await visitor.say('Falar com alguém', { question_id: own.id, option_id: "b1.1.1.'; DROP TABLE messages" })).ok(202);
    expect((await talk(await ticketOf(visitor.name, 'waiting'))).slice(2)).toMatchObject([
      { kind: 'text', text: 'nada disso' }, { kind: 'question' }, { kind: 'text', text: 'Falar com alguém' }, { kind: 'text' },
    ]);
    (await visitor.say('', { question_id: own.id, option_id: 'nada' })).refused(400, 'message_empty', 'text');
    (await visitor.say('', { question_id: '1', option_id: own.question?.options[0]?.id })).refused(400, 'message_empty', 'text');
    expect((await other.conversation()).data.filter(({ from }) => from === 'visitor')).toHaveLength(1);
  });
});

describe('on WhatsApp', () => {
  const interactive = ({ content }: Phone): Record<string, any> => content;

  it('few options are buttons, more are a list, and both are tapped', async () => {
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    const [buttons] = await rita.received(1);
    expect(buttons).toMatchObject({ type: 'interactive', content: { type: 'button', body: { text: 'Como posso ajudar?' } } });
    const [second] = interactive(buttons!)['action'].buttons.map(({ reply }: { reply: object }) => reply);
    expect(second).toMatchObject({ title: 'Segunda via' });
    await rita.send({ type: 'choice', message_id: buttons!.message_id, choice_id: second.id });

    const list = (await rita.received(2))[1]!;
    expect(list).toMatchObject({ content: { type: 'list', action: { button: 'Ver opções' } } });
    const rows = interactive(list)['action'].sections[0].rows;
    expect(rows.map(({ title }: { title: string }) => title)).toEqual(FORMS.map(({ label }) => label));
    await rita.send({ type: 'choice', message_id: list.message_id, choice_id: rows[1].id });
    const ticket = await ticketOf(rita.name, 'closed');
    expect((await talk(ticket)).slice(2)).toEqual([
      { kind: 'choice', text: 'Segunda via' }, { kind: 'question', text: 'Em que forma?' },
      { kind: 'choice', text: 'Linha digitável' }, { kind: 'text', text: 'Até mais!' },
    ]);
  });

  it('the number still answers, and so does the label', async () => {
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    await rita.received(1);
    await rita.say('1');
    await rita.received(2);
    await rita.say('nenhuma');
    await ticketOf(rita.name, 'closed');
  });
});

it('a question is found by what it offers', async () => {
  const visitor = await webchat.visitor();
  (await visitor.say('Oi')).ok(202);
  const { id } = await ticketOf(visitor.name, 'bot');
  await until('the words being found', async () => {
    const { data } = (await olga.get('/api/v1/search?q=%22falar%20com%20alguem%22&limit=50')).ok<{ data: { ticket: Ticket; message: Message }[] }>();
    return data.some(({ ticket, message }) => ticket.id === id && message.kind === 'question');
  });
});
