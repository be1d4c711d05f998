/** Templates of a WhatsApp account: read from the network, sent by a flow and by people, answered by a tap. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { take, thread, type Ticket } from '../support/desk.ts';
import { aPdf, aPng } from '../support/files.ts';
import { aLiveFlow, type Document, greeting } from '../support/flows.ts';
import { lab } from '../support/lab.ts';
import { until } from '../support/until.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../support/whatsapp.ts';

type Template = Schemas['Template'];
type Listed = { data: Template[]; books: Schemas['TemplateBook'][] };

let account: Account;
let olga: Browser;
let rafael: Browser;
let whatsapp: Whatsapp;

const list = async (query = ''): Promise<Listed> =>
  (await rafael.get(`/api/v1/templates?channel_id=${whatsapp.id}${query}`)).ok<Listed>();
const named = (name: string, is: (one: Template) => boolean = () => true): Promise<Template> =>
  until(`a template ${name}`, async () => (await list()).data.find((one) => one.name === name && is(one)));

const waba = (): string => whatsapp.channel.settings.waba_id ?? '';
const review = async (name: string, event: string): Promise<void> => {
  const { data } = await lab<{ data: { id: string; name: string }[] }>('GET', `/templates/${waba()}`);
  const { id } = data.find((one) => one.name === name) ?? { id: '' };
  await lab('POST', `/templates/${waba()}/${id}/review`, { event });
};

beforeAll(async () => {
  account = await anAccount();
  [olga, rafael] = await Promise.all([account.as('olga'), account.as('rafael')]);
  whatsapp = await aWhatsapp(account);
  (await rafael.post(`/api/v1/channels/${whatsapp.id}/templates`)).ok(202);
  await named('retomar_conversa');
});

describe('the book', () => {
  it('holds what the network approved, with its variables and what keeps one from being sent', async () => {
    const { data, books } = await list();
    expect(data.map(({ name, status, unfit }) => [name, status, unfit])).toEqual([
      ['codigo_acesso', 'approved', 'template_of_codes'],
      ['lembrete_fatura', 'approved', null],
      ['oferta_do_dia', 'approved', null],
      ['retomar_conversa', 'approved', null],
      ['segunda_via', 'approved', null],
      ['visita_marcada', 'approved', null],
    ]);
    expect(data[1]?.shape.variables.map(({ name }) => name)).toEqual(['header.mes', 'nome', 'valor', 'data', 'button.1']);
    expect(data[3]).toMatchObject({ language: 'pt_BR', channel_ids: [whatsapp.id], flow_count: 0, gone_at: null });
    expect(books).toMatchObject([{ waba_id: waba(), why: null }]);
    expect(books[0]?.read_at).not.toBeNull();
    expect(data[4]?.shape.header).toEqual({ kind: 'document', text: '' });
    expect((await list('&status=sendable')).data.map(({ name }) => name)).toEqual(['lembrete_fatura', 'oferta_do_dia', 'retomar_conversa', 'segunda_via', 'visita_marcada']);
    expect((await list('&q=FATURA')).data.map(({ name }) => name)).toEqual(['lembrete_fatura']);
  });

  it('follows what the network says of it', async () => {
    await review('lembrete_fatura', 'PAUSED');
    expect(await named('lembrete_fatura', ({ status }) => status === 'paused')).toMatchObject({ unfit: 'template_paused', quality: 'red' });
    await review('lembrete_fatura', 'APPROVED');
    await named('lembrete_fatura', ({ status }) => status === 'approved');
  });

  it('says why it could not be read, and keeps what it has', async () => {
    const other = await aWhatsapp(account);
    (await rafael.put(`/api/v1/channels/${other.id}/secrets`, { access_token: 'a-token-of-nobody' })).ok();
    (await rafael.post(`/api/v1/channels/${other.id}/templates`)).ok(202);
    const books = await until('a reading that failed', async () => {
      const { books: told } = (await rafael.get(`/api/v1/templates?channel_id=${other.id}`)).ok<Listed>();
      return told[0]?.why ? told : undefined;
    });
    expect(books).toMatchObject([{ why: 'token_invalid', read_at: null }]);
  });

  it('is read by who may, and of a channel that has one', async () => {
    const ana = await account.as('ana');
    (await ana.post(`/api/v1/channels/${whatsapp.id}/templates`)).refused(403, 'permission_denied');
    (await ana.get('/api/v1/templates')).ok();
    const site = await sql("INSERT INTO channels (account_id, kind, name, department_id, hook_token, public_key, state) SELECT account_id, 'webchat', 'Site', department_id, :'k', :'k', 'connected' FROM channels WHERE id = :'c' RETURNING id", { c: whatsapp.id, k: randomUUID() });
    (await rafael.post(`/api/v1/channels/${site}/templates`)).refused(409, 'templates_unsupported');
    (await rafael.get('/api/v1/templates/999999999')).refused(404, 'not_found');
  });
});

/** What the template of these tests says on the phone of whoever is called Rita. */
const ASKED = 'Olá, Rita. Podemos continuar a nossa conversa?';

