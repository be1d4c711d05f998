/** From nothing to the first customer: an administrator sets a channel up by what the screen says. */
import { randomInt } from 'node:crypto';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { PASSWORD } from '../http/support/browser.ts';
import { house, origin } from '../http/support/house.ts';
import { lab } from '../http/support/lab.ts';
import { accessible } from './support/axe.ts';
import { foresee } from './support/guard.ts';
import { notice, open, row, said, tab } from './support/inbox.ts';
import { aPage, aScreen, DESK } from './support/screens.ts';
import { stepUp } from './support/step-up.ts';

let account: Account;
beforeAll(async () => {
  account = await anAccount();
});

/** What a field with a copy button holds. */
const shown = async (page: Page, label: string): Promise<string> =>
  (await page.getByRole('group', { name: label }).locator('code').textContent()) ?? '';

const step = (page: Page, title: string) => page.getByRole('heading', { level: 3, name: title });

async function newChannel(page: Page, kind: string, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Novo', exact: true }).click();
  await page.getByRole('radio', { name: kind }).click();
  await page.getByLabel('Nome do canal').fill(name);
  await page.getByRole('combobox', { name: 'Setor' }).or(page.getByRole('textbox', { name: 'Setor' })).click();
  await page.getByRole('option', { name: 'Suporte' }).click();
  await page.getByRole('button', { name: 'Criar e continuar' }).click();
}

it('a WhatsApp number, step by step, with a test that says what is wrong until nothing is', async () => {
  const page = await aScreen(account, 'rafael');
  await page.getByRole('navigation', { name: 'Principal' }).getByRole('link', { name: 'Configurações' }).click();
  await page.getByRole('navigation', { name: 'Configurações' }).getByRole('link', { name: 'Canais' }).click();
  await page.getByText('Nenhum canal ainda.').waitFor();
  await accessible(page, 'no channels yet');

  await page.getByRole('link', { name: 'Novo', exact: true }).click();
  await page.getByRole('button', { name: 'Criar e continuar' }).click();
  await page.getByText('Preencha este campo.').first().waitFor();
  await accessible(page, 'the form of a new channel, with its faults');
  await newChannel(page, 'WhatsApp, direto com a Meta', 'WhatsApp Central');

  foresee(page, /\/api\/v1\/channels\/\d+\/secrets/);
  const number = String(randomInt(100_000_000_000, 999_999_999_999));
  const [token, secret] = [`token-of-${number}`, `secret-of-${number}`];
  await step(page, 'Conexão com a Meta').waitFor();
  await accessible(page, 'the first step', [DESK]);
  await page.getByLabel('Token de acesso').fill(token);
  await page.getByLabel('Segredo do aplicativo').fill(secret);
  await page.getByText('Ajustes avançados').click();
  await page.getByLabel('Endereço da API').fill(`${house.lab}/graph`);
  await page.getByText('3 mudanças não salvas').waitFor();
  await page.getByRole('button', { name: 'Salvar e continuar' }).click();

  /* Credentials ask once more who it is; what was pressed then goes on by itself. */
  const asked = page.getByRole('dialog', { name: 'Confirme que é você' });
  await asked.getByLabel('Senha', { exact: true }).fill(PASSWORD);
  await accessible(page, 'the question before credentials are written', [DESK]);
  await asked.getByRole('button', { name: 'Continuar' }).click();

  await step(page, 'O número que atende').waitFor();
  await page.getByLabel('Identificador do número').fill(number);
  await page.getByLabel('Identificador da conta do WhatsApp').fill(`9${number}`);
  await page.getByLabel('Número, como aparece').fill('+55 49 3222-0417');
  await page.getByRole('button', { name: 'Salvar e continuar' }).click();

  await step(page, 'Receber mensagens').waitFor();
  await accessible(page, 'the step with the address', [DESK]);
  await page.getByRole('button', { name: 'Testar conexão' }).click();
  await page.getByText('Token aceito pela Meta').waitFor();
  await page.getByText('A Meta não reconhece o token. Gere outro no painel e cole aqui.').or(page.getByText('A Meta não encontra este número com este token. Confira o identificador.')).first().waitFor();
  await accessible(page, 'a test that failed', [DESK]);

  /* In the provider's panel: what the screen shows, typed in. */
  const hook_url = await shown(page, 'URL de retorno de chamada');
  const token_field = page.getByRole('group', { name: 'Token de verificação' });
  expect(await token_field.locator('code').textContent()).toMatch(/^•+$/);
  await token_field.getByRole('button', { name: 'Mostrar' }).click();
  const { verification } = await lab<{ verification: { ok: boolean } }>('POST', '/numbers', {
    phone_number_id: number, waba_id: `9${number}`, display_phone_number: '554932220417', verified_name: 'Casa',
    access_token: token, app_secret: secret, verify_token: await shown(page, 'Token de verificação'),
    callback_url: hook_url, verify: true,
  });
  expect(hook_url.startsWith(`${origin}/hooks/`)).toBe(true);
  expect(verification.ok).toBe(true);

  await page.getByRole('button', { name: 'Testar conexão' }).click();
  const checks = page.getByRole('list').filter({ hasText: 'Primeira mensagem' });
  for (const check of ['Dados preenchidos', 'Token aceito pela Meta', 'Número encontrado', 'Assinatura de mensagens ligada']) {
    await checks.getByRole('listitem').filter({ hasText: check }).getByText(/\d+ ms|Tudo certo|Casa|\+55/).first().waitFor();
  }
  await page.getByText('A Meta não').waitFor({ state: 'detached' });
  await checks.getByText('esperando').waitFor();
  await page.getByRole('button', { name: 'Continuar' }).click();

  await step(page, 'Nome, setor e boas-vindas').waitFor();
  await page.getByLabel('Mensagem de boas-vindas').fill('Oi, {{contact.first_name}}! Aqui é da Casa. Protocolo {{ticket.protocol}}.');
  await page.keyboard.press('Control+s');
  await page.getByText('1 mudança não salva').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Continuar' }).click();
  await step(page, 'Conferir e ligar').waitFor();
  await page.getByRole('switch', { name: 'Canal ligado' }).waitFor();
  await accessible(page, 'the last step', [DESK]);

  const bento = `b${number}`;
  await lab('POST', '/people', { id: bento, name: 'Bento Sá', wa_id: `55498${number.slice(0, 8)}` });
  await lab('POST', `/chats/${number}/${bento}/messages`, { type: 'text', text: { body: 'Primeira mensagem de todas' } });
  await expect.poll(async () => {
    await page.reload();
    await checks.waitFor();
    return checks.getByText('esperando').count();
  }).toBe(0);
  await page.getByRole('region', { name: 'Canais' }).getByRole('link', { name: /WhatsApp Central.*Conectado/ }).waitFor();

  await page.getByRole('navigation', { name: 'Principal' }).getByRole('link', { name: /^Atender/ }).click();
  await tab(page, 'Aguardando').click();
  await open(page, 'Bento Sá');
  await said(page, 'Primeira mensagem de todas').waitFor();
  await page.getByText(/^Oi, Bento! Aqui é da Casa\. Protocolo /).waitFor();
});

