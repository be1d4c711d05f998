/** The lab's page with the real house behind it: somebody plays the customer by hand. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { house } from '../http/support/house.ts';
import { aWhatsapp, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { bubble, field, head, log, open, said, write } from './support/inbox.ts';
import { aPage, aScreen } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
});

it('a customer played by hand talks with the counter, and each step is seen in the journal', async () => {
  const rita = await whatsapp.customer({ name: 'Rita à Mão' });
  const lab = await aPage();
  await lab.goto(house.lab);
  await lab.locator('#app').waitFor();
  await lab.getByLabel('Para qual número').selectOption(whatsapp.number);
  await lab.getByRole('button', { name: /Rita à Mão/ }).or(lab.getByRole('radio', { name: /Rita à Mão/ })).or(lab.getByText('Rita à Mão')).first().click();
  const phone = lab.getByRole('log', { name: 'Conversa' });
  await lab.getByLabel('Mensagem', { exact: true }).fill('Escrevi com as minhas mãos');
  await lab.keyboard.press('Enter');
  await phone.getByText('Escrevi com as minhas mãos').waitFor();
  await lab.getByRole('region', { name: 'O que o sistema viu' }).getByText('Mensagem entregue ao sistema').first().waitFor();
  await accessible(lab, 'the lab');

  const ana = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await open(ana, rita.name);
  await said(ana, 'Escrevi com as minhas mãos').waitFor();
  await head(ana, 'Assumir').click();
  await field(ana).pressSequentially('Aq');
  await lab.getByText('digitando').first().waitFor();
  await write(ana, 'E eu li com os meus olhos');
  await phone.getByText('E eu li com os meus olhos').waitFor();
  await bubble(ana, 'E eu li com os meus olhos').getByText('lida', { exact: true }).waitFor({ state: 'attached' });

  await lab.getByRole('button', { name: 'Ações da mensagem: E eu li com os meus olhos' }).press('Enter');
  await lab.getByRole('menuitem', { name: 'Responder' }).click();
  await lab.getByLabel('Mensagem', { exact: true }).fill('e eu respondi');
  await lab.keyboard.press('Enter');
  await bubble(ana, 'e eu respondi').getByRole('button', { name: /Você.*E eu li/s }).waitFor();
  await lab.getByRole('button', { name: 'Anexar' }).click();
  await lab.getByRole('menuitem', { name: 'Foto de exemplo' }).click();
  await log(ana).getByRole('button', { name: /^Abrir / }).waitFor();
  expect(await log(ana).getByText('Escrevi com as minhas mãos').count()).toBe(1);
});

it('the demo shows the way to the lab to whoever sets channels up', async () => {
  const page = await aScreen(account, 'rafael', '/configuracoes/canais');
  const link = page.getByRole('link', { name: 'Abra o laboratório' });
  await link.waitFor();
  expect(new URL(await link.getAttribute('href') ?? '').port).toBe(new URL(house.lab).port);
});

it('the site with the chat is usable by everybody', async () => {
  const page = await aPage();
  await page.goto(`${house.lab}/site.html`);
  await page.getByRole('button', { name: /^Abrir conversa/ }).waitFor();
  await accessible(page, 'the site');
});
