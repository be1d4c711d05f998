/** Through the door and out again; and the address knows where one is. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { PASSWORD } from '../http/support/browser.ts';
import { origin } from '../http/support/house.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { foresee } from './support/guard.ts';
import { open, row, said, tab, tabWith, title } from './support/inbox.ts';
import { aPage, aScreen } from './support/screens.ts';

let account: Account;
let whatsapp: Whatsapp;
let rita: Customer;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
  rita = await whatsapp.customer();
  await rita.say('Oi, tudo bem?');
  await (await whatsapp.customer({ name: 'Bento Sá' })).say('Bom dia');
});

it('tells a wrong password beside the form, keeps what was typed and lets the right one in', async () => {
  const page = await aPage();
  foresee(page, /\/api\/v1\/session\b/); // 401: nobody yet, then the wrong password
  await page.goto(origin);

  const email = page.getByLabel('E-mail');
  const password = page.getByLabel('Senha', { exact: true });
  const enter = page.getByRole('button', { name: 'Entrar' });
  await email.waitFor();
  expect(await email.evaluate((one) => one === document.activeElement)).toBe(true);
  await accessible(page, 'the door');

  await email.fill(account.email('ana'));
  await password.fill('a senha de ontem');
  await password.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'E-mail ou senha não conferem.' }).waitFor();
  expect(await email.inputValue()).toBe(account.email('ana'));
  expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('password');
  await accessible(page, 'the door after a wrong password');

  await password.fill(PASSWORD);
  await enter.click();
  await page.getByRole('heading', { level: 1, name: 'Atendimentos' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/atendimentos');
});

it('asks for what is missing before it asks the server', async () => {
  const page = await aPage();
  foresee(page, /\/api\/v1\/session\b/);
  const asked: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && asked.push(request.url()));
  await page.goto(`${origin}/entrar`);
  await page.getByLabel('E-mail').fill('ana');
  await page.getByRole('button', { name: 'Entrar' }).click();
  await page.getByText('Escreva o e-mail completo, como nome@empresa.com.br.').waitFor();
  await page.getByText('Digite a senha.').waitFor();
  expect(asked).toEqual([]);
});

it('sees the inbox, and signing out closes every way back', async () => {
  const page = await aScreen(account, 'ana');
  await tabWith(page, 'Aguardando', 2).waitFor();
  await tab(page, 'Aguardando').click();
  await row(page, rita.name).waitFor();

  await page.getByRole('navigation', { name: 'Principal' }).getByRole('button', { name: 'Minha conta' }).click();
  await page.getByText(account.email('ana')).waitFor();
  await accessible(page, 'the own menu', [{ width: 1440, height: 900 }]);
  await page.getByRole('button', { name: 'Sair' }).click();
  await page.getByRole('heading', { level: 1, name: 'Entrar' }).waitFor();

  foresee(page, /\/api\/v1\/session\b/);
  await page.goto(`${origin}/atendimentos?tab=waiting`);
  await page.getByRole('heading', { level: 1, name: 'Entrar' }).waitFor();
  expect(await page.getByText(rita.name).count()).toBe(0);

  /* Whoever enters again goes on where they wanted to. */
  await page.getByLabel('E-mail').fill(account.email('ana'));
  await page.getByLabel('Senha', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await row(page, rita.name).waitFor();
  expect(new URL(page.url()).searchParams.get('tab')).toBe('waiting');
});

it('an address that leads nowhere says so, and shows the way', async () => {
  const page = await aScreen(account, 'ana', '/relatorios-antigos');
  await page.getByText('Esta página não existe.').waitFor();
  await accessible(page, 'nowhere');
  await page.getByRole('link', { name: 'Ir para os atendimentos' }).click();
  await page.getByRole('heading', { level: 1, name: 'Atendimentos' }).waitFor();
});

it('the address holds tab, filter and open ticket: back, forward and reload find them again', async () => {
  const page = await aScreen(account, 'ana');
  await tab(page, 'Aguardando').click();
  await row(page, rita.name).waitFor();
  await page.getByRole('button', { name: 'Não lidos' }).click();
  await page.getByRole('button', { name: 'Não lidos', pressed: true }).waitFor();
  await open(page, 'Bento Sá');
  await open(page, rita.name);
  await said(page, 'Oi, tudo bem?').waitFor();

  await page.goBack();
  await title(page, 'Bento Sá').waitFor();
  await page.goBack();
  await page.getByText('Escolha um atendimento ao lado.').waitFor();
  await page.getByRole('button', { name: 'Não lidos', pressed: true }).waitFor();
  await page.goForward();
  await title(page, 'Bento Sá').waitFor();
  await page.goForward();
  await title(page, rita.name).waitFor();

  await page.reload();
  await title(page, rita.name).waitFor();
  await said(page, 'Oi, tudo bem?').waitFor();
  await page.getByRole('button', { name: 'Não lidos', pressed: true }).waitFor();
  expect(await tab(page, 'Aguardando').getAttribute('aria-current')).toBe('page');
});
