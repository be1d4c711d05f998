/** Pictures of whatever is about access, in an account of its own where names are as long as names can be. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

import type { Page } from 'playwright-core';

import { type Account, anAccount, type Who } from '../../http/support/account.ts';
import { Browser, PASSWORD } from '../../http/support/browser.ts';
import { sql } from '../../http/support/database.ts';
import { house, origin } from '../../http/support/house.ts';
import { enrol, forgetLastCode } from '../../http/support/person.ts';
import { totp } from '../../http/support/totp.ts';
import { steppedUp } from '../../http/support/step-up.ts';
import { goto, type Screen, type Shot } from './look.ts';

const LONG_NAME = 'Maximiliana Aparecida do Nascimento e Albuquerque Cavalcanti de Vasconcelos';
const LONG_WORD = 'atendimento.regional.oeste.catarinense.e.planalto';

const settings = (place: string): string => `/configuracoes/${place}`;

async function atTheDoor(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.goto(`${origin}/entrar`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Senha', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Entrar' }).click();
}

/** Whoever is at this page showed just now that it is them. */
async function stepUp(page: Page): Promise<void> {
  const session = (await page.context().cookies()).find(({ name }) => name === '__Host-brt')?.value.split('.')[0] ?? '';
  await sql("UPDATE sessions SET stepped_up_at = now() WHERE id = :'session'::bigint", { session });
}

const press = (path: string, button: string, then: Shot = async () => undefined): Shot => async (page, look) => {
  await page.goto(origin + path);
  await stepUp(page);
  await page.getByRole('button', { name: button }).first().click();
  await then(page, look);
};

const dialog: Shot = async (page) => page.getByRole('dialog').waitFor();