const said = async ({ id }: Ticket) => (await thread(olga, id)).filter(({ direction }) => direction === 'in');

describe('in a flow', () => {
  let template: Template;

  const asking = (settings: object = {}): Document =>
    greeting(account, {
      key: 'retomada', name: 'Retomada', channels: ['whatsapp'], start: 'modelo',
      cards: [
        {
          id: 'modelo', type: 'interactive_template', v: 1, position: { x: 0, y: 0 },
          settings: {
            template: `template:${template.id}`, params: [{ name: '1', value: '{{contact.first_name}}' }],
            options: [{ id: 'sim', label: 'Podemos', number: 1 }, { id: 'nao', label: 'Agora não', number: 2 }], ...settings,
          },
        },
        { id: 'para', type: 'transfer', v: 1, position: { x: 0, y: 160 }, settings: { target: 'department', department: `department:${account.departments['Vendas']}`, hours: 'ignore' } },
        { id: 'fim', type: 'finish', v: 1, position: { x: 0, y: 160 }, settings: { reason: `reason:${account.reasons['Resolvido']}`, message: 'Combinado, até amanhã!' } },
      ],
      connectors: [
        { from: 'modelo', outlet: 'opt:sim', to: 'para' }, { from: 'modelo', outlet: 'opt:nao', to: 'fim' },
        { from: 'modelo', outlet: 'other', to: 'para' }, { from: 'modelo', outlet: 'failed', to: 'para' },
      ],
    });

  const ticketOf = async ({ name }: Customer, state: string): Promise<Ticket> => {
    const id = await until(`a ticket of ${name} is ${state}`, async () => Number(await sql("SELECT t.id FROM tickets t WHERE t.account_id = :'a' AND t.contact_name = :'n' AND t.state = :'s' ORDER BY t.id DESC LIMIT 1", { a: account.id, n: name, s: state })) || undefined);
    return (await olga.get(`/api/v1/tickets/${id}`)).ok<Ticket>();
  };

  beforeAll(async () => {
    template = await named('retomar_conversa');
    const flow = await aLiveFlow(rafael, asking());
    (await rafael.put('/api/v1/flow-starts', { starts: [{ kind: 'channel', flow_id: flow.id, channel_id: whatsapp.id }] })).ok();
  });

  it('is known by whom it is named, and refused where it is named wrongly', async () => {
    expect((await rafael.get(`/api/v1/templates/${template.id}`)).ok<{ flows: object[] }>().flows).toMatchObject([{ key: 'retomada' }]);
    const codes = async (settings: object): Promise<string[]> => {
      const made = (await rafael.post('/api/v1/flows', { document: { ...asking(settings), key: `r${randomUUID().slice(0, 8)}` } })).ok<{ id: number }>(201);
      const { findings } = (await rafael.get(`/api/v1/flows/${made.id}/findings`)).ok<{ findings: { code: string; severity: string }[] }>();
      return findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    };
    expect(await codes({})).toEqual([]);
    expect(await codes({ params: [] })).toEqual(['L208']);
    expect(await codes({ template: `template:${(await named('segunda_via')).id}`, params: [] })).toEqual(['L208']);
    expect(await codes({ template: 'template:999999999' })).toEqual(['L401']);
  });

  it('is a real template on the phone, and its button leads on', async () => {
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    const [shown] = await rita.received(1);
    expect(shown).toMatchObject({
      type: 'template',
      content: { name: 'retomar_conversa', body: { text: 'Olá, Rita. Podemos continuar a nossa conversa?' }, buttons: [{ type: 'quick_reply', text: 'Podemos', payload: 't1.retomada.modelo.sim' }, { text: 'Agora não' }] },
    });
    const ticket = await ticketOf(rita, 'bot');
    expect((await thread(olga, ticket.id)).find(({ kind }) => kind === 'template')).toMatchObject({
      direction: 'out', author_kind: 'bot', text: 'Olá, Rita. Podemos continuar a nossa conversa?', detail: { name: 'retomar_conversa', options: [{ label: 'Podemos' }, { label: 'Agora não' }] },
    });
    await until('the question is asked', async () => (await sql("SELECT 1 FROM flow_runs WHERE account_id = :'a' AND ticket_id = :'t' AND phase = 'asking'", { a: account.id, t: ticket.id })) || undefined);
    await rita.send({ type: 'choice', message_id: shown?.message_id ?? '', choice_id: 't1.retomada.modelo.nao' });
    expect((await rita.texts(2))[1]).toBe('Combinado, até amanhã!');
    const closed = await ticketOf(rita, 'closed');

    /* Days later the same button, of the same message: where that answer leads. */
    await rita.send({ type: 'choice', message_id: shown?.message_id ?? '', choice_id: 't1.retomada.modelo.sim' });
    const again = await ticketOf(rita, 'waiting');
    expect(again.id).not.toBe(closed.id);
    expect(again.department_id).toBe(account.departments['Vendas']);
    expect((await said(again)).at(-1)).toMatchObject({ kind: 'choice', text: 'Podemos', detail: { quoted: { ticket_id: ticket.id } } });
    expect(await sql("SELECT cause FROM flow_runs WHERE account_id = :'a' AND ticket_id = :'t'", { a: account.id, t: again.id })).toBe('template_reply');
  });

  /** It asked, was answered, and said goodbye. */
  async function over(): Promise<{ rita: Customer; shown: string; ticket: Ticket }> {
    const rita = await whatsapp.customer();
    await rita.say('Oi');
    const [message] = await rita.received(1);
    const { id } = await ticketOf(rita, 'bot');
    await until('the question is asked', async () => (await sql("SELECT 1 FROM flow_runs WHERE account_id = :'a' AND ticket_id = :'t' AND phase = 'asking'", { a: account.id, t: id })) || undefined);
    await rita.say('Agora não');
    await rita.texts(2);
    return { rita, shown: message?.message_id ?? '', ticket: await ticketOf(rita, 'closed') };
  }

  it('where the flow speaks no more a tap is its words, under what it answers', async () => {
    const { rita, shown, ticket } = await over();
    await sql("UPDATE flows SET is_enabled = false WHERE account_id = :'a' AND key = 'retomada'", { a: account.id });
    await rita.send({ type: 'choice', message_id: shown, choice_id: 't1.retomada.modelo.sim' });
    const again = await ticketOf(rita, 'waiting');
    const words = (await said(again)).at(-1);
    expect(words).toMatchObject({ kind: 'choice', text: 'Podemos', quoted_seq: null });
    expect(words?.detail).toMatchObject({ quoted: { ticket_id: ticket.id, seq: (await thread(olga, ticket.id)).find(({ kind }) => kind === 'template')?.seq } });
    expect(await sql("SELECT count(*) FROM flow_runs WHERE account_id = :'a' AND ticket_id = :'t'", { a: account.id, t: again.id })).toBe('0');
    await sql("UPDATE flows SET is_enabled = true WHERE account_id = :'a' AND key = 'retomada'", { a: account.id });
  });

  it('where a person serves them meanwhile a tap is what they say, to that person', async () => {
    const { rita, shown } = await over();
    await rita.send({ type: 'text', text: { body: 'Quero falar com alguém' } });
    const ticket = await ticketOf(rita, 'bot');
    await until('the second one is there', async () => (await rita.received(3)).length === 3);
    await until('it is asked again', async () => (await sql("SELECT 1 FROM flow_runs WHERE account_id = :'a' AND ticket_id = :'t' AND phase = 'asking'", { a: account.id, t: ticket.id })) || undefined);
    await rita.say('Não sei');
    await take(olga, (await ticketOf(rita, 'waiting')).id);
    await rita.send({ type: 'choice', message_id: shown, choice_id: 't1.retomada.modelo.nao' });
    await until('it is heard', async () => (await said(ticket)).some(({ text }) => text === 'Agora não'));
    expect((await said(ticket)).at(-1)).toMatchObject({ kind: 'choice', text: 'Agora não', detail: { quoted: { seq: expect.any(Number) as number } } });
    expect(await ticketOf(rita, 'serving')).toMatchObject({ id: ticket.id });
  });

  it('what few may read, and what was sent to somebody else, is quoted to nobody', async () => {
    const [{ rita, shown, ticket }, other] = [await over(), await over()];
    await sql("UPDATE tickets SET is_confidential = true WHERE account_id = :'a' AND id = :'t'", { a: account.id, t: ticket.id });
    await rita.send({ type: 'choice', message_id: shown, choice_id: 't1.retomada.modelo.sim' });
    const open = (await said(await ticketOf(rita, 'waiting'))).at(-1);
    expect(open).toMatchObject({ kind: 'choice', text: 'Podemos' });
    expect(open?.detail).not.toHaveProperty('quoted');
    await rita.send({ type: 'button', context: { id: other.shown }, button: { payload: 't1.retomada.modelo.sim', text: 'Podemos' } });
    await until('both are heard', async () => (await said(await ticketOf(rita, 'waiting'))).filter(({ text }) => text === 'Podemos').length === 2);
    expect((await said(await ticketOf(rita, 'waiting'))).at(-1)?.detail).toBeNull();
  });

  it('is read by nobody through its answer who does not see where it was said', async () => {
    const { rita, shown, ticket } = await over();
    await rita.send({ type: 'choice', message_id: shown, choice_id: 't1.retomada.modelo.sim' });
    const again = await ticketOf(rita, 'waiting');
    await sql("UPDATE tickets SET department_id = :'d' WHERE account_id = :'a' AND id = :'t'", { a: account.id, t: ticket.id, d: account.departments['Antigo'] ?? 0 });
    const ana = await account.as('ana');
    const answer = (await thread(ana, again.id)).find(({ kind }) => kind === 'choice');
    const { seq } = (answer?.detail as { quoted: { seq: number } }).quoted;
    expect(answer).toMatchObject({ text: 'Podemos', detail: { quoted: { ticket_id: ticket.id } } });
    expect(JSON.stringify(answer)).not.toContain('nossa conversa');
    expect(await sql("SELECT count(*) FROM account_event WHERE account_id = :'a' AND payload::jsonb -> 'message' -> 'detail' ->> 'quoted' LIKE '%nossa conversa%'", { a: account.id })).toBe('0');
    const place = `/api/v1/tickets/${ticket.id}/messages?after=${seq - 1}&limit=1`;
    (await ana.get(place)).refused(404, 'not_found');
    expect((await olga.get(place)).ok<{ data: Schemas['Message'][] }>().data).toMatchObject([{ seq, kind: 'template', text: ASKED }]);
  });

  it('that takes a file is refused without one, and on the phone with it', async () => {
    const bill = await named('segunda_via');
    const media = await rafael.ask('PUT', '/api/v1/flow-media/uploads?filename=boleto.pdf', aPdf(randomUUID()), { 'Content-Type': 'application/pdf' });
    const file = `file:${media.ok<Schemas['FlowMedia']>(201).sha256}`;
    const billing = (settings: object): Document => ({
      ...asking({ template: `template:${bill.id}`, params: [], options: [{ id: 'sim', label: 'Recebi', number: 1 }, { id: 'nao', label: 'Preciso de ajuda', number: 2 }], ...settings }),
      key: `f${randomUUID().slice(0, 8)}`,
    });
    const codes = async (settings: object): Promise<string[]> => {
      const made = (await rafael.post('/api/v1/flows', { document: billing(settings) })).ok<{ id: number }>(201);
      const { findings } = (await rafael.get(`/api/v1/flows/${made.id}/findings`)).ok<{ findings: { code: string; severity: string }[] }>();
      return findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    };
    expect(await codes({})).toEqual(['L208']);
    expect(await codes({ file })).toEqual([]);
    const flow = await aLiveFlow(rafael, billing({ file }));
    const { starts } = (await rafael.get('/api/v1/flow-starts')).ok<{ starts: { kind: string; flow_id: number; channel_id: number }[] }>();
    const others = starts.map(({ kind, flow_id, channel_id }) => ({ kind, flow_id, channel_id }));
    (await rafael.put('/api/v1/flow-starts', { starts: [...others, { kind: 'first_text', flow_id: flow.id, channel_id: whatsapp.id, first_text: 'boleto' }] })).ok();
    const rita = await whatsapp.customer();
    await rita.say('boleto');
    const [shown] = await rita.received(1);
    expect(shown).toMatchObject({ type: 'template', content: { name: 'segunda_via', header: { type: 'document', document: { filename: 'boleto.pdf' } }, body: { text: 'Segue a segunda via que você pediu.' } } });
    const ticket = await ticketOf(rita, 'bot');
    expect((await thread(olga, ticket.id)).find(({ kind }) => kind === 'template')).toMatchObject({ detail: { file: 'document' }, attachments: [{ filename: 'boleto.pdf', mime: 'application/pdf' }] });
  });

  it('with a code is not published, nor sent by anybody', async () => {
    const code = await named('codigo_acesso');
    const document = { ...asking({ template: `template:${code.id}`, params: [], options: [{ id: 'ok', label: 'Ok', number: 1 }] }), key: `f${randomUUID().slice(0, 8)}` };
    const made = (await rafael.post('/api/v1/flows', { document })).ok<{ id: number }>(201);
    const { findings } = (await rafael.get(`/api/v1/flows/${made.id}/findings`)).ok<{ findings: { code: string; severity: string; message: string }[] }>();
    expect(findings.find(({ code: of }) => of === 'L208')).toMatchObject({ severity: 'error', message: expect.stringContaining('código de acesso') as string });
    const rita = await whatsapp.customer();
    const wish = { client_key: randomUUID(), channel_id: whatsapp.id, phone: `+${rita.wa_id}`, name: rita.name, template_id: code.id, params: [{ name: '1', value: '1234' }] };
    (await olga.post('/api/v1/tickets', wish)).refused(409, 'template_of_codes', 'template_id');
  });

  it('with a place on the map is published with it, and with no file', async () => {
    const visit = await named('visita_marcada');
    const params = [
      { name: 'header.latitude', value: '-23.5' }, { name: 'header.longitude', value: '-46.625' },
      { name: 'header.name', value: '{{company.name}}' }, { name: 'header.address', value: 'Rua A, 1' }, { name: '1', value: '{{contact.first_name}}' },
    ];
    const refusals = async (settings: object): Promise<string[]> => {
      const document = { ...asking({ template: `template:${visit.id}`, options: [{ id: 'sim', label: 'Vou', number: 1 }, { id: 'nao', label: 'Não vou', number: 2 }], ...settings }), key: `f${randomUUID().slice(0, 8)}` };
      const made = (await rafael.post('/api/v1/flows', { document })).ok<{ id: number }>(201);
      return (await rafael.get(`/api/v1/flows/${made.id}/findings`)).ok<{ findings: { code: string; severity: string }[] }>().findings.flatMap(({ code, severity }) => (severity === 'error' ? [code] : []));
    };
    expect(await refusals({ params })).toEqual([]);
    expect(await refusals({ params: params.slice(1) })).toEqual(['L208']);
    const media = await rafael.ask('PUT', '/api/v1/flow-media/uploads?filename=mapa.pdf', aPdf(randomUUID()), { 'Content-Type': 'application/pdf' });
    expect(await refusals({ params, file: `file:${media.ok<Schemas['FlowMedia']>(201).sha256}` })).toEqual(['L208']);
  });

  it('leaves by the other way when the network refuses it', async () => {
    const rita = await whatsapp.customer();
    await whatsapp.faults({ refuse_next: { code: 132001, mode: 'sync' } });
    await rita.say('Oi');
    const ticket = await ticketOf(rita, 'waiting');
    expect((await thread(olga, ticket.id)).find(({ kind }) => kind === 'template')).toMatchObject({ state: 'failed', error_slug: 'template_unknown', error_code: 'WA-132001' });
    await whatsapp.faults({});
  });
});

