/** Playing the customer of a flow before there is one: what was played is kept, and publishing is held to it. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { aFlow, type Flow, greeting } from '../http/support/flows.ts';
import { accessible } from './support/axe.ts';
import { foresee } from './support/guard.ts';
import { notice } from './support/inbox.ts';
import { aScreen } from './support/screens.ts';

let account: Account;
let flow: Flow;

beforeAll(async () => {
  account = await anAccount();
  flow = await aFlow(await account.as('rafael'), greeting(account, {
    key: 'menu', name: 'Menu',
    cards: [
      { id: 'ola', type: 'send_message', v: 1, name: 'Boas-vindas', settings: { kind: 'text', text: '{{now.greeting}}, {{contact.first_name}}.' } },
      { id: 'menu', type: 'question', v: 1, name: 'Assunto', settings: { expect: 'choice', text: 'Como posso ajudar?', options: [{ id: 'fim', label: 'Encerrar' }, { id: 'de_novo', label: 'De novo' }] } },
      { id: 'fim', type: 'finish', v: 1, name: 'Despedida', settings: { message: 'Até mais!', reason: `reason:${account.reasons['Resolvido']}` } },
    ],
    connectors: [{ from: 'ola', outlet: 'next', to: 'menu' }, { from: 'menu', outlet: 'opt:fim', to: 'fim' }, { from: 'menu', outlet: 'opt:de_novo', to: 'menu' }],
  }));
});

it('two answers are played and kept, a changed text is told at its step, accepted, and published', async () => {
  const page = await aScreen(account, 'rafael', `/fluxos/${flow.id}/simulador`);
  const simulator = page.getByRole('region', { name: 'Simulador' });
  const log = simulator.getByRole('log');
  const say = async (text: string): Promise<void> => {
    await simulator.getByRole('textbox', { name: 'Escreva como cliente' }).fill(text);
    await page.keyboard.press('Enter');
  };
  await log.getByText('Escreva para começar').waitFor();
  /* Sent off while the answer before is still on its way: it goes as soon as that is told. */
  let tell = (): void => undefined;
  const late = new Promise<void>((done) => void (tell = done));
  await page.route('**/simulate', async (route) => {
    await late;
    await route.continue();
  }, { times: 1 });
  await say('oi');
  await say('2');
  expect(await simulator.getByRole('textbox', { name: 'Escreva como cliente' }).inputValue()).toBe('2');
  tell();
  await expect.poll(() => log.getByText('Como posso ajudar?').count()).toBe(2);
  await accessible(page, 'a conversation with the draft');
  await simulator.getByRole('button', { name: 'Encerrar', exact: true }).first().click();
  await log.getByText('Até mais!').waitFor();
  await simulator.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'Despedida' }) }).waitFor();

  await simulator.getByRole('button', { name: 'Salvar como teste' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Nome do teste' }).fill('Encerra no menu');
  await page.getByRole('dialog').getByRole('button', { name: 'Salvar' }).click();
  await notice(page, 'Teste salvo com o rascunho.').waitFor();
  await simulator.getByRole('tab', { name: 'Testes' }).click();
  await simulator.getByText('1 teste passa.').waitFor();

  await simulator.getByRole('tab', { name: 'Conversa' }).click();
  await simulator.getByRole('link', { name: 'Despedida' }).click();
  const sheet = page.getByRole('region', { name: 'Despedida' });
  await sheet.getByRole('textbox', { name: /^(Mensagem|Texto|Despedida)/ }).first().fill('Tchau!');
  await sheet.getByRole('button', { name: 'Salvar' }).click();
  await page.getByText(/^salvo /).waitFor();

  await page.getByRole('button', { name: 'Publicar' }).click();
  const dialog = page.getByRole('dialog', { name: 'Publicar o rascunho' });
  await dialog.getByText('Muda no passo 6, em Despedida.').waitFor();
  await dialog.getByText('“Até mais!”').waitFor();
  await dialog.getByText('“Tchau!”').waitFor();
  await accessible(page, 'publishing would change a test');
  await dialog.getByRole('button', { name: 'Aceitar o novo comportamento' }).click();
  await dialog.getByText('Muda no passo 6').waitFor({ state: 'detached' });
  await dialog.getByRole('textbox', { name: 'Nota' }).fill('Mais curto');
  await dialog.getByRole('button', { name: 'Publicar' }).click();
  await notice(page, 'Versão 1 no ar.').waitFor();
});

it('what was said stays to be read when the next act comes to nothing', async () => {
  const page = await aScreen(account, 'rafael', `/fluxos/${flow.id}/simulador`);
  foresee(page, /Failed to load resource/);
  const simulator = page.getByRole('region', { name: 'Simulador' });
  await simulator.getByRole('textbox', { name: 'Escreva como cliente' }).fill('oi');
  await page.keyboard.press('Enter');
  const asked = simulator.getByRole('log').getByText('Como posso ajudar?');
  await asked.waitFor();
  await page.route('**/simulate', (route) => route.abort(), { times: 1 });
  await simulator.getByRole('button', { name: 'Assumir' }).click();
  await simulator.getByRole('alert').waitFor();
  expect(await asked.count()).toBe(1);
  await simulator.getByRole('button', { name: 'Tentar de novo' }).click();
  await simulator.getByRole('alert').waitFor({ state: 'detached' });
});