/** The server answers this request never, or with a failure. */
const slow = (what: RegExp, path: string): Shot => async (page) => {
  await page.route(what, () => undefined);
  await page.goto(origin + path);
  await page.locator('.mantine-Skeleton-root:visible').first().waitFor();
};
const failing = (what: RegExp, path: string): Shot => async (page) => {
  await page.route(what, (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"type":"about:blank","title":"","status":503,"slug":"busy","field":null,"request_id":"4f9a2c7e01d3"}' }));
  await page.goto(origin + path);
  await page.getByRole('button', { name: 'Tentar de novo' }).first().waitFor();
};

async function furnish(account: Account): Promise<{ group: number; secret: string }> {
  const olga = await steppedUp(await account.as('olga'));
  const { id: group } = (await olga.post('/api/v1/groups', {
    name: 'Supervisão regional do oeste catarinense e planalto', description: 'Quem acompanha as equipes de campo e responde pela qualidade.',
    permissions: ['tickets.view', 'tickets.reply', 'users.view'], scope: 'department', channel_ids: null, masks: 3, factor_from: null,
  })).ok<{ id: number }>(201);
  await sql("UPDATE memberships SET display_name = :'name' WHERE id = :'member'", { name: LONG_NAME, member: account.members.bruno });
  (await olga.patch(`/api/v1/members/${account.members.bruno}`, { group_id: group })).ok();
  (await olga.post(`/api/v1/members/${account.members.camila}/deactivate`, {})).ok();
  (await olga.post('/api/v1/invites', { email: `${LONG_WORD}@${account.slug}.exemplo`, group_id: group, department_ids: [], is_agent: true })).ok(201);
  (await olga.post('/api/v1/tokens', { name: `Integração do ERP com ${LONG_WORD}`, kind: 'service', permissions: ['tickets.view'] })).ok(201);
  (await olga.put('/api/v1/networks', { networks: [
    { network: '127.0.0.0/16', note: 'Matriz' }, { network: '2001:db8:1234:5678:9abc:def0:1234:5600/120', note: 'VPN da matriz de Chapecó e das lojas da região' }, { network: '203.0.113.0/24', note: '' },
  ] })).ok();
  for (let turn = 0; turn < 3; turn++) await new Browser({ from: '127.0.44.1' }).signIn(account.email('ana'), `palpite ${turn}`);
  const { secret } = await enrol(await account.as('rafael'));
  await sql('DELETE FROM signin_throttle');
  return { group, secret };
}

async function anOperator(): Promise<{ email: string; password: string }> {
  const email = `fotos-${randomBytes(4).toString('hex')}@instalacao.exemplo`;
  const env = { ...process.env, BALCAO_VAR: house.var };
  const made = promisify(execFile)(`${house.bin}/balcaoctl`, ['operator', 'create', '--email', email, '--networks', '127.0.0.1/32'], { env });
  made.child.stdin?.end(`${PASSWORD}\n`);
  await made;
  return { email, password: PASSWORD };
}

export async function access(): Promise<Screen[]> {
  const account = await anAccount();
  const { group, secret } = await furnish(account);
  const as = (who: Who, name: string, shot: Shot): Screen => ({ who: account.email(who), name, shot });
  const stranger = (name: string, shot: Shot): Screen => ({ who: null, name, shot });
  const member = (who: Who) => settings(`usuarios/${account.members[who]}`);
  const asksForCode: Shot = async (page) => {
    await forgetLastCode(account, 'rafael');
    await atTheDoor(page, account.email('rafael'));
    await page.getByLabel('Número 1 de 6').waitFor();
  };
  const enrolling: Shot = async (page) => {
    await sql("UPDATE groups SET factor_from = now() - interval '1 day' WHERE account_id = :'id' AND builtin = 'finance'", { id: account.id });
    await atTheDoor(page, account.email('fabiana'));
    await page.getByRole('heading', { level: 1, name: 'Verificação em duas etapas' }).waitFor();
  };

  return [
    stranger('porta-codigo', asksForCode),
    stranger('porta-codigo-errado', async (page, look) => {
      await asksForCode(page, look);
      await page.getByLabel('Número 1 de 6').click();
      await page.keyboard.type('000000');
      await page.getByRole('alert').waitFor();
    }),
    stranger('porta-reserva', async (page, look) => {
      await asksForCode(page, look);
      await page.getByRole('button', { name: 'Usar código de reserva' }).click();
    }),
    stranger('porta-configurar', enrolling),
    stranger('porta-outro-aparelho', async (page) => {
      await sql("UPDATE account_security SET allows_several_sessions = false WHERE account_id = :'id'", { id: account.id });
      await atTheDoor(page, account.email('olga'));
      await page.getByRole('heading', { level: 1, name: 'Você já está em outro aparelho' }).waitFor();
      await sql("UPDATE account_security SET allows_several_sessions = true WHERE account_id = :'id'", { id: account.id });
    }),
    stranger('porta-trancada', async (page) => {
      for (let turn = 0; turn < 7; turn++) {
        await new Browser({ from: '127.0.44.2' }).signIn(`ninguem@${account.slug}.exemplo`, `palpite ${turn}`);
        await sql('UPDATE signin_throttle SET closed_until = updated_at');
      }
      await new Browser({ from: '127.0.44.2' }).signIn(`ninguem@${account.slug}.exemplo`, 'palpite');
      await atTheDoor(page, `ninguem@${account.slug}.exemplo`, 'palpite');
      await page.getByRole('alert').waitFor();
      await page.screenshot();
      await sql('DELETE FROM signin_throttle');
    }),
    stranger('porta-senha-nova', async (page) => {
      await sql("UPDATE users SET must_change_password = true WHERE email = :'email'", { email: account.email('fabiana') });
      await sql("UPDATE groups SET factor_from = NULL WHERE account_id = :'id' AND builtin = 'finance'", { id: account.id });
      await atTheDoor(page, account.email('fabiana'));
      await page.getByRole('heading', { level: 1, name: 'Crie uma senha nova' }).waitFor();
      await sql("UPDATE users SET must_change_password = false WHERE email = :'email'", { email: account.email('fabiana') });
    }),
    stranger('porta-esqueci', goto('/esqueci-a-senha')),
    stranger('perfil', async (page, look) => {
      await asksForCode(page, look);
      await page.getByLabel('Número 1 de 6').click();
      await page.keyboard.type(totp(secret));
      await page.getByRole('heading', { level: 1, name: 'Atendimentos' }).waitFor();
      await page.goto(`${origin}/perfil`);
    }),
    as('ana', 'perfil-sem-codigo', goto('/perfil')),
    as('ana', 'perfil-confirmar', async (page) => {
      await page.goto(`${origin}/perfil`);
      await page.getByRole('button', { name: 'Configurar' }).click();
      await page.getByRole('dialog').waitFor();
    }),
    as('ana', 'perfil-configurar', press('/perfil', 'Configurar', async (page) => page.getByAltText('Código QR para o aplicativo autenticador').waitFor())),
    as('olga', 'pessoas', goto(settings('usuarios'))),
    as('olga', 'pessoas-esperando', slow(/\/api\/v1\/members/, settings('usuarios'))),
    as('olga', 'pessoas-falha', failing(/\/api\/v1\/members/, settings('usuarios'))),
    as('olga', 'pessoas-ficha', goto(member('bruno'))),
    as('olga', 'pessoas-desativada', goto(member('camila'))),
    as('olga', 'pessoas-convite', press(settings('usuarios'), 'Convidar', dialog)),
    as('olga', 'pessoas-entradas', goto(`${member('ana')}/entradas`)),
    as('olga', 'pessoas-entradas-vazio', goto(`${member('bruno')}/entradas`)),
    as('olga', 'pessoas-entradas-falha', failing(/\/attempts/, `${member('ana')}/entradas`)),
    as('ana', 'pessoas-proibido', goto(settings('usuarios'))),
    as('olga', 'grupos', goto(settings('grupos'))),
    as('olga', 'grupos-proprio', goto(settings(`grupos/${group}`))),
    as('olga', 'grupos-sistema', async (page) => {
      await page.goto(origin + settings('grupos'));
      await page.getByRole('link', { name: /^Atendente/ }).click();
      await page.getByText('Este grupo é igual em toda conta').waitFor();
    }),
    as('olga', 'grupos-novo', goto(settings('grupos/novo'))),
    as('olga', 'grupos-mudado', async (page) => {
      await page.goto(origin + settings(`grupos/${group}`));
      await page.getByRole('switch', { name: 'Exigir de todos deste grupo' }).check({ force: true });
      await page.getByText('1 mudança não salva').waitFor();
    }),
    as('olga', 'redes', goto(settings('redes'))),
    as('olga', 'redes-fora', async (page) => {
      await page.goto(origin + settings('redes'));
      await stepUp(page);
      await page.getByRole('button', { name: 'Remover a rede 3' }).click();
      await page.getByLabel('Rede 1', { exact: true }).fill('203.0.113.0/24');
      await page.getByRole('button', { name: 'Salvar' }).click();
      await page.getByRole('alert').waitFor();
    }),
    as('olga', 'politica', goto(settings('seguranca'))),
    as('olga', 'auditoria', goto(settings('auditoria'))),
    as('olga', 'auditoria-linha', press(settings('auditoria?action=group.created'), 'Grupo', dialog)),
    as('olga', 'auditoria-vazia', goto(settings('auditoria?from=2020-01-01&to=2020-01-02'))),
    as('olga', 'auditoria-falha', failing(/\/api\/v1\/audit\b/, settings('auditoria'))),
    as('olga', 'tokens', goto(settings('tokens'))),
    as('olga', 'tokens-gerar', press(settings('tokens'), 'Gerar token', dialog)),
    as('olga', 'tokens-segredo', press(settings('tokens'), 'Gerar token', async (page) => {
      await page.getByRole('dialog').getByLabel('Nome').fill('Integração do ERP');
      await page.getByRole('dialog').getByRole('button', { name: 'Gerar' }).click();
      await page.getByRole('note', { name: 'Token' }).waitFor();
    })),
    as('olga', 'tokens-revogar', press(settings('tokens'), 'Revogar', dialog)),
    { who: 'helena@redepinhao.exemplo', name: 'conta-troca', shot: async (page) => {
      await page.goto(origin);
      await page.getByRole('navigation', { name: 'Principal' }).getByRole('button', { name: 'Minha conta' }).click();
      await page.getByText('helena@redepinhao.exemplo').waitFor();
    } },
    stranger('operacao-porta', goto('/operator')),
    stranger('operacao', async (page) => {
      const { email, password } = await anOperator();
      await page.goto(`${origin}/operator`);
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Senha', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Entrar' }).click();
      await page.getByRole('heading', { name: 'Contas' }).waitFor();
    }),
  ];
}
