/** A conversation with a bot is looked back at beside its ticket, and in the results of its flow. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { sql } from '../http/support/database.ts';
import { aLiveFlow, type Flow, greeting } from '../http/support/flows.ts';
import { until } from '../http/support/until.ts';
import { aWebchat } from '../http/support/webchat.ts';
import { accessible } from './support/axe.ts';
import { foresee } from './support/guard.ts';
import { aScreen, DESK, HAND, PHONE } from './support/screens.ts';

let account: Account;
let flow: Flow;
let ticket: number;
let over: number;

const at = { position: { x: 0, y: 0 }, v: 1 };

beforeAll(async () => {
  account = await anAccount();
  const rafael = await account.as('rafael');
  const webchat = await aWebchat(account);
  flow = await aLiveFlow(rafael, greeting(account, {
    key: 'provedor', name: 'Provedor', start: 'oi',
    cards: [
      { ...at, id: 'oi', type: 'send_message', settings: { kind: 'text', text: 'Olá!' } },
      { ...at, id: 'assunto', position: { x: 0, y: 240 }, type: 'question', name: 'Assunto', settings: { expect: 'choice', text: 'Como posso ajudar?', options: [{ id: 'vendas', label: 'Contratar', number: 1, synonyms: [] }, { id: 'nada', label: 'Nada', number: 2, synonyms: [] }] } },
      { ...at, id: 'fim', position: { x: 0, y: 540 }, type: 'finish', settings: { reason: `reason:${account.reasons['Resolvido']}` } },
    ],
    connectors: [{ from: 'oi', outlet: 'next', to: 'assunto' }, { from: 'assunto', outlet: 'opt:vendas', to: 'fim' }, { from: 'assunto', outlet: 'opt:nada', to: 'fim' }],
  }));
  (await rafael.put('/api/v1/flow-starts', { starts: [{ kind: 'channel', flow_id: flow.id, channel_id: webchat.channel.id }] })).ok();
  const visitor = await webchat.visitor();
  const other = await webchat.visitor();
  const step = (who: { name: string }, n: number): Promise<unknown> =>
    until(`step ${n}`, async () => Number(await sql("SELECT max(r.seq) FROM flow_runs r JOIN tickets t ON t.account_id = r.account_id AND t.id = r.ticket_id WHERE t.account_id = :'a' AND t.contact_name = :'n'", { a: account.id, n: who.name })) >= n);
  (await visitor.say('Oi')).ok(202);
  (await other.say('Oi')).ok(202);
  await Promise.all([step(visitor, 1), step(other, 1)]);
  (await visitor.say('bolo de fubá')).ok(202);
  (await other.say('2')).ok(202);
  await Promise.all([step(visitor, 2), step(other, 2)]);
  [ticket, over] = (await Promise.all([visitor, other].map(({ name }) => sql("SELECT id FROM tickets WHERE account_id = :'a' AND contact_name = :'n'", { a: account.id, n: name })))).map(Number) as [number, number];
});

it('says where the bot is, shows where it came by, and what became of all', async () => {
  const page = await aScreen(account, 'rafael', `/atendimentos/${ticket}`);
  await page.getByText('Com o bot, no card Assunto').waitFor();
  await page.getByRole('button', { name: 'Ver o caminho' }).click();
  const dialog = page.getByRole('dialog', { name: 'Caminho do bot' });
  const visits = dialog.getByRole('list', { name: 'Cards visitados, em ordem' }).getByRole('listitem');
  await visits.nth(1).waitFor();
  expect(await visits.count()).toBe(2);
  await visits.nth(1).getByText('bolo de fubá').waitFor();
  await visits.nth(1).getByText('1 resposta errada').waitFor();
  await visits.nth(1).getByText('Está aqui').waitFor();
  await dialog.getByText('Mapa').click();
  await dialog.locator('.react-flow__node.walked').first().waitFor();
  await dialog.getByText('Lista').click();
  await accessible(page, 'path of a bot');
  /* The panel goes with the width; what is looked at stays. */
  await page.setViewportSize({ width: PHONE.viewport?.width ?? 390, height: 844 });
  await page.getByRole('complementary', { name: 'Dados do contato' }).waitFor({ state: 'detached' });
  await visits.nth(1).getByText('bolo de fubá').waitFor();
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.goto(new URL(`/fluxos/${flow.id}/resultados`, page.url()).href);
  const bars = page.getByRole('list', { name: 'Card a card' }).getByRole('listitem').filter({ hasText: 'Assunto' });
  await bars.getByText('2 entradas · 100% seguiram').waitFor();
  await bars.getByText(/seguiram 1 · estão aqui 1/).click();
  await bars.getByText('→ Nada: 1').waitFor();
  await accessible(page, 'results of a flow');
  await page.getByText('Tabela').click();
  await page.getByRole('row', { name: /^Assunto 2 2 1/ }).waitFor();
  const table = page.getByRole('region', { name: 'Card a card' });
  const isPulled = () => table.evaluate((region) => region.scrollWidth > region.clientWidth);
  expect(await isPulled()).toBe(false);
  await page.setViewportSize(HAND);
  await table.getByRole('row', { name: /^Assunto/ }).waitFor();
  expect(await isPulled(), 'a row is a card in the hand').toBe(false);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await accessible(page, 'results as cards', [HAND]);
});

