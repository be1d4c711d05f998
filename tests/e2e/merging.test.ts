/** Two tickets of one person become one, are read as one, and come apart again. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { serving, type Ticket } from '../http/support/desk.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { field, log, notice, title } from './support/inbox.ts';
import { aScreen, PHONE } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;

type Two = { here: Ticket; other: Ticket; first: Customer };

/** One person with two phones: Ana serves the one, Bruno the other. */
async function two(): Promise<Two> {
  const [ana, bruno, olga] = await Promise.all([account.as('ana'), account.as('bruno'), account.as('olga')]);
  const [first, second] = [await whatsapp.customer(), await whatsapp.customer()];
  const here = await serving(ana, first);
  const other = await serving(bruno, second);
  (await olga.post(`/api/v1/contacts/${here.contact.id}/merge`, { contact_id: other.contact.id })).ok();
  return { here, other, first };
}

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
});

const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Juntar com outro atendimento' });

async function ask(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Mais ações' }).click();
  await page.getByRole('menuitem', { name: 'Juntar com outro atendimento…' }).click();
  await dialog(page).getByRole('radio').first().waitFor();
}

it('a colleague’s ticket becomes a chapter, is read in place, and its own screen says where it went on', async () => {
  const { here, other, first } = await two();
  const bruno = await aScreen(account, 'bruno', `/atendimentos/${other.id}?tab=waiting`);
  await field(bruno).waitFor();
  const camila = await aScreen(account, 'camila', `/atendimentos/${here.id}?tab=serving`);
  await title(camila, first.name).waitFor();
  await ask(camila);
  await dialog(camila).getByText(`Continua em ${here.protocol}`).waitFor();
  await dialog(camila).getByText('Bruno deixa de atender esse.').waitFor();
  await accessible(camila, 'merging two tickets');
  await dialog(camila).getByRole('button', { name: 'Juntar', exact: true }).click();
  await notice(camila, `${other.protocol} juntado a ${here.protocol}.`).waitFor();
  await dialog(camila).waitFor({ state: 'detached' });

  const chapter = log(camila).getByRole('region', { name: `Atendimento ${other.protocol}` });
  await chapter.getByRole('button', { name: 'Ver a conversa' }).click();
  await chapter.getByText('Oi', { exact: true }).waitFor();
  await accessible(camila, 'a chapter unfolded');

  await bruno.getByRole('status').getByRole('link', { name: here.protocol }).waitFor();
  await field(bruno).waitFor({ state: 'detached' });
  await accessible(bruno, 'the screen of a merged ticket');
  await bruno.getByRole('status').getByRole('link', { name: here.protocol }).click();
  await bruno.waitForURL((url) => url.pathname === `/atendimentos/${here.id}`);
});

it('the toast takes it back, and the colleague writes on', async () => {
  const { here, other } = await two();
  const bruno = await aScreen(account, 'bruno', `/atendimentos/${other.id}?tab=serving`);
  await field(bruno).waitFor();
  const camila = await aScreen(account, 'camila', `/atendimentos/${here.id}?tab=serving`);
  await ask(camila);
  await dialog(camila).getByRole('button', { name: 'Juntar', exact: true }).click();
  await field(bruno).waitFor({ state: 'detached' });
  await notice(camila, /juntado a/).getByRole('button', { name: 'Desfazer' }).click();
  await notice(camila, /separado de novo/).waitFor();
  await field(bruno).waitFor();
  await log(camila).getByText(`Você separou ${other.protocol} deste atendimento`).waitFor();
  await log(camila).getByRole('region', { name: `Atendimento ${other.protocol}` }).waitFor({ state: 'detached' });
});

it('turned round, on a phone, whoever asked is taken to where it goes on, and parts them there', async () => {
  const { here, other } = await two();
  const camila = await aScreen(account, 'camila', `/atendimentos/${here.id}?tab=serving`, PHONE);
  await ask(camila);
  await dialog(camila).getByRole('button', { name: `Continuar em ${other.protocol}` }).click();
  await dialog(camila).getByText(`Continua em ${other.protocol}`).waitFor();
  await accessible(camila, 'merging on a phone');
  await dialog(camila).getByRole('button', { name: 'Juntar', exact: true }).click();
  await camila.waitForURL((url) => url.pathname === `/atendimentos/${other.id}`);
  const chapter = log(camila).getByRole('region', { name: `Atendimento ${here.protocol}` });
  await chapter.getByRole('button', { name: 'Separar' }).click();
  await chapter.waitFor({ state: 'detached' });
  await notice(camila, /separado de novo/).waitFor();
});

it('who has no other ticket is told so', async () => {
  const ana = await account.as('ana');
  const { id } = await serving(ana, await whatsapp.customer());
  const camila = await aScreen(account, 'camila', `/atendimentos/${id}?tab=serving`);
  await camila.getByRole('button', { name: 'Mais ações' }).click();
  await camila.getByRole('menuitem', { name: 'Juntar com outro atendimento…' }).click();
  await dialog(camila).getByText('Este contato não tem outro atendimento.').waitFor();
});
