/** Who works here: an invitation from dialog to first sign-in, a group that hides a menu, a fence that keeps its author in. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { sql } from '../http/support/database.ts';
import { origin } from '../http/support/house.ts';
import { nextMail } from '../http/support/mails.ts';
import { accessible } from './support/axe.ts';
import { foresee } from './support/guard.ts';
import { notice } from './support/inbox.ts';
import { aPage, aScreen } from './support/screens.ts';

const PASSWORD = 'um cavalo na varanda azul';

let account: Account;
beforeAll(async () => {
  account = await anAccount();
});

/** Whoever is at this page showed just now that it is them. */
async function stepUp(page: Page): Promise<void> {
  const cookies = await page.context().cookies();
  const session = cookies.find(({ name }) => name === '__Host-brt')?.value.split('.')[0] ?? '';
  await sql(`UPDATE sessions SET stepped_up_at = now() WHERE id = :'session'::bigint`, { session });
}

const pick = async (page: Page, field: string, choice: string): Promise<void> => {
  /* By keyboard: a field that holds several choices keeps its input under them. */
  const box = page.getByRole('combobox', { name: field }).or(page.getByRole('textbox', { name: field })).first();
  await box.focus();
  await box.press('ArrowDown');
  await page.getByRole('option', { name: choice }).click();
};

it('somebody is invited, finds the letter, creates their access and is in', async () => {
  const email = `nova@${account.slug}.exemplo`;
  const page = await aScreen(account, 'rafael', '/configuracoes/usuarios');
  await stepUp(page);
  await page.getByRole('link', { name: /^Ana de Teste/ }).waitFor();
  await accessible(page, 'the people of an account');
  await page.getByRole('button', { name: 'Convidar' }).click();
  const dialog = page.getByRole('dialog', { name: 'Convidar pessoa' });
  await dialog.getByLabel('E-mail').fill(email);
  await pick(page, 'Grupo', 'Atendente');
  await pick(page, 'Setores', 'Suporte');
  await accessible(page, 'the invitation');
  await page.keyboard.press('Escape'); // the list of departments
  await dialog.getByRole('button', { name: 'Enviar convite' }).click();
  await notice(page, `Convite enviado para ${email}.`).waitFor();
  await page.getByRole('list', { name: 'Convites' }).getByText(email).waitFor();

  const [link] = (await nextMail(email)).links;
  const theirs = await aPage();
  foresee(theirs, /\/api\/v1\/(session|invites\/accept)\b/); // nobody is signed in yet; a short password
  await theirs.goto(link ?? '');
  await theirs.getByRole('heading', { level: 1, name: `Entrar em Casa ${account.slug}` }).waitFor();
  expect(new URL(theirs.url()).hash).toBe('');
  await accessible(theirs, 'an invitation');
  await theirs.getByLabel('Seu nome').fill('Nova Pessoa');
  await theirs.getByLabel('Senha nova', { exact: true }).fill('curta');
  await theirs.getByRole('button', { name: 'Criar acesso' }).click();
  await theirs.getByText('Escreva uma senha mais longa.').waitFor();
  await theirs.getByLabel('Senha nova', { exact: true }).fill(PASSWORD);
  await theirs.getByRole('button', { name: 'Criar acesso' }).click();

  await theirs.getByLabel('E-mail').fill(email);
  await theirs.getByLabel('Senha', { exact: true }).fill(PASSWORD);
  await theirs.getByRole('button', { name: 'Entrar' }).click();
  await theirs.getByRole('heading', { level: 1, name: 'Atendimentos' }).waitFor();
});

it('a group of one’s own hides the settings, and the server refuses what the screen no longer shows', async () => {
  const page = await aScreen(account, 'rafael', '/configuracoes/grupos');
  await stepUp(page);
  await page.getByRole('link', { name: /^Atendente/ }).click();
  await page.getByText('Este grupo é igual em toda conta; só a verificação em duas etapas é sua.').waitFor();
  await page.getByRole('switch', { name: 'Exigir de todos deste grupo' }).check({ force: true });
  await page.getByLabel('A partir de').fill('2099-01-31');
  await accessible(page, 'a built-in group');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await notice(page, 'Salvo.').waitFor();
  await page.getByRole('link', { name: 'Novo', exact: true }).click();
  await page.getByLabel('Nome', { exact: true }).fill('Só fila');
  await page.getByRole('switch', { name: 'Ver atendimentos' }).check({ force: true });
  await page.getByText('2 mudanças não salvas').waitFor();
  await accessible(page, 'a new group');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByRole('link', { name: /^Só fila/ }).waitFor();

  const camila = await aScreen(account, 'camila', '/configuracoes/canais');
  await camila.getByRole('navigation', { name: 'Configurações' }).getByRole('link', { name: 'Canais' }).waitFor();

  await page.getByRole('link', { name: 'Usuários' }).click();
  await page.getByRole('link', { name: /^Camila de Teste/ }).click();
  await accessible(page, 'a member');
  await pick(page, 'Grupo', 'Só fila');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await notice(page, 'Salvo.').waitFor();

  foresee(camila, /403/);
  await camila.goto(`${origin}/configuracoes/canais`);
  await camila.getByText('Você não tem acesso às configurações.').waitFor();
  expect(await camila.getByRole('link', { name: 'Configurações' }).count()).toBe(0); // nor a way there
  const refused = await camila.evaluate(async (id) => {
    const answer = await fetch('/api/v1/channels', { headers: { 'Balcao-Account': String(id) } });
    return ((await answer.json()) as { slug: string }).slug;
  }, account.id);
  expect(refused).toBe('permission_denied');
});