const asTest = { name: 'Salvar como teste' };

it('makes a test of a conversation that is over, and says that it passes', async () => {
  const page = await aScreen(account, 'rafael', `/atendimentos/${over}`);
  await page.getByText('Caminho do bot').click();
  await page.getByRole('button', { name: 'Ver o caminho' }).click();
  const dialog = page.getByRole('dialog');
  const act = dialog.getByRole('button', asTest);
  await act.click();
  await page.getByRole('dialog', asTest).getByRole('button', { name: 'Voltar' }).click();
  await page.getByRole('dialog', { name: 'Caminho do bot' }).waitFor();
  expect(await act.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  const steps = dialog.getByRole('list', { name: 'Passos da conversa' }).getByRole('listitem');
  await steps.filter({ hasText: 'Como posso ajudar?' }).waitFor();
  await accessible(page, 'a conversation as a test', [DESK]);
  await dialog.getByRole('textbox', { name: 'Nome do teste' }).fill('Não quis nada');
  await dialog.getByRole('button', { name: 'Salvar no fluxo' }).click();
  await dialog.getByText('Teste salvo com o rascunho. Ele passa.').waitFor();
  await dialog.getByRole('link', { name: 'Ver os testes do fluxo' }).click();
  await page.getByRole('tab', { name: 'Testes' }).click();
  await page.getByRole('list', { name: 'Testes' }).getByText('Não quis nada').waitFor();
});

it('shows it whole on a phone too, and says why there is none', async () => {
  const page = await aScreen(account, 'rafael', `/atendimentos/${over}/contato`, PHONE);
  await page.getByText('Caminho do bot').click();
  await page.getByRole('button', { name: 'Ver o caminho' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', asTest).click();
  await dialog.getByRole('textbox', { name: 'Nome do teste' }).waitFor();
  await accessible(page, 'a conversation as a test, on a phone', [HAND]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);

  foresee(page, /409 .*\/runs\/\d+\/test/);
  await page.route('**/runs/*/test', (route) => route.fulfill({ status: 409, contentType: 'application/problem+json', json: { type: 'about:blank', title: 'Conflict', status: 409, slug: 'too_long_for_test', request_id: 'x' } }));
  await page.reload();
  await page.getByText('Caminho do bot').click();
  await page.getByRole('button', { name: 'Ver o caminho' }).click();
  await dialog.getByRole('button', asTest).click();
  await dialog.getByText('Esta conversa é longa demais para um teste.').waitFor();
  await dialog.getByRole('button', { name: 'Voltar' }).click();
  await dialog.getByRole('list', { name: 'Cards visitados, em ordem' }).waitFor();
});
