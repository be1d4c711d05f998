/** Templates: an administrator sees what was approved and how it looks; an agent writes first with one. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { aWhatsapp, type Whatsapp } from '../http/support/whatsapp.ts';
import { aPng } from '../http/support/files.ts';
import { accessible } from './support/axe.ts';
import { log } from './support/inbox.ts';
import { aScreen } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
});

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
  await ana.getByRole('button', { name: 'Nova conversa' }).click();
  const start = ana.getByRole('dialog', { name: 'Nova conversa' });
  await start.getByRole('searchbox').fill(`+${rita.wa_id}`);
  await start.getByRole('button', { name: /Novo número/ }).click();
  await start.getByRole('radio', { name: whatsapp.channel.name }).click();
  await start.getByRole('button', { name: 'Começar com um modelo' }).click();
  await start.getByRole('combobox', { name: 'Modelo', exact: true }).click();
  await ana.getByRole('option', { name: 'retomar_conversa (pt_BR)' }).click();
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
  await ana.getByRole('button', { name: 'Nova conversa' }).click();
  const start = ana.getByRole('dialog', { name: 'Nova conversa' });
  await start.getByRole('searchbox').fill(`+${rita.wa_id}`);
  await start.getByRole('button', { name: /Novo número/ }).click();
  await start.getByRole('radio', { name: whatsapp.channel.name }).click();
  await start.getByRole('button', { name: 'Começar com um modelo' }).click();
  await start.getByRole('combobox', { name: 'Modelo', exact: true }).click();
  await ana.getByRole('option', { name: 'oferta_do_dia (pt_BR)' }).click();
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
