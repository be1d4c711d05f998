/** Somebody on a site asks, and somebody at the counter answers. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import type { Schemas } from '../http/support/answer.ts';
import { aPdf, aPng } from '../http/support/files.ts';
import { aLiveFlow, greeting } from '../http/support/flows.ts';
import { accessible } from './support/axe.ts';
import { pick } from './support/files.ts';
import { foresee } from './support/guard.ts';
import { bubble as ours, field, head, log, notice, open, row, rowSaying, said, write } from './support/inbox.ts';
import { aScreen, DESK, HAND } from './support/screens.ts';
import { aVisitor, aWebchat, balloon, bubble, chat, chatField, openChat, panel, siteOf, tell } from './support/webchat.ts';

let account: Account;
let channel: Schemas['Channel'];

beforeAll(async () => {
  account = await anAccount();
  channel = await aWebchat(account);
});

it('the bubble opens and closes by keyboard, and both are usable by everybody', async () => {
  const visitor = await aVisitor(channel);
  await accessible(visitor, 'a site with the bubble');
  await bubble(visitor).focus();
  await visitor.keyboard.press('Enter');
  await chat(visitor).getByText('Olá! Como podemos ajudar?').waitFor();
  await expect.poll(() => chatField(visitor).evaluate((one) => one.getRootNode() instanceof ShadowRoot && (one.getRootNode() as ShadowRoot).activeElement === one)).toBe(true);
  await accessible(visitor, 'the open chat');
  await visitor.keyboard.press('Escape');
  await panel(visitor).waitFor({ state: 'detached' });
  await bubble(visitor).waitFor();
});

it('asks what the account wants to know, says what is missing, and the name reaches the counter', async () => {
  const asking = await aWebchat(account, { prechat: [{ name: 'name', required: true }, { name: 'email', required: false }] });
  const visitor = await aVisitor(asking);
  await bubble(visitor).click();
  await visitor.getByRole('button', { name: 'Começar a conversa' }).click();
  await visitor.getByText('Escreva seu nome.').waitFor();
  await visitor.getByLabel('E-mail').fill('não é um e-mail');
  await visitor.getByLabel('Nome').fill('Joana Prado');
  await visitor.getByText('Confira o e-mail. Um exemplo: ana@empresa.com.br').waitFor();
  await accessible(visitor, 'the form before the chat, with a fault');
  await visitor.getByLabel('E-mail').fill('joana@exemplo.com.br');
  await visitor.getByRole('button', { name: 'Começar a conversa' }).click();
  await tell(visitor, 'Vocês atendem em Xaxim?');

  const ana = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await open(ana, 'Joana Prado');
  await said(ana, 'Vocês atendem em Xaxim?').waitFor();
  await ana.getByRole('complementary', { name: 'Dados do contato' }).getByText('joana@exemplo.com.br').waitFor();
});

it('both write, each sees the other at once, files go both ways, and the history is there after a reload', async () => {
  const visitor = await aVisitor(channel);
  await bubble(visitor).click();
  await tell(visitor, 'Qual o prazo de instalação?');
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await row(ana, 'Visitante', 'Chat do site').first().click();
  await said(ana, 'Qual o prazo de instalação?').waitFor();
  await head(ana, 'Assumir').click();

  await field(ana).pressSequentially('Dois');
  await visitor.getByRole('status').getByText('Digitando').waitFor({ state: 'attached' });
  await write(ana, 'Dois dias úteis');
  await balloon(visitor, 'Dois dias úteis').getByText(/Ana/).first().waitFor();
  await ours(ana, 'Dois dias úteis').getByText('lida', { exact: true }).waitFor({ state: 'attached' });

  await chatField(visitor).pressSequentially('Certo');
  await notice(ana, 'está digitando').waitFor();
  await pick(visitor.getByRole('button', { name: 'Anexar arquivo' }), { name: 'fachada.png', mimeType: 'image/png', buffer: aPng('fachada') });
  await visitor.getByRole('list', { name: 'Arquivos para enviar' }).getByText('fachada.png').waitFor();
  await visitor.getByRole('button', { name: 'Enviar', exact: true }).click();
  await log(ana).getByRole('button', { name: 'Abrir fachada.png' }).waitFor();
  await said(ana, 'Certo').waitFor();

  await pick(ana.getByRole('button', { name: 'Anexar' }), { name: 'contrato.pdf', mimeType: 'application/pdf', buffer: aPdf('contrato') });
  await ana.getByText(/^Pronto/).waitFor();
  await ana.getByRole('button', { name: 'Enviar' }).click();
  const contract = chat(visitor).getByRole('link', { name: /contrato\.pdf/ });
  await contract.waitFor();
  const bytes = await visitor.context().request.get(await contract.evaluate((one) => (one as HTMLAnchorElement).href));
  expect(bytes.status()).toBe(200);
  await accessible(visitor, 'a chat with files', [DESK, HAND]);

  await visitor.reload();
  await openChat(visitor);
  await balloon(visitor, 'Dois dias úteis').waitFor();
  await chat(visitor).getByRole('img', { name: /fachada\.png/ }).waitFor();
  await chat(visitor).getByRole('link', { name: /contrato\.pdf/ }).waitFor();

  /* A whisper is not for visitors. */
  await ana.getByRole('tab', { name: 'Sussurro' }).click();
  await write(ana, 'parece gente boa');
  await ana.getByRole('tab', { name: 'Responder' }).click();
  await write(ana, 'Mais alguma coisa?');
  await balloon(visitor, 'Mais alguma coisa?').waitFor();
  expect(await visitor.getByText('parece gente boa').count()).toBe(0);
});