it('who may see one place of the settings finds the way there, and only that place', async () => {
  await sql(
    `WITH g AS (INSERT INTO groups (account_id, name, permissions, scope) VALUES (:account, 'Auditoria externa', '{tickets.view,audit.view}', 'account') RETURNING id)
     UPDATE memberships m SET group_id = g.id FROM g WHERE m.account_id = :account AND m.id = :member`,
    { account: account.id, member: account.members.bruno },
  );
  const page = await aScreen(account, 'bruno', '/perfil');
  await page.getByRole('navigation', { name: 'Principal' }).getByRole('link', { name: 'Configurações' }).click();
  await page.getByRole('heading', { level: 2, name: 'Auditoria' }).waitFor();
  expect(await page.getByRole('navigation', { name: 'Configurações' }).getByRole('link').allInnerTexts()).toEqual(['Auditoria']);
});

it('a group asks its people for a second factor from a day on, and nobody comes in without it afterwards', async () => {
  const page = await aScreen(account, 'rafael', '/configuracoes/grupos/novo');
  await stepUp(page);
  await page.getByLabel('Nome', { exact: true }).fill('Com código');
  await page.getByRole('switch', { name: 'Exigir de todos deste grupo' }).check({ force: true });
  const day = page.getByLabel('A partir de');
  expect(Date.parse(await day.inputValue())).toBeGreaterThan(Date.now()); // days to set it up
  await day.fill('2026-01-31');
  await accessible(page, 'a group that asks for a code');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByRole('link', { name: /^Com código/ }).click();
  await page.reload();
  await page.getByLabel('A partir de').waitFor();
  expect(await page.getByLabel('A partir de').inputValue()).toBe('2026-01-31');

  await page.getByRole('link', { name: 'Usuários' }).click();
  await page.getByRole('link', { name: /^Fabiana de Teste/ }).click();
  await pick(page, 'Grupo', 'Com código');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await notice(page, 'Salvo.').waitFor();
  const fabiana = await aPage();
  foresee(fabiana, /\/api\/v1\/session\b/);
  await fabiana.goto(origin);
  await fabiana.getByLabel('E-mail').fill(account.email('fabiana'));
  await fabiana.getByLabel('Senha', { exact: true }).fill('balcao-demo-2026');
  await fabiana.getByRole('button', { name: 'Entrar' }).click();
  await fabiana.getByRole('heading', { level: 1, name: 'Verificação em duas etapas' }).waitFor();

  await page.getByRole('link', { name: 'Grupos', exact: true }).click();
  await page.getByRole('link', { name: /^Com código/ }).click();
  await page.getByRole('switch', { name: 'Exigir de todos deste grupo' }).uncheck({ force: true });
  await page.getByRole('button', { name: 'Salvar' }).click();
  await notice(page, 'Salvo.').waitFor();
  await page.getByLabel('A partir de').waitFor({ state: 'detached' });
});

it('a list of networks that would lock its author out says so and offers their address', async () => {
  const page = await aScreen(account, 'rafael', '/configuracoes/redes');
  await stepUp(page);
  foresee(page, /\/api\/v1\/networks/); // 409
  await page.getByText('Nenhuma: as pessoas entram de qualquer lugar.').waitFor();
  await page.getByRole('button', { name: 'Adicionar rede' }).click();
  await page.getByLabel('Rede 1', { exact: true }).fill('203.0.113');
  await page.getByText('Escreva como 203.0.113.0/24 ou 2001:db8::/48.').waitFor();
  await accessible(page, 'a line that is no network');
  await page.getByLabel('Rede 1', { exact: true }).fill('203.0.113.0/24');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByRole('alert').filter({ hasText: 'você mesmo ficaria de fora' }).waitFor();
  await page.getByRole('button', { name: 'Incluir meu endereço' }).click();
  await page.getByRole('button', { name: 'Salvar' }).click();
  await notice(page, 'Salvo.').waitFor();
  await page.reload();
  await page.getByText('Só destas redes. Qualquer outra é recusada.').waitFor();
  await page.getByRole('button', { name: 'Remover a rede 2' }).click();
  await page.getByRole('button', { name: 'Remover a rede 1' }).click();
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByText('Nenhuma: as pessoas entram de qualquer lugar.').waitFor();
});

it('a forgotten password is replaced by a mailed link, and the rules of signing in are a form', async () => {
  const email = account.email('bruno');
  const page = await aPage();
  foresee(page, /\/api\/v1\/(session|password-resets)\b/);
  await page.goto(`${origin}/esqueci-a-senha`);
  await page.getByLabel('E-mail').fill(email);
  await accessible(page, 'a forgotten password');
  await page.getByRole('button', { name: 'Enviar link' }).click();
  await page.getByRole('heading', { level: 1, name: 'Confira seu e-mail' }).waitFor();
  const [link] = (await nextMail(email)).links;
  await page.goto(link ?? '');
  await page.getByLabel('Senha nova', { exact: true }).fill(PASSWORD);
  await accessible(page, 'a new password');
  await page.getByRole('button', { name: 'Salvar a senha' }).click();
  await page.getByRole('heading', { level: 1, name: 'Senha nova salva' }).waitFor();
  await page.goto(origin);
  await page.goto(link ?? '');
  await page.getByLabel('Senha nova', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Salvar a senha' }).click();
  await page.getByText('Este link já foi usado.').waitFor();

  const admin = await aScreen(account, 'rafael', '/configuracoes/seguranca');
  await stepUp(admin);
  await admin.getByLabel('Comprimento mínimo').fill('14');
  await accessible(admin, 'the rules of signing in');
  await admin.getByRole('button', { name: 'Salvar' }).click();
  await notice(admin, 'Salvo.').waitFor();
});
