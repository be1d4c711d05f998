/** The worker of the browser: the application opens without a line, what was written goes once, and a push tells number and kind. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { serving } from '../http/support/desk.ts';
import { aWhatsapp, type Whatsapp } from '../http/support/whatsapp.ts';
import { foresee } from './support/guard.ts';
import { bubble, field, said, write } from './support/inbox.ts';
import { aScreen } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
});

it('two messages written without a line survive a reload and go once, in order', async () => {
  const rita = await whatsapp.customer();
  const ticket = await serving(await account.as('ana'), rita);
  const page = await aScreen(account, 'ana', `/atendimentos/${ticket.id}`, { serviceWorkers: 'allow' });
  foresee(page, /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|\/live\b/);
  await field(page).waitFor();
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const kept = await page.evaluate(async () => {
    const urls = await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)));
    return urls.flat();
  });
  expect(kept).toContain('/index.html');
  expect(kept.filter((path) => /^\/(api|media|live)/.test(path))).toEqual([]);

  await page.context().setOffline(true);
  await write(page, 'primeira sem rede');
  await write(page, 'segunda sem rede');
  await bubble(page, 'primeira sem rede').or(page.getByText('primeira sem rede')).first().waitFor();
  await page.getByText('Aguardando conexão.').first().waitFor();
  await page.reload();
  await page.getByText('Sem resposta do servidor.').waitFor();
  await page.context().setOffline(false);
  await said(page, 'segunda sem rede').waitFor();
  await page.getByText('Aguardando conexão.').first().waitFor({ state: 'detached' });
  expect(await rita.texts(2)).toEqual(['primeira sem rede', 'segunda sem rede']);
  await page.reload();
  await said(page, 'segunda sem rede').waitFor();
  expect(await said(page, 'primeira sem rede').count()).toBe(1);
  expect(await said(page, 'segunda sem rede').count()).toBe(1);
});