it('a closed chat counts what came, and opening it reads it', async () => {
  const visitor = await aVisitor(channel);
  await bubble(visitor).click();
  await tell(visitor, 'Volto já para ver a resposta');
  await balloon(visitor, 'Volto já').getByText('Enviada').waitFor({ state: 'attached' });
  await visitor.keyboard.press('Escape');

  const ana = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await rowSaying(ana, 'Volto já para ver a resposta').click();
  await head(ana, 'Assumir').click();
  await write(ana, 'Aqui está');
  await write(ana, 'E mais isto');
  await visitor.getByRole('button', { name: 'Abrir conversa, 2 mensagens novas' }).waitFor();
  await accessible(visitor, 'a bubble with a count');
  await bubble(visitor).click();
  await balloon(visitor, 'E mais isto').waitFor();
  await ours(ana, 'E mais isto').getByText('lida', { exact: true }).waitFor({ state: 'attached' });
  await visitor.keyboard.press('Escape');
  await visitor.getByRole('button', { name: 'Abrir conversa', exact: true }).waitFor();
});

it('what a visitor writes without a network waits, says so, and arrives once and in order', async () => {
  const visitor = await aVisitor(channel);
  await bubble(visitor).click();
  await tell(visitor, 'antes da queda');
  await balloon(visitor, 'antes da queda').getByText('Enviada').waitFor({ state: 'attached' });
  foresee(visitor, /ERR_INTERNET_DISCONNECTED|ERR_NETWORK/);
  await visitor.context().setOffline(true);
  await visitor.getByText('Sem conexão. Pode escrever: enviamos quando ela voltar.').waitFor();
  await tell(visitor, 'durante a queda');
  await tell(visitor, 'e ainda');
  await balloon(visitor, 'e ainda').getByText('Na fila').waitFor({ state: 'attached' });
  await accessible(visitor, 'a chat without a network', [DESK]);
  await visitor.context().setOffline(false);
  await balloon(visitor, 'e ainda').getByText('Enviada').waitFor({ state: 'attached' });
  await visitor.getByText('Sem conexão.').waitFor({ state: 'detached' });

  const ana = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await rowSaying(ana, 'e ainda').click();
  await said(ana, 'e ainda').waitFor();
  expect(await log(ana).getByText(/^(antes da queda|durante a queda|e ainda)$/).allTextContents()).toEqual(['antes da queda', 'durante a queda', 'e ainda']);
});

it('whoever is signed in to the site is known by name, and is the same person in another browser', async () => {
  const visitor = await aVisitor(channel, '&login=1');
  await bubble(visitor).click();
  await tell(visitor, 'Sou cliente de vocês');
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await open(ana, 'Marina Duarte Alves');
  await said(ana, 'Sou cliente de vocês').waitFor();
  await head(ana, 'Assumir').click();
  await write(ana, 'Olá, Marina');
  await balloon(visitor, 'Olá, Marina').waitFor();

  const phone = await aVisitor(channel, '&login=1', { viewport: HAND, hasTouch: true, isMobile: true });
  await bubble(phone).click();
  await balloon(phone, 'Olá, Marina').waitFor();
  await tell(phone, 'agora do celular');
  await said(ana, 'agora do celular').waitFor();
  await balloon(visitor, 'agora do celular').waitFor();

  /* Leaving the account leaves nothing of it behind. */
  await visitor.goto(siteOf(channel));
  await openChat(visitor);
  await chat(visitor).getByText('Olá! Como podemos ajudar?').waitFor();
  expect(await chat(visitor).getByText('Olá, Marina').count()).toBe(0);
});

