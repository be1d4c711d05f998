/** What somebody sees who has just started the demo: a bot greets on both channels, asks, and hands over to a person. */
import { beforeAll, expect, it } from 'vitest';

import type { Schemas } from '../support/answer.ts';
import { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { thread, type Ticket } from '../support/desk.ts';
import { until } from '../support/until.ts';
import { Webchat } from '../support/webchat.ts';
import { Whatsapp } from '../support/whatsapp.ts';

let rafael: Browser;
let account_id: number;
let channels: Schemas['Channel'][];

beforeAll(async () => {
  account_id = Number(await sql("SELECT id FROM accounts WHERE slug = 'rede-pinhao'"));
  rafael = new Browser({ account_id });
  (await rafael.enter('rafael@redepinhao.exemplo')).ok();
  channels = (await rafael.get('/api/v1/channels')).ok<{ data: Schemas['Channel'][] }>().data;
});

const demos = (kind: Schemas['Channel']['kind']): Schemas['Channel'] => {
  const channel = channels.find((one) => one.kind === kind && new URL(one.hook_url).pathname.includes('demo-'));
  if (!channel) throw new Error(`the demo has no ${kind}`);
  return channel;
};

async function ticketOf(name: string, state: string): Promise<Ticket> {
  const id = await until(`a ticket of ${name} is ${state}`, async () => Number(await sql("SELECT id FROM tickets WHERE account_id = :'a' AND contact_name = :'n' AND state = :'s'", { a: account_id, n: name, s: state })) || undefined);
  return (await rafael.get(`/api/v1/tickets/${id}`)).ok<Ticket>();
}

const said = (ticket: Ticket, count: number): Promise<string[]> =>
  until(`${count} messages of the bot`, async () => {
    const texts = (await thread(rafael, ticket.id)).filter(({ direction }) => direction === 'out').map(({ text }) => text);
    return texts.length >= count ? texts : undefined;
  });

const KINDS = ['whatsapp_cloud', 'webchat'] as const;
const CONSENT = /^Olá! Aqui é a Rede Pinhão\..*Política de privacidade: https:\/\/redepinhao\.exemplo\/privacidade\..*Podemos continuar\?/s;

it.each(KINDS)('on %s it asks whether it may, greets with the protocol, shows the menu, and calls the team', async (kind) => {
  const who = kind === 'webchat' ? await new Webchat(demos(kind), '').visitor() : await new Whatsapp(demos(kind), '').customer();
  await who.say('Oi');
  const ticket = await ticketOf(who.name, 'bot');
  expect((await said(ticket, 1))[0]).toMatch(CONSENT);
  await who.say('sim');
  const [, hello, menu] = await said(ticket, 3);
  expect(hello).toMatch(/^(Bom dia|Boa tarde|Boa noite), \S+! Sou a assistente virtual da \*?Rede Pinhão\*?\. Seu protocolo é [\d-]+\.$/);
  expect(hello).toContain(ticket.protocol);
  expect(menu).toMatch(/^Como posso ajudar\?/);
  await who.say('falar com a equipe');
  const waiting = await ticketOf(who.name, 'waiting');
  expect((await said(waiting, 4))[3]).toMatch(/^Vou passar você para Suporte Geral\./);
  expect((await thread(rafael, waiting.id)).find(({ direction }) => direction === 'note')?.text).toContain('Assunto: Falar com a equipe');
});

it('keeps its conversations and its opinion of itself in order: nothing to mend, and one version', async () => {
  const flows = (await rafael.get('/api/v1/flows')).ok<{ data: Schemas['Flow'][] }>().data;
  expect(flows).toMatchObject([{ key: 'recepcao', name: 'Recepção', is_enabled: true, start_count: 2, live: { number: 1 }, draft: { error_count: 0, warning_count: 0 } }]);
});
