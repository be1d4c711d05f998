/** Two people at the same counter: what one does, the other sees. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../http/support/whatsapp.ts';
import { foresee } from './support/guard.ts';
import { bubble, field, head, log, notice, open, row, said, tab, tabWith, write } from './support/inbox.ts';
import { aScreen } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
});

async function both(rita: Customer): Promise<[Page, Page]> {
  const pages: [Page, Page] = [
    await aScreen(account, 'ana', '/atendimentos?tab=waiting'),
    await aScreen(account, 'bruno', '/atendimentos?tab=waiting'),
  ];
  for (const page of pages) await open(page, rita.name);
  return pages;
}

it('both see the customer arrive, and that one of them took the ticket', async () => {
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  const bruno = await aScreen(account, 'bruno', '/atendimentos?tab=waiting');
  for (const page of [ana, bruno]) await page.getByText('Fila vazia. Bom trabalho.').waitFor();
  const rita = await whatsapp.customer();
  await rita.say('Alguém aí?');
  for (const page of [ana, bruno]) await row(page, rita.name, '1 não lida').waitFor();

  await open(ana, rita.name);
  await head(ana, 'Assumir').click();
  await field(ana).waitFor();
  for (const page of [ana, bruno]) await tabWith(page, 'Aguardando', 0).waitFor();
  await open(bruno, rita.name);
  await bruno.getByText('Ana está atendendo.').waitFor();
  await log(bruno).getByText(/^Ana de Teste assumiu/).waitFor();
  await write(ana, 'Estou aqui');
  await bubble(bruno, 'Estou aqui').getByText(/^Ana · /).waitFor();

  /* What one has taken is at once where taken things are. */
  await tab(ana, 'Atendendo').click();
  await row(ana, rita.name).waitFor();
});

it('when both take at once one has it, and the other is told who', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Quem atende?');
  const [ana, bruno] = await both(rita);
  for (const page of [ana, bruno]) foresee(page, /\/take\b/);

  /* Pressed at the same moment: both requests are held at the door, then let in together. */
  const held: (() => Promise<void>)[] = [];
  const arrived = new Promise<void>((resolve) => {
    for (const page of [ana, bruno]) {
      void page.route('**/take', (route) => {
        held.push(() => route.continue());
        if (held.length === 2) resolve();
      });
    }
  });
  await head(ana, 'Assumir').click();
  await head(bruno, 'Assumir').click();
  await arrived;
  await Promise.all(held.map((letIn) => letIn()));

  await expect.poll(async () => [await field(ana).count(), await field(bruno).count()].sort()).toEqual([0, 1]);
  const [winner, loser] = (await field(ana).count()) === 1 ? ['Ana', bruno] as const : ['Bruno', ana] as const;
  await loser.getByText(`${winner} está atendendo.`).waitFor();
  await notice(loser, /já assumiu este atendimento/).waitFor();
  expect(await log(loser).getByText(/ assumiu/).count()).toBe(1);
});

it('each sees that the other is writing, and that the customer is', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Oi');
  const [ana, bruno] = await both(rita);
  await head(ana, 'Assumir').click();
  await field(ana).pressSequentially('Vou ver');
  await notice(bruno, 'Ana está respondendo').waitFor();
  expect(await notice(ana, 'está respondendo').count()).toBe(0);
});

it('a whisper reaches the colleague, and what one reads counts as read for both', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Oi');
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  const bruno = await aScreen(account, 'bruno', '/atendimentos?tab=waiting');
  await row(bruno, rita.name, '1 não lida').waitFor();
  await open(ana, rita.name);
  await said(ana, 'Oi').waitFor();
  await expect.poll(() => row(bruno, rita.name, '1 não lida').count()).toBe(0);

  await ana.getByRole('tab', { name: 'Sussurro' }).click();
  await write(ana, 'Bruno, é com você');
  await open(bruno, rita.name);
  await bubble(bruno, 'Bruno, é com você').getByText('Sussurro · só a equipe vê').waitFor();
});

it('what is written without a network waits, survives a reload and goes out once', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Oi');
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await open(ana, rita.name);
  await head(ana, 'Assumir').click();
  await field(ana).waitFor();

  foresee(ana, /ERR_INTERNET_DISCONNECTED/);
  await ana.context().setOffline(true);
  await write(ana, 'primeira, sem rede');
  await write(ana, 'segunda, sem rede');
  await bubble(ana, 'segunda, sem rede').getByText('na fila').waitFor({ state: 'attached' });
  await ana.getByText(/Enviando em/).waitFor({ state: 'detached' });
  await bubble(ana, 'primeira, sem rede').getByText('na fila').waitFor({ state: 'attached' });

  await ana.context().setOffline(false);
  await bubble(ana, 'segunda, sem rede').getByText('entregue').waitFor({ state: 'attached' });
  expect(await rita.texts(2)).toEqual(['primeira, sem rede', 'segunda, sem rede']);
  await ana.reload();
  await said(ana, 'segunda, sem rede').waitFor();
  expect(await said(ana, 'primeira, sem rede').count()).toBe(1);
  expect(await rita.texts(0)).toHaveLength(2);
});
