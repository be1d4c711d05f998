/** When a message cannot arrive, people are told before they write it, or why it did not. */
import { beforeAll, beforeEach, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { bubble, field, head, log, open, row, write } from './support/inbox.ts';
import { aScreen } from './support/screens.ts';

const HOUR_S = 3600;

let account: Account;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
});
beforeEach(() => whatsapp.faults({}));

/** Rita wrote some hours ago; the network says so, and so it is. */
async function wroteHoursAgo(hours: number): Promise<Customer> {
  const rita = await whatsapp.customer();
  await rita.say('Oi', { timestamp: String(Math.floor(Date.now() / 1000 - hours * HOUR_S)) });
  await rita.lastWrote(hours * HOUR_S * 1000);
  return rita;
}

it('the clock of the window shows what is left, and the list when little is', async () => {
  const rita = await wroteHoursAgo(22);
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await open(page, rita.name);
  await head(page, 'Assumir').click();
  await field(page).waitFor();
  await page.getByText(/^Janela fecha em (1 h 5\d|2 h)/).waitFor();
  await page.goto('about:blank');
  await page.goBack();
  await page.getByRole('link', { name: /^Atendendo/ }).click();
  await row(page, rita.name, 'janela fecha em').waitFor();
});

it('a closed window says so in place of the text, and offers only what still works', async () => {
  const rita = await wroteHoursAgo(25);
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await open(page, rita.name);
  await head(page, 'Assumir').click();
  await page.getByText(/^A janela fechou (hoje|ontem), às \d\d:\d\d\. Agora só um modelo aprovado chega a Rita\.$/).waitFor();
  expect(await field(page).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Enviar', exact: true }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Anexar' }).count()).toBe(0);
  await accessible(page, 'a conversation whose window is closed');

  await page.getByRole('button', { name: 'Sussurrar' }).click();
  await write(page, 'Ligar amanhã');
  await bubble(page, 'Ligar amanhã').getByText('Sussurro · só a equipe vê').waitFor();

  await head(page, 'Encerrar').click();
  await page.getByText('A janela fechou: a mensagem de encerramento não chega ao cliente e não será enviada.').waitFor();
  await page.getByRole('button', { name: 'Cancelar' }).click();

  /* The customer writes: the window is open before anybody reloads. */
  await rita.say('Voltei');
  await page.getByRole('tab', { name: 'Responder' }).click();
  await field(page).waitFor();
  await write(page, 'Que bom');
  expect(await rita.texts(1)).toEqual(['Que bom']);
});

it('what the network refused says why, and trying again sends the same message', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Oi');
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await open(page, rita.name);
  await head(page, 'Assumir').click();
  await whatsapp.faults({ refuse_next: { code: 131026, mode: 'async' } });
  await write(page, 'Chegou?');
  const failed = bubble(page, 'Chegou?');
  await failed.getByText('Não entregue.').waitFor();
  await failed.getByText(/O WhatsApp não conseguiu entregar/).waitFor();
  await failed.getByText(/Código WA-131026/).waitFor();
  await accessible(page, 'a message that failed');
  await failed.getByRole('button', { name: 'Tentar de novo' }).click();
  await failed.getByText('entregue', { exact: true }).waitFor({ state: 'attached' });
  expect(await rita.texts(1)).toEqual(['Chegou?']);
  expect(await log(page).getByText('Chegou?').count()).toBe(1);
});

it('a provider that is busy or broken for a moment is not the agent’s trouble', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Oi');
  const page = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  await open(page, rita.name);
  await head(page, 'Assumir').click();
  await whatsapp.faults({ answer_500_next: 1 });
  await write(page, 'Um instante');
  await bubble(page, 'Um instante').getByText('entregue', { exact: true }).waitFor({ state: 'attached', timeout: 40_000 });
  expect(await rita.texts(1)).toEqual(['Um instante']);
});