it('a conversation that was closed says so to the visitor at once', async () => {
  const visitor = await aVisitor(channel);
  await bubble(visitor).click();
  await tell(visitor, 'Só uma pergunta');
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await rowSaying(ana, 'Só uma pergunta').click();
  await head(ana, 'Assumir').click();
  await head(ana, 'Encerrar').click();
  const dialog = ana.getByRole('dialog', { name: 'Encerrar atendimento' });
  await dialog.getByLabel('Motivo').fill('engano');
  await ana.getByRole('option', { name: 'Engano' }).click();
  await dialog.getByRole('button', { name: 'Encerrar' }).click();
  await chat(visitor).getByText('Atendimento encerrado. Se precisar, é só escrever de novo.').waitFor();
  await tell(visitor, 'Na verdade, mais uma');
  await chat(visitor).getByText('Atendimento encerrado.').waitFor({ state: 'detached' });
});

it('what a bot offers is tapped once, by key or by hand, and the counter reads what was picked', async () => {
  const options = (...labels: string[]) => labels.map((label, at) => ({ id: `o${at}`, label, number: at + 1, ...(at === 0 ? { description: 'Boleto ou Pix da fatura do mês' } : {}) }));
  const flow = await aLiveFlow(await account.as('rafael'), greeting(account, {
    key: 'opcoes', name: 'Opções', start: 'assunto',
    cards: [
      { id: 'assunto', type: 'question', v: 1, position: { x: 0, y: 0 }, settings: { expect: 'choice', text: 'Sobre o que vamos falar?', options: options('Segunda via da fatura', 'Outra coisa') } },
      { id: 'forma', type: 'question', v: 1, position: { x: 0, y: 160 }, settings: { expect: 'choice', text: 'Em que forma?', options: options('Pix copia e cola', 'Linha digitável', 'Arquivo em PDF', 'Nenhuma') } },
      { id: 'para', type: 'transfer', v: 1, position: { x: 0, y: 320 }, settings: { target: 'department', department: `department:${account.departments['Suporte']}`, hours: 'ignore' } },
    ],
    connectors: [
      { from: 'assunto', outlet: 'opt:o0', to: 'forma' }, { from: 'assunto', outlet: 'opt:o1', to: 'para' },
      ...[0, 1, 2, 3].map((at) => ({ from: 'forma', outlet: `opt:o${at}`, to: 'para' })),
    ],
  }));
  const asking = await aWebchat(account);
  (await (await account.as('rafael')).put('/api/v1/flow-starts', { starts: [{ kind: 'channel', flow_id: flow.id, channel_id: asking.id }] })).ok();

  const visitor = await aVisitor(asking);
  await bubble(visitor).click();
  await tell(visitor, 'Bom dia');
  const first = balloon(visitor, 'Sobre o que vamos falar?').getByRole('group', { name: 'Opções de resposta' });
  await first.getByRole('button', { name: /^Segunda via/ }).focus();
  await accessible(visitor, 'a question with options', [DESK, HAND]);
  await visitor.keyboard.press('Enter');
  await first.getByRole('button', { name: /^Segunda via/, pressed: true, disabled: true }).waitFor();
  const second = balloon(visitor, 'Em que forma?').getByRole('group', { name: 'Opções de resposta' });
  await second.getByRole('button', { name: 'Linha digitável' }).click();
  await balloon(visitor, 'Vou transferir você para Suporte.').waitFor();
  await visitor.reload();
  await openChat(visitor);
  await second.getByRole('button', { name: 'Linha digitável', pressed: true, disabled: true }).waitFor();
  await accessible(visitor, 'questions that are over', [DESK]);

  const ana = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await rowSaying(ana, 'Automático: Caminho:').first().click();
  const offered = ours(ana, 'Em que forma?').getByRole('list', { name: 'Opções oferecidas' });
  await offered.getByRole('listitem').filter({ has: ana.getByRole('img', { name: 'escolhida' }) }).getByText('Linha digitável').waitFor();
  expect(await offered.getByRole('listitem').count()).toBe(4);
  await accessible(ana, 'a thread with questions');
});
