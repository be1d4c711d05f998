/** Two colleagues talk across the house, one sends a file, both see what was read; and a group is told something. */
import { beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';

import { type Account, anAccount } from '../http/support/account.ts';
import { serving } from '../http/support/desk.ts';
import { aPng } from '../http/support/files.ts';
import { aWhatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { pick } from './support/files.ts';
import { aScreen, PHONE } from './support/screens.ts';

let account: Account;
beforeAll(async () => {
  account = await anAccount();
});

const field = (page: Page) => page.getByRole('textbox', { name: /^Mensagem para/ });
const log = (page: Page) => page.getByRole('log', { name: /^Conversa com/ });
const badge = (page: Page, name: string) => page.getByRole('navigation', { name: 'Principal' }).getByRole('link', { name, exact: true });
const write = async (page: Page, text: string): Promise<void> => {
  await field(page).fill(text);
  await field(page).press('Enter');
};

it('two talk, and each sees as it happens what the other does', async () => {
  const [ana, bruno] = [await aScreen(account, 'ana'), await aScreen(account, 'bruno')];
  await ana.keyboard.press('g');
  await ana.keyboard.press('h');
  await ana.getByRole('heading', { level: 1, name: 'Chat interno' }).waitFor();
  await accessible(ana, 'nobody talked to yet');
  await ana.getByRole('searchbox', { name: 'Buscar pessoa ou grupo' }).fill('bruno');
  await ana.getByRole('button', { name: 'Bruno de Teste' }).click();
  await log(ana).getByText('Diga a primeira palavra').waitFor();
  await write(ana, 'Bruno, pode olhar a Rua XV?');
  await log(ana).getByText('Bruno, pode olhar a Rua XV?').waitFor();
  await log(ana).getByRole('img', { name: 'Enviado' }).waitFor();

  await badge(bruno, 'Chat interno, 1 não lida').click();
  await bruno.getByRole('link', { name: /Ana de Teste/ }).click();
  await log(bruno).getByText('Bruno, pode olhar a Rua XV?').waitFor();
  await log(bruno).getByText('1 nova mensagem').waitFor();
  await badge(bruno, 'Chat interno').waitFor();
  await log(ana).getByRole('img', { name: 'Visto' }).waitFor();

  await field(bruno).pressSequentially('Já');
  await ana.getByRole('status').filter({ hasText: 'Bruno está digitando' }).waitFor();
  await pick(bruno.getByRole('button', { name: 'Anexar arquivo' }), { name: 'mapa.png', mimeType: 'image/png', buffer: aPng('mapa') });
  await bruno.getByRole('list', { name: 'Arquivos' }).getByText('mapa.png').waitFor();
  await bruno.getByRole('progressbar').waitFor({ state: 'detached' });
  await write(bruno, 'Já, segue o mapa');
  const picture = log(ana).getByRole('img', { name: 'mapa.png' });
  await picture.waitFor();
  await expect.poll(() => picture.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBeGreaterThan(0);
  await accessible(ana, 'a conversation with a picture');
});

it('a protocol opens its ticket for whoever may see it', async () => {
  const ticket = await serving(await account.as('ana'), await (await aWhatsapp(account)).customer({ name: 'Zilda do Protocolo' }));
  const ana = await account.as('ana');
  const { id } = (await ana.post('/api/v1/chats', { member_id: account.members.camila })).ok<{ id: number }>();
  (await ana.post(`/api/v1/chats/${id}/messages`, { client_key: 'protocolo-1', text: `Veja o #${ticket.protocol}` })).ok(201);
  const page = await aScreen(account, 'ana', `/chat/${id}`);
  await log(page).getByRole('button', { name: `#${ticket.protocol}` }).click();
  await page.getByRole('main').getByRole('heading', { level: 2, name: 'Zilda do Protocolo' }).waitFor();
});

it('a group is told something on the phone of its people, who read it and cannot answer', async () => {
  const rafael = await aScreen(account, 'rafael', '/configuracoes/grupos-internos');
  await rafael.getByRole('link', { name: 'Novo grupo' }).click();
  await rafael.getByRole('textbox', { name: 'Nome' }).fill('Plantão');
  const people = rafael.getByRole('combobox', { name: 'Pessoas' });
  await people.fill('Fabiana');
  await rafael.getByRole('option', { name: 'Fabiana de Teste' }).click();
  await people.press('Escape');
  await rafael.keyboard.press('Control+s');
  await rafael.getByRole('heading', { level: 2, name: 'Plantão' }).waitFor();

  const fabiana = await aScreen(account, 'fabiana', '/chat', PHONE);
  await rafael.getByRole('textbox', { name: 'Novo aviso' }).fill('Fibra rompida no centro');
  await rafael.getByRole('button', { name: 'Enviar aviso' }).click();
  await rafael.getByText('0 de 1 leu').waitFor();
  await accessible(rafael, 'a group with a notice');

  const row = fabiana.getByRole('link', { name: /Plantão/ });
  await row.filter({ hasText: 'Fibra rompida no centro' }).click();
  await log(fabiana).getByText('Fibra rompida no centro').waitFor();
  await fabiana.getByText('Este grupo só recebe avisos.').waitFor();
  expect(await field(fabiana).count()).toBe(0);
  await accessible(fabiana, 'a notice on a phone');
  await fabiana.getByRole('button', { name: 'Voltar às conversas' }).click();
  await row.waitFor();
  await rafael.reload();
  await rafael.getByText('1 de 1 leu').waitFor();
});
