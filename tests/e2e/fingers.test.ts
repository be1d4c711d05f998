/** Every screen on the phone, control by control: large enough for a thumb. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import type { Schemas } from '../http/support/answer.ts';
import { aPng } from '../http/support/files.ts';
import { aFlow, greeting } from '../http/support/flows.ts';
import { origin } from '../http/support/house.ts';
import { aWhatsapp, type Whatsapp } from '../http/support/whatsapp.ts';
import { pick } from './support/files.ts';
import { foresee } from './support/guard.ts';
import { bubble, field, log, row, write } from './support/inbox.ts';
import { aPage, aScreen, PHONE } from './support/screens.ts';
import { reachable, smallTargets } from './support/targets.ts';
import { aVisitor, aWebchat, balloon, openChat, tell } from './support/webchat.ts';

let account: Account;
let whatsapp: Whatsapp;
let site: Schemas['Channel'];

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
  site = await aWebchat(account, { prechat: [{ name: 'name', required: true }] });
});

it('a small control is found, and one that only looks small is not', async () => {
  const page = await aPage(PHONE);
  await page.setContent(`
    <style>button { position: relative; margin: 40px; padding: 0; border: 0; width: 20px; height: 20px; }
    .wide::after { content: ''; position: absolute; inset: -12px; } label { display: inline-block; padding: 20px; }</style>
    <button>small</button><button class="wide">wide</button><label><input type="checkbox">told</label>
    <p>in a <a href="#a">sentence</a></p><nav><a href="#b">alone</a></nav>`);
  const found = (await smallTargets(page)).map((one) => /“(.*)”/.exec(one)?.[1]);
  expect(found).toEqual(['small', 'alone']);
});

it('the door', async () => {
  const page = await aPage(PHONE);
  foresee(page, /\/api\/v1\/session\b/);
  await page.goto(`${origin}/entrar`);
  await page.getByLabel('Senha', { exact: true }).waitFor();
  await reachable(page, 'the door');
});

const unfold = async (page: Page): Promise<void> => {
  const folded = page.locator('details:not([open]) summary');
  for (let left = await folded.count(); left > 0; left--) await folded.first().tap();
};

const opens = async (page: Page, name: string, menu = page.getByRole('menu')): Promise<void> => {
  await page.getByRole('button', { name, exact: true }).tap();
  await menu.waitFor();
  await reachable(page, `the menu ${name}`);
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
};

it('the list: filters, order, search, what is new', async () => {
  const [rita, dora] = [await whatsapp.customer(), await whatsapp.customer()];
  await rita.say('Oi');
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting', PHONE);
  await row(page, rita.name).waitFor();
  await dora.say('Oi');
  await page.getByRole('button', { name: '1 novo' }).waitFor();
  await reachable(page, 'the list');
  for (const name of ['Setor', 'Canal', 'Pessoa', 'Ordem da lista']) await opens(page, name);
  await page.getByRole('searchbox').fill('ninguém');
  await page.getByRole('button', { name: 'Limpar filtros' }).waitFor();
  await reachable(page, 'a search without a result');
  await page.getByRole('button', { name: 'Minha conta' }).tap();
  await page.getByText('Sair').waitFor();
  await reachable(page, 'the menu of the person');
});

it('a conversation: words, files, whispers, failures, dialogs, panel', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Oi');
  await rita.send({ type: 'image', image: { sample: true } });
  await rita.send({ type: 'audio', audio: { sample: true, voice: true } });
  await rita.send({ type: 'document', document: { sample: true, filename: 'fatura.pdf' } });
  await rita.send({ type: 'location', location: { latitude: -27.1, longitude: -52.6, name: 'Casa', address: 'Rua A, 1' } });
  const page = await aScreen(account, 'bruno', '/atendimentos?tab=waiting', { ...PHONE, isNew: true });
  await row(page, rita.name).tap();
  await log(page).getByText('fatura.pdf').waitFor();
  await reachable(page, 'a conversation that waits');
  await page.getByRole('button', { name: 'Assumir' }).first().tap();
  await field(page).waitFor();
  await whatsapp.faults({ refuse_next: { code: 131026, mode: 'async' } });
  await write(page, 'Já vou');
  await page.getByText(/Enviando em/).waitFor();
  await page.getByText('Enter envia ou quebra linha?').waitFor();
  await reachable(page, 'a message that can be taken back, and the question about Enter');
  await page.getByRole('button', { name: 'Enter envia' }).tap();
  await bubble(page, 'Já vou').waitFor();
  await page.getByRole('button', { name: 'Ações da mensagem' }).first().tap();
  await page.getByRole('menuitem', { name: 'Responder citando' }).waitFor();
  await reachable(page, 'what can be done with a message');
  await page.getByRole('menuitem', { name: 'Responder citando' }).tap();
  await pick(page.getByRole('button', { name: 'Anexar' }), { name: 'a.png', mimeType: 'image/png', buffer: aPng('a') });
  await page.getByText(/^Pronto/).waitFor();
  await reachable(page, 'a reply with a quote and a file');
  await opens(page, 'Mais ações');

  for (const act of ['Transferir', 'Encerrar']) {
    await page.getByRole('button', { name: 'Mais ações' }).tap();
    await page.getByRole('menuitem', { name: act }).tap();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await reachable(page, `the dialog ${act}`);
    if (act === 'Encerrar') {
      await dialog.getByRole('combobox', { name: 'Motivo' }).tap();
      await page.getByRole('option').first().waitFor();
      await reachable(page, 'the reasons');
      await page.getByRole('option').first().tap();
    }
    await dialog.getByRole('button', { name: 'Cancelar' }).tap();
    await dialog.waitFor({ state: 'detached' });
  }
  await log(page).getByRole('button', { name: /^Abrir / }).first().tap();
  await page.getByRole('dialog').waitFor();
  await reachable(page, 'the viewer');
  await page.getByRole('button', { name: 'Fechar' }).tap();

  await page.getByRole('button', { name: 'Mais ações' }).tap();
  await page.getByRole('menuitem', { name: 'Mostrar dados do contato' }).tap();
  await page.getByText('Como nos encontra').waitFor();
  await unfold(page);
  await page.getByRole('textbox', { name: 'Notas do contato' }).fill('prefere a tarde');
  await reachable(page, 'the panel');
  await page.getByRole('button', { name: 'Editar contato' }).tap();
  await reachable(page, 'the panel while it is changed');
});

it('the settings: channels, a new one, a number, a site', async () => {
  const page = await aScreen(account, 'rafael', '/configuracoes/canais', PHONE);
  await page.getByText(whatsapp.channel.name).waitFor();
  await reachable(page, 'the channels');
  await page.getByRole('link', { name: 'Novo', exact: true }).tap();
  await page.getByLabel('Nome do canal').waitFor();
  await reachable(page, 'a new channel');
  for (const step of [1, 2, 3, 4, 5]) {
    await page.goto(`${origin}/configuracoes/canais/${whatsapp.id}?step=${step}`);
    await page.getByRole('heading', { level: 3 }).first().waitFor();
    await unfold(page);
    await reachable(page, `step ${step} of a number`);
  }
  await page.goto(`${origin}/configuracoes/canais/${site.id}`);
  await page.getByRole('heading', { level: 3 }).first().waitFor();
  await reachable(page, 'the site');
  await page.goto(`${origin}/nao-existe`);
  await page.getByText('Esta página não existe.').waitFor();
  await reachable(page, 'an address that leads nowhere');
});

it('the flows: all of them, one as a list, the sheet of a card with figures, agents', async () => {
  const flow = await aFlow(await account.as('rafael'), greeting(account, {
    key: `figuras-${Date.now()}`, name: 'Com figuras', start: 'nota', connectors: [],
    cards: [{ id: 'nota', type: 'survey', v: 1, name: 'Pesquisa', settings: {} }],
  }));
  const page = await aScreen(account, 'rafael', '/fluxos', PHONE);
  await page.getByRole('link', { name: /^Com figuras/ }).first().waitFor();
  await reachable(page, 'the flows');
  await page.goto(`${origin}/fluxos/agentes`);
  await page.getByRole('button', { name: 'Novo agente' }).first().tap();
  await page.getByRole('dialog').waitFor();
  await reachable(page, 'an agent');
  await page.evaluate(() => localStorage.setItem('balcao.flow_view', '"list"'));
  await page.goto(`${origin}/fluxos/${flow.id}`);
  await page.getByRole('link', { name: /Pesquisa/ }).waitFor();
  await reachable(page, 'a flow as a list');
  await page.getByRole('link', { name: /Pesquisa/ }).tap();
  await page.getByRole('textbox', { name: 'Nome do card' }).waitFor();
  await reachable(page, 'the sheet of a card with figures');
});

it('the chat on somebody’s site', async () => {
  const visitor = await aVisitor(site, '', PHONE);
  await openChat(visitor);
  await visitor.getByRole('button', { name: 'Começar a conversa' }).waitFor();
  await reachable(visitor, 'the form before the chat');
  await visitor.getByLabel('Nome').fill('Joana');
  await visitor.getByRole('button', { name: 'Começar a conversa' }).tap();
  await tell(visitor, 'Oi, vejam https://exemplo.com.br');
  await balloon(visitor, 'Oi, vejam').waitFor();
  await reachable(visitor, 'the chat');
});