it('what was typed is not lost by a click elsewhere, and secrets do not come back', async () => {
  const page = await aScreen(account, 'rafael', '/configuracoes/canais');
  await stepUp(page);
  await newChannel(page, 'WhatsApp, direto com a Meta', 'WhatsApp Reserva');
  await step(page, 'Conexão com a Meta').waitFor();
  await page.getByLabel('Token de acesso').fill('um segredo');
  await page.getByLabel('Segredo do aplicativo').fill('outro');
  await page.getByRole('navigation', { name: 'Principal' }).getByRole('link', { name: /^Atender/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Sair sem salvar?' });
  await dialog.getByText('Há 2 mudanças não salvas neste canal.').waitFor();
  await accessible(page, 'the question about what is not saved');
  await dialog.getByRole('button', { name: 'Ficar aqui' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await page.getByLabel('Token de acesso').inputValue()).toBe('um segredo');
  await page.getByRole('button', { name: 'Salvar e continuar' }).click();
  await step(page, 'O número que atende').waitFor();
  await page.getByRole('button', { name: 'Voltar', exact: true }).click();
  await step(page, 'Conexão com a Meta').waitFor();
  expect(await page.getByLabel('Token de acesso').inputValue()).toBe('');
  expect(await page.getByLabel('Token de acesso').getAttribute('placeholder')).toBe('Guardado. Deixe em branco para manter.');
  expect(await page.content()).not.toContain('um segredo');
});

it('a webchat: named, coloured, tested, and its first visitor arrives', async () => {
  const page = await aScreen(account, 'rafael', '/configuracoes/canais');
  await stepUp(page);
  await newChannel(page, 'Chat do site', 'Chat da loja');
  await page.getByRole('heading', { level: 2, name: 'Chat da loja' }).waitFor();
  await accessible(page, 'the page of a webchat');
  await page.getByLabel('Saudação').fill('Olá! Como podemos ajudar?');
  await page.getByRole('textbox', { name: 'Cor' }).fill('#FFEE00');
  await page.getByText('Clara demais: texto branco não se lê sobre ela. Escolha uma mais escura.').waitFor();
  await page.getByRole('textbox', { name: 'Cor' }).fill('#0B6B4F');
  await page.getByRole('button', { name: 'Gerar chave' }).click();
  await page.getByText('Copie agora: depois de salvar ela não aparece mais.').waitFor();
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByText('Há uma chave guardada. Gerar outra invalida a anterior.').waitFor();
  await page.getByRole('button', { name: 'Testar conexão' }).click();
  await page.getByText('Dados preenchidos').waitFor();

  const key = /data-channel="([^"]+)"/.exec(await shown(page, 'Código para a sua página'))?.[1] ?? '';
  const visitor = await aPage();
  await visitor.goto(`${house.lab}/site.html?channel=${key}`);
  await visitor.getByRole('button', { name: 'Abrir conversa' }).click();
  await visitor.getByText('Olá! Como podemos ajudar?').waitFor();
  await visitor.getByRole('textbox', { name: 'Escreva sua mensagem' }).fill('Vocês entregam aos sábados?');
  await visitor.keyboard.press('Enter');
  await page.goto(`${origin}/atendimentos?tab=waiting`);
  await row(page, 'Visitante', 'Chat do site').waitFor();
});

it('whoever may change nothing does not find the settings, and is told whom to ask', async () => {
  const page = await aScreen(account, 'fabiana', '/configuracoes/canais');
  foresee(page, /tickets\/counts|\/live/); // nor any conversation
  await page.getByText('Você não tem acesso às configurações.').waitFor();
  await page.getByText('Quem administra a conta pode liberar.').waitFor();
  expect(await page.getByRole('link', { name: 'Configurações' }).count()).toBe(0);
  await accessible(page, 'a forbidden place');
  expect(await notice(page, 'código').count()).toBe(0);
});
