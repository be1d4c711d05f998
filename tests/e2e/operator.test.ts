/** Who keeps the installation, in a browser: a factor before anything else, then accounts opened, suspended and resumed. */
import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { PASSWORD } from '../http/support/browser.ts';
import { sql } from '../http/support/database.ts';
import { origin } from '../http/support/house.ts';
import { createOperator, forgetLastCode } from '../http/support/operator.ts';
import { totp } from '../http/support/totp.ts';
import { accessible } from './support/axe.ts';
import { digits, keepCodes, shownSecret } from './support/factor.ts';
import { foresee } from './support/guard.ts';
import { aPage } from './support/screens.ts';

const word = randomBytes(5).toString('hex');
const email = `op-${word}@instalacao.exemplo`;
let secret: string;

beforeAll(() => createOperator(email));

async function atTheDoor(): Promise<Page> {
  const page = await aPage();
  foresee(page, /\/api\/v1\/operator\/session\b/); // nobody is in yet
  await page.goto(`${origin}/operator`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Senha', { exact: true }).fill(PASSWORD);
  return page;
}

const enter = (page: Page): Promise<void> => page.getByRole('button', { name: 'Entrar' }).click();
const desk = (page: Page): Promise<void> => page.getByRole('heading', { level: 2, name: 'Contas' }).waitFor();

it('a new operator sets a factor up, keeps the codes, opens an account, suspends it and resumes it', async () => {
  const page = await atTheDoor();
  await accessible(page, "the operators' door");
  await enter(page);
  await page.getByRole('heading', { level: 1, name: 'Verificação em duas etapas' }).waitFor();
  await page.getByRole('button', { name: 'Continuar' }).click();
  secret = await shownSecret(page);
  await accessible(page, "an operator's enrolment");
  await digits(page, '000000');
  await page.getByRole('alert').filter({ hasText: 'Código' }).waitFor();
  await digits(page, totp(secret));
  await page.getByRole('list', { name: 'Códigos de reserva' }).waitFor();
  await accessible(page, "an operator's recovery codes");
  await keepCodes(page);

  await desk(page);
  const health = page.getByRole('region', { name: 'Filas' });
  await health.getByText('Entregas por ler').waitFor();
  const search = page.getByRole('searchbox', { name: 'Buscar conta por nome ou endereço' });
  await search.fill('rede-pinhao');
  await page.getByRole('row', { name: /rede-pinhao Ativa/ }).waitFor();
  await accessible(page, "the operators' desk");

  await page.getByRole('button', { name: 'Nova conta' }).click();
  const opening = page.getByRole('dialog', { name: 'Nova conta' });
  await opening.getByLabel('Nome da conta').fill(`Clínica ${word}`);
  await opening.getByLabel('Endereço').fill(`clinica-${word}`);
  await opening.getByLabel('E-mail de quem vai cuidar dela').fill(`dona@clinica-${word}.exemplo`);
  await accessible(page, 'a new account');
  await opening.getByRole('button', { name: 'Abrir conta' }).click();
  await opening.getByText('Entregue esta senha agora').waitFor();
  expect(await opening.locator('code').innerText()).toMatch(/^[\w-]{20}$/);
  await accessible(page, 'an account that was opened');
  await opening.getByRole('button', { name: 'Pronto' }).click();

  await search.fill(word.toUpperCase());
  const row = page.getByRole('row', { name: new RegExp(`clinica-${word}`) });
  const state = (): Promise<string> => sql("SELECT state FROM accounts WHERE slug = :'slug'", { slug: `clinica-${word}` });
  await row.getByText('Ativa').waitFor();
  await row.getByRole('button', { name: /^Suspender/ }).click();
  const sure = page.getByRole('dialog', { name: `Suspender Clínica ${word}` });
  await sure.getByText('Ninguém trabalha nela').waitFor();
  await accessible(page, 'a suspension');
  await sure.getByRole('button', { name: 'Suspender' }).click();
  await row.getByText('Suspensa').waitFor();
  expect(await state()).toBe('suspended');
  await row.getByRole('button', { name: /^Reativar/ }).click();
  await row.getByText('Ativa').waitFor();
  expect(await state()).toBe('active');

  await page.getByRole('button', { name: 'Sair' }).click();
  await page.getByLabel('Senha', { exact: true }).waitFor();
});

it('is asked for the code from then on, or for one on paper', async () => {
  await forgetLastCode(email);
  const page = await atTheDoor();
  await enter(page);
  await page.getByRole('heading', { level: 1, name: 'Confirme que é você' }).waitFor();
  await accessible(page, "an operator's code");
  await page.getByRole('button', { name: 'Usar código de reserva' }).click();
  await page.getByLabel('Código de reserva').fill('0-AAAAA-AAAAA');
  await page.getByRole('button', { name: 'Continuar' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByRole('button', { name: 'Usar o aplicativo' }).click();
  await digits(page, totp(secret));
  await desk(page);
  await page.reload();
  await desk(page);
});

it('speaks English to whoever chose it on this device', async () => {
  const page = await aPage();
  await page.addInitScript(() => localStorage.setItem('balcao.language', '"en"'));
  foresee(page, /\/api\/v1\/operator\/session\b/);
  await page.goto(`${origin}/operator`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('balcaoctl operator reset-factor').waitFor();
});
