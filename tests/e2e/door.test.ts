/** Coming in when a password is not enough: another device, a second factor, a lock; and showing once more that it is them. */
import type { Page } from 'playwright-core';
import { beforeAll, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { Browser, PASSWORD } from '../http/support/browser.ts';
import { sql } from '../http/support/database.ts';
import { origin } from '../http/support/house.ts';
import { codeMailedTo, demandFactor, oneSession } from '../http/support/person.ts';
import { totp } from '../http/support/totp.ts';
import { accessible } from './support/axe.ts';
import { digits, keepCodes, shownSecret } from './support/factor.ts';
import { foresee } from './support/guard.ts';
import { aPage, aScreen } from './support/screens.ts';

let account: Account;

beforeAll(async () => {
  account = await anAccount();
  await oneSession(account);
});

async function atTheDoor(email: string, password = PASSWORD): Promise<Page> {
  const page = await aPage();
  foresee(page, /\/api\/v1\/session\b/);
  await page.goto(`${origin}/entrar`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Senha', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Entrar' }).click();
  return page;
}

const inbox = (page: Page): Promise<void> => page.getByRole('heading', { level: 1, name: 'Atendimentos' }).waitFor();

it('says where one is already, ends that one and tells it why', async () => {
  const email = account.email('ana');
  const first = await atTheDoor(email);
  await inbox(first);
  const second = await atTheDoor(email);
  await second.getByRole('heading', { level: 1, name: 'Você já está em outro aparelho' }).waitFor();
  await second.getByText(/Chrome no Linux, desde/).waitFor();
  await accessible(second, 'another device');
  await second.getByRole('button', { name: 'Continuar aqui' }).click();
  await inbox(second);
  await first.getByText(/Sua sessão continuou em outro aparelho: Chrome no Linux/).waitFor();
});

it('sets a demanded factor up at the door, and asks for it from then on', async () => {
  const email = account.email('camila');
  const page = await atTheDoor(email);
  await inbox(page);
  await demandFactor(account, 'manager');
  await page.context().clearCookies({ name: /__Host-b(at|rt)/ });
  foresee(page, /factor|403|401/);
  await page.goto(`${origin}/entrar`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Senha', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Entrar' }).click();

  await page.getByRole('heading', { level: 1, name: 'Verificação em duas etapas' }).waitFor();
  await page.getByRole('button', { name: 'Continuar' }).click();
  const secret = await shownSecret(page);
  await accessible(page, 'setting a factor up');
  await digits(page, '000000');
  await page.getByText('Código incorreto. Confira a hora do celular e tente o próximo.').waitFor();
  await digits(page, totp(secret));
  const recovery = await keepCodes(page);
  await page.getByRole('button', { name: 'Continuar aqui' }).click();
  await inbox(page);

  const other = await atTheDoor(email);
  await other.getByRole('heading', { level: 1, name: 'Confirme que é você' }).waitFor();
  await accessible(other, 'the second factor');
  await digits(other, '000000');
  await other.getByText('Código incorreto. Confira a hora do celular e tente o próximo.').waitFor();
  await other.getByRole('button', { name: 'Usar código de reserva' }).click();
  await other.getByLabel('Código de reserva').fill(recovery);
  await other.getByRole('button', { name: 'Continuar' }).click();
  await other.getByRole('button', { name: 'Continuar aqui' }).click();
  await inbox(other);
});

it('closes after too many wrong passwords, says for how long, and somebody with the right to it opens', async () => {
  const email = account.email('bruno');
  const from = '127.0.13.1';
  for (let turn = 0; turn < 9; turn++) {
    (await new Browser({ from }).signIn(email, `palpite ${turn}`)).refused(401, 'credentials_invalid');
    if (turn < 8) await sql("UPDATE signin_throttle SET closed_until = updated_at WHERE names && (SELECT array_agg(email_hash) FROM signin_attempts WHERE address = :'from')", { from });
  }
  const page = await atTheDoor(email);
  await page.getByRole('alert').filter({ hasText: /Muitas tentativas. Tente de novo em 0:\d\d/ }).waitFor();
  await accessible(page, 'the closed door');

  const olga = await aScreen(account, 'olga', `/configuracoes/usuarios/${account.members.bruno}/entradas`);
  await olga.getByRole('heading', { level: 2, name: 'Por que não entra?' }).waitFor();
  await olga.getByText('Tentativas demais').first().waitFor();
  await accessible(olga, 'why somebody cannot sign in');
  await olga.getByRole('button', { name: 'Desbloquear' }).click();
  await olga.getByText('Desbloqueado. Já pode tentar de novo.').waitFor();
  const again = await atTheDoor(email);
  await inbox(again);
});

it('asks once more who it is before something dangerous, and then does it', async () => {
  const page = await aScreen(account, 'rafael', '/perfil');
  await page.getByRole('heading', { level: 1, name: 'Meu perfil' }).waitFor();
  await page.getByText('este aparelho').waitFor();
  await accessible(page, 'the own security');
  foresee(page, /\/api\/v1\/(me\/factor|session\/step-up)/);
  await page.getByRole('button', { name: 'Configurar' }).click();

  const dialog = page.getByRole('dialog', { name: 'Confirme que é você' });
  await dialog.getByLabel('Senha', { exact: true }).fill('não é esta');
  await dialog.getByRole('button', { name: 'Continuar' }).click();
  await dialog.getByText('A senha não confere.').waitFor();
  await accessible(page, 'showing once more who it is');
  await dialog.getByLabel('Senha', { exact: true }).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Continuar' }).click();

  const secret = await shownSecret(page);
  const byMail = page.getByLabel('Código que enviamos por e-mail');
  await byMail.fill('000000');
  await digits(page, totp(secret));
  await page.getByText('Não é o código da última mensagem. Confira seu e-mail.').waitFor();
  await accessible(page, 'a first factor and its letter');
  await byMail.fill(await codeMailedTo(account.email('rafael')));
  await digits(page, totp(secret));
  await keepCodes(page);
  await page.getByText(/Ligada em .* Restam 10 códigos de reserva/).waitFor();
});

it('changes a password that everybody knows before it lets in', async () => {
  const email = account.email('fabiana');
  await sql("UPDATE users SET must_change_password = true WHERE email = :'email'", { email });
  const page = await atTheDoor(email);
  await page.getByRole('heading', { level: 1, name: 'Crie uma senha nova' }).waitFor();
  await accessible(page, 'a new password');
  await page.getByLabel('Senha nova', { exact: true }).fill('flamengo2026');
  await page.getByRole('button', { name: 'Trocar e entrar' }).click();
  await page.getByText('Muita gente usa esta senha. Escolha outra.').waitFor();
  await page.getByLabel('Senha nova', { exact: true }).fill('tres gatos no telhado');
  await page.getByRole('button', { name: 'Trocar e entrar' }).click();
  await page.waitForURL(/atendimentos/);
});
