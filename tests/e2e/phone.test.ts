/** The whole counter in one hand: one pane at a time, and every way back. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { aWhatsapp, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { bubble, field, list, log, open, row, tab, write } from './support/inbox.ts';
import { aScreen, HAND, PHONE } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
});

const scrollsSideways = (page: Page): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

it('list, conversation, panel, and back again with the browser’s own button', async () => {
  const rita = await whatsapp.customer({ name: `Maximiliana Aparecida do Nascimento e Albuquerque ${Date.now()}` });
  await rita.say('Oi');
  await rita.send({ type: 'image', image: { sample: true, caption: 'uma legenda comprida o bastante para dar a volta na linha do telefone' } });
  await rita.say('palavra'.repeat(30));
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting', PHONE);
  await row(page, rita.name).waitFor();
  expect(await scrollsSideways(page)).toBe(false);
  await accessible(page, 'the list in the hand', [HAND]);

  await row(page, rita.name).tap();
  await log(page).getByRole('button', { name: /^Abrir / }).waitFor();
  expect(await list(page).count()).toBe(0);
  expect(await scrollsSideways(page)).toBe(false);
  await page.getByRole('button', { name: 'Assumir' }).first().tap();
  await field(page).waitFor();
  await accessible(page, 'a conversation in the hand', [HAND]);

  await page.getByRole('button', { name: 'Mais ações' }).tap();
  await page.getByRole('menuitem', { name: 'Mostrar dados do contato' }).waitFor();
  await page.getByRole('menuitem', { name: 'Mostrar dados do contato' }).tap();
  await page.getByRole('complementary', { name: 'Dados do contato' }).getByText('Como nos encontra').waitFor();
  expect(await log(page).count()).toBe(0);
  expect(await scrollsSideways(page)).toBe(false);
  /* What lies beyond the edge is cut, not scrolled to. */
  expect((await page.getByRole('complementary', { name: 'Dados do contato' }).boundingBox())?.width).toBe(HAND.width);
  await accessible(page, 'the panel in the hand', [HAND]);

  await page.goBack();
  await log(page).waitFor();
  await page.goBack();
  await list(page).or(page.getByText('Fila vazia.')).first().waitFor();
  expect(new URL(page.url()).searchParams.get('tab')).toBe('waiting');

  await tab(page, 'Atendendo').tap();
  await open(page, rita.name);
  await page.getByRole('button', { name: 'Voltar à lista' }).tap();
  await row(page, rita.name).waitFor();
});

it('writes with the composer at the foot, where the thumb is, and the dialogs fit', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Oi');
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting', PHONE);
  await row(page, rita.name).tap();
  await page.getByRole('button', { name: 'Assumir' }).first().tap();
  await field(page).waitFor();
  await write(page, 'Do telefone');
  await bubble(page, 'Do telefone').waitFor();
  const { bottom } = await field(page).evaluate((one) => one.getBoundingClientRect().toJSON() as DOMRect);
  expect(bottom).toBeGreaterThan(HAND.height * 0.75);
  expect(bottom).toBeLessThanOrEqual(HAND.height);
  expect(await rita.texts(1)).toEqual(['Do telefone']);

  for (const [act, name] of [['Transferir', 'Transferir atendimento'], ['Encerrar', 'Encerrar atendimento']] as const) {
    await page.getByRole('button', { name: 'Mais ações' }).tap();
    await page.getByRole('menuitem', { name: act }).tap();
    const dialog = page.getByRole('dialog', { name });
    await dialog.waitFor();
    const box = await dialog.evaluate((one) => one.getBoundingClientRect().toJSON() as DOMRect);
    expect(box.left >= 0 && box.right <= HAND.width && box.top >= 0 && box.bottom <= HAND.height, `${name} fits`).toBe(true);
    await dialog.getByRole('button', { name: 'Cancelar' }).tap();
    await dialog.waitFor({ state: 'detached' });
  }
});

it('the bar at the foot leads to every place that the person may enter', async () => {
  const page = await aScreen(account, 'rafael', '/', PHONE);
  const bar = page.getByRole('navigation', { name: 'Principal' });
  await bar.getByRole('link', { name: 'Configurações' }).tap();
  await page.getByRole('navigation', { name: 'Configurações' }).getByRole('link', { name: 'Canais' }).tap();
  await page.getByText(whatsapp.channel.name).waitFor();
  expect(await scrollsSideways(page)).toBe(false);
  await page.getByText(whatsapp.channel.name).tap();
  await page.getByRole('heading', { level: 2, name: whatsapp.channel.name }).or(page.getByRole('heading', { level: 1, name: whatsapp.channel.name })).waitFor();
  expect(await scrollsSideways(page)).toBe(false);
  await accessible(page, 'a channel in the hand', [HAND]);
  await page.goBack();
  await page.getByRole('link', { name: 'Novo', exact: true }).waitFor();
  await bar.getByRole('link', { name: /^Atender/ }).tap();
  await page.getByRole('heading', { level: 1, name: 'Atendimentos' }).waitFor();
  await bar.getByRole('button', { name: 'Minha conta' }).tap();
  await page.getByText(account.email('rafael')).waitFor();
});