/** Begun by a template; the customer has not answered. */
async function begun(rita: Customer): Promise<Ticket> {
  const { id: template_id } = await named('retomar_conversa');
  const body = { client_key: randomUUID(), channel_id: whatsapp.id, phone: `+${rita.wa_id}`, name: rita.name, template_id, params: [{ name: '1', value: 'Rita' }] };
  const ticket = (await olga.post('/api/v1/tickets', body)).ok<Ticket>(201);
  await rita.received(1);
  return ticket;
}

describe('by a person', () => {
  it('begins a conversation with whoever did not write today', async () => {
    const template = await named('retomar_conversa');
    const rita = await whatsapp.customer();
    const wish = { channel_id: whatsapp.id, phone: `+${rita.wa_id}`, name: rita.name };
    (await olga.post('/api/v1/tickets', { ...wish, client_key: randomUUID(), text: 'Oi' })).refused(409, 'template_needed', 'channel_id');
    (await olga.post('/api/v1/tickets', { ...wish, client_key: randomUUID(), template_id: template.id })).refused(400, 'template_parameters', 'params');
    (await olga.post('/api/v1/tickets', { ...wish, client_key: randomUUID(), template_id: 999_999_999 })).refused(404, 'template_unknown', 'template_id');
    const params = [{ name: '1', value: 'Rita' }];
    (await olga.post('/api/v1/tickets', { ...wish, client_key: randomUUID(), template_id: template.id, params, text: 'Oi' })).refused(400, 'text_and_template', 'text');
    const ticket = (await olga.post('/api/v1/tickets', { ...wish, client_key: randomUUID(), template_id: template.id, params })).ok<Ticket>(201);
    expect(ticket).toMatchObject({ state: 'serving' });
    expect((await rita.received(1))[0]).toMatchObject({ type: 'template', content: { body: { text: 'Olá, Rita. Podemos continuar a nossa conversa?' } } });
    expect((await thread(olga, ticket.id)).find(({ kind }) => kind === 'template')).toMatchObject({ author_kind: 'member' });
    /* They wrote nothing yet: the window is not open. */
    (await olga.post(`/api/v1/tickets/${ticket.id}/messages`, { client_key: randomUUID(), mode: 'reply', text: 'Oi' })).refused(409, 'window_closed');
  });

  it('reaches whoever is being served and whose window is closed, once for each key', async () => {
    const template = await named('retomar_conversa');
    const rita = await whatsapp.customer();
    const { id } = await begun(rita);
    const say = (body: object, client_key = randomUUID()) => olga.post(`/api/v1/tickets/${id}/messages`, { client_key, mode: 'reply', ...body });
    const params = [{ name: '1', value: 'Rita' }];
    (await say({ text: 'Oi' })).refused(409, 'window_closed');
    (await say({ template_id: template.id })).refused(400, 'template_parameters', 'params');
    (await say({ template_id: template.id, params: 'Rita' })).refused(400, 'wrong_type', 'params');
    (await say({ template_id: template.id, params, text: 'Oi' })).refused(400, 'text_and_template', 'text');
    (await say({ template_id: template.id, params, mode: 'whisper' })).refused(400, 'text_and_template', 'text');
    (await say({ template_id: 999_999_999, params })).refused(404, 'template_unknown', 'template_id');

    const key = randomUUID();
    const said = (await say({ template_id: template.id, params }, key)).ok<Schemas['Message']>(201);
    expect(said).toMatchObject({ kind: 'template', author_kind: 'member', text: 'Olá, Rita. Podemos continuar a nossa conversa?' });
    expect((await say({ template_id: template.id, params }, key)).ok<Schemas['Message']>(200).seq).toBe(said.seq);
    expect((await rita.received(2))[1]).toMatchObject({ type: 'template', content: { body: { text: 'Olá, Rita. Podemos continuar a nossa conversa?' } } });
    expect((await thread(olga, id)).filter(({ kind }) => kind === 'template')).toHaveLength(2);
  });

  it('takes the file of its header along, and no other', async () => {
    const [bill, plain] = [await named('segunda_via'), await named('retomar_conversa')];
    const rita = await whatsapp.customer();
    const { id } = await begun(rita);
    const say = (body: object) => olga.post(`/api/v1/tickets/${id}/messages`, { client_key: randomUUID(), mode: 'reply', ...body });
    const file = async (name: string, type: string, bytes: Buffer): Promise<number> => (await olga.upload(name, type, bytes)).ok<{ id: number }>(201).id;
    (await say({ template_id: bill.id })).refused(400, 'template_needs_file', 'attachment_id');
    const png = await file('foto.png', 'image/png', aPng(randomUUID()));
    (await say({ template_id: plain.id, params: [{ name: '1', value: 'Rita' }], attachment_id: png })).refused(400, 'template_takes_no_file', 'attachment_id');
    (await say({ template_id: bill.id, attachment_id: 999_999_999 })).refused(404, 'attachment_unknown', 'attachment_id');
    const paper = await file('maio.pdf', 'application/pdf', aPdf(randomUUID()));
    expect((await say({ template_id: bill.id, attachment_id: paper })).ok<Schemas['Message']>(201)).toMatchObject({ kind: 'template', attachments: [{ id: paper }], detail: { file: 'document' } });
    expect((await rita.received(2))[1]).toMatchObject({ type: 'template', content: { header: { type: 'document', document: { filename: 'maio.pdf' } } } });
    (await say({ template_id: bill.id, attachment_id: paper })).refused(404, 'attachment_unknown', 'attachment_id');
  });

  it('begins a conversation with the file of its header, and with no other', async () => {
    const [bill, plain] = [await named('segunda_via'), await named('retomar_conversa')];
    const rita = await whatsapp.customer();
    const begin = (body: object, client_key = randomUUID()) => olga.post('/api/v1/tickets', { client_key, channel_id: whatsapp.id, phone: `+${rita.wa_id}`, name: rita.name, ...body });
    const file = async (name: string, type: string, bytes: Buffer): Promise<number> => (await olga.upload(name, type, bytes)).ok<{ id: number }>(201).id;
    const [paper, png] = [await file('maio.pdf', 'application/pdf', aPdf(randomUUID())), await file('foto.png', 'image/png', aPng(randomUUID()))];
    const strangers = (await rafael.upload('dele.pdf', 'application/pdf', aPdf(randomUUID()))).ok<{ id: number }>(201).id;
    (await begin({ template_id: bill.id })).refused(400, 'template_needs_file', 'attachment_id');
    (await begin({ template_id: plain.id, params: [{ name: '1', value: 'Rita' }], attachment_id: png })).refused(400, 'template_takes_no_file', 'attachment_id');
    (await begin({ attachment_id: png })).refused(400, 'required', 'template_id');
    for (const attachment_id of [999_999_999, strangers]) (await begin({ template_id: bill.id, attachment_id })).refused(404, 'attachment_unknown', 'attachment_id');
    (await begin({ template_id: bill.id, attachment_id: 'maio.pdf' })).refused(400, 'wrong_type', 'attachment_id');
    expect(await rita.received(0)).toEqual([]);

    const key = randomUUID();
    const ticket = (await begin({ template_id: bill.id, attachment_id: paper }, key)).ok<Ticket>(201);
    expect((await begin({ template_id: bill.id, attachment_id: paper }, key)).ok<Ticket>(200).id).toBe(ticket.id);
    expect((await rita.received(1))[0]).toMatchObject({ type: 'template', content: { name: 'segunda_via', header: { type: 'document', document: { filename: 'maio.pdf' } } } });
    expect((await thread(olga, ticket.id)).filter(({ kind }) => kind === 'template')).toMatchObject([{ author_kind: 'member', attachments: [{ id: paper, mime: 'application/pdf' }], detail: { file: 'document' } }]);
    expect((await olga.get(`/media/${paper}?account=${account.id}`)).status).toBe(200);
  });

  it('shows a place on the map as its header, and none that is nowhere', async () => {
    const visit = await named('visita_marcada');
    expect(visit.shape.variables.map(({ name }) => name)).toEqual(['header.latitude', 'header.longitude', 'header.name', 'header.address', '1']);
    const rita = await whatsapp.customer();
    const at = (latitude: string, longitude: string) => [
      { name: 'header.latitude', value: latitude }, { name: 'header.longitude', value: longitude },
      { name: 'header.name', value: 'Loja' }, { name: 'header.address', value: 'Rua A, 1' }, { name: '1', value: 'Rita' },
    ];
    const begin = (params: object[]) => olga.post('/api/v1/tickets', { client_key: randomUUID(), channel_id: whatsapp.id, phone: `+${rita.wa_id}`, name: rita.name, template_id: visit.id, params });
    for (const [latitude, longitude] of [['91', '0'], ['0', '-180.1'], ['-23,5', '0'], ['"1"', '0'], ['aqui', 'ali'], ['', '0']] as const) (await begin(at(latitude, longitude))).refused(400, 'template_parameters', 'params');
    (await begin(at('-23.5', '-46.625').slice(0, 2))).refused(400, 'template_parameters', 'params');
    const ticket = (await begin(at('-23.5', '-46.625'))).ok<Ticket>(201);
    expect((await rita.received(1))[0]).toMatchObject({ type: 'template', content: { header: { type: 'location', location: { latitude: -23.5, longitude: -46.625, name: 'Loja', address: 'Rua A, 1' } }, body: { text: 'Esperamos você, Rita.' } } });
    expect((await thread(olga, ticket.id)).find(({ kind }) => kind === 'template')).toMatchObject({ text: 'Loja\nRua A, 1\n\nEsperamos você, Rita.', attachments: [] });
  });

  it('that failed goes again, whatever the window', async () => {
    const template = await named('retomar_conversa');
    const rita = await whatsapp.customer();
    const { id } = await begun(rita);
    await whatsapp.faults({ refuse_next: { code: 132001, mode: 'sync' } });
    const body = { client_key: randomUUID(), mode: 'reply', template_id: template.id, params: [{ name: '1', value: 'Rita' }] };
    const { seq } = (await olga.post(`/api/v1/tickets/${id}/messages`, body)).ok<Schemas['Message']>(201);
    await until('it failed', async () => (await thread(olga, id)).some((one) => one.seq === seq && one.state === 'failed'));
    await whatsapp.faults({});
    (await olga.post(`/api/v1/tickets/${id}/messages/${seq}/retry`)).ok();
    expect((await rita.received(2))[1]).toMatchObject({ type: 'template' });
  });
});
