/** Templates: an administrator sees what was approved and how it looks; an agent writes first with one. */
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { aPng } from '../http/support/files.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { log } from './support/inbox.ts';
import { aScreen } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
});

/** The dialog of a new conversation with her, this template chosen. */
async function beginsWith(ana: Page, { wa_id }: Customer, template: string): Promise<Locator> {
  await ana.getByRole('button', { name: 'Nova conversa' }).click();
  const start = ana.getByRole('dialog', { name: 'Nova conversa' });
  await start.getByRole('searchbox').fill(`+${wa_id}`);
  await start.getByRole('button', { name: /Novo número/ }).click();
  await start.getByRole('radio', { name: whatsapp.channel.name }).click();
  await start.getByRole('button', { name: 'Começar com um modelo' }).click();
  await start.getByRole('combobox', { name: 'Modelo', exact: true }).click();
  await ana.getByRole('option', { name: `${template} (pt_BR)` }).click();
  return start;
}

it('what the network approved is read by a button, shown as the phone shows it, and begins a conversation', async () => {
  const rafael = await aScreen(account, 'rafael', `/configuracoes/canais/${whatsapp.id}`);
  await rafael.getByRole('button', { name: 'Modelos' }).click();
  const dialog = rafael.getByRole('dialog', { name: 'Modelos de mensagem' });
  await dialog.getByRole('button', { name: 'Atualizar agora' }).click();
  const row = dialog.getByRole('button', { name: /retomar_conversa Aprovado/ });
  await row.press('Enter');
  await dialog.getByText('Olá, Ana. Podemos continuar a nossa conversa?').waitFor();
  await dialog.getByText(/Como estavam/).waitFor();
  await accessible(rafael, 'the templates of a channel');
  await dialog.getByRole('searchbox', { name: 'Procurar modelo' }).fill('nada disso');
  await dialog.getByText('Nenhum modelo com este filtro.').waitFor();

  const rita = await whatsapp.customer();
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=serving');
  const start = await beginsWith(ana, rita, 'retomar_conversa');
  await start.getByRole('textbox', { name: /Variável 1/ }).fill('Rita');
  await start.getByText('Olá, Rita. Podemos continuar a nossa conversa?').waitFor();
  await accessible(ana, 'a conversation that begins with a template');
  await start.getByRole('button', { name: 'Iniciar' }).click();
  await log(ana).getByText('Olá, Rita. Podemos continuar a nossa conversa?').waitFor();
  await log(ana).getByText('Agora não').waitFor();
  expect((await rita.received(1))[0]).toMatchObject({ type: 'template' });

  /* She has not answered: only another template reaches her. */
  await ana.getByText(/Agora só um modelo aprovado chega a/).waitFor();
  await ana.getByRole('button', { name: 'Enviar modelo' }).click();
  const again = ana.getByRole('dialog', { name: 'Enviar modelo' });
  await again.getByRole('combobox', { name: 'Modelo', exact: true }).click();
  await ana.getByRole('option', { name: 'retomar_conversa (pt_BR)' }).click();
  await again.getByRole('textbox', { name: /Variável 1/ }).fill('Rita Lima');
  await accessible(ana, 'a template in a conversation whose window is closed');
  await again.getByRole('button', { name: 'Enviar modelo' }).click();
  await log(ana).getByText('Olá, Rita Lima. Podemos continuar a nossa conversa?').waitFor();
  expect((await rita.received(2))[1]).toMatchObject({ type: 'template' });
});

it('a conversation begins with a picture where the header of the template is one, and not without it', async () => {
  const rita = await whatsapp.customer();
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=serving');
  const start = await beginsWith(ana, rita, 'oferta_do_dia');
  await start.getByText('Veja a oferta de hoje.').waitFor();
  expect(await start.getByRole('button', { name: 'Iniciar' }).isDisabled()).toBe(true);
  const picks = ana.waitForEvent('filechooser');
  await start.getByRole('button', { name: 'Imagem do modelo' }).click();
  await (await picks).setFiles({ name: 'oferta.png', mimeType: 'image/png', buffer: aPng('oferta') });
  await accessible(ana, 'a conversation that begins with a template and its picture');
  await start.getByRole('button', { name: 'Iniciar' }).click();
  await log(ana).getByText('Veja a oferta de hoje.').waitFor();
  await log(ana).getByRole('button', { name: /oferta\.png/ }).waitFor();
  expect((await rita.received(1))[0]).toMatchObject({ type: 'template', content: { name: 'oferta_do_dia', header: { type: 'image' } } });
});

it('a conversation begins with a place on the map, once it is somewhere', async () => {
  const rita = await whatsapp.customer();
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=serving');
  const start = await beginsWith(ana, rita, 'visita_marcada');
  await start.getByText('Lugar no mapa').waitFor();
  const begin = start.getByRole('button', { name: 'Iniciar' });
  const fill = (name: string | RegExp, value: string) => start.getByRole('textbox', { name }).fill(value);
  await fill(/Latitude do lugar/, '-23,5');
  await fill(/Longitude do lugar/, '-46.625');
  await fill(/Nome do lugar/, 'Loja');
  await fill(/Endereço do lugar/, 'Rua A, 1');
  await fill(/Variável 1/, 'Rita');
  await start.getByText('Loja, Rua A, 1').waitFor();
  await start.getByText('Em graus com ponto, como -23.5614').waitFor();
  expect(await begin.isDisabled()).toBe(true);
  await fill(/Latitude do lugar/, '-23.5');
  await accessible(ana, 'a conversation that begins with a place on the map');
  await begin.click();
  await log(ana).getByText('Esperamos você, Rita.').waitFor();
  expect((await rita.received(1))[0]).toMatchObject({ type: 'template', content: { header: { type: 'location', location: { latitude: -23.5, longitude: -46.625 } } } });
});
