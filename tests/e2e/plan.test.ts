/** Four answers become a flow that could be published as it is. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import type { Browser } from '../http/support/browser.ts';
import { draftOf } from '../http/support/flows.ts';
import { accessible } from './support/axe.ts';
import { aScreen, DESK, HAND } from './support/screens.ts';

let account: Account;
let rafael: Browser;

beforeAll(async () => {
  account = await anAccount();
  rafael = await account.as('rafael');
});

type Kept = {
  cards: { id: string; type: string; name?: string; settings: Record<string, unknown> }[];
  notes: { text: string }[];
};

it('a plan is answered, seen as it grows, and made: consent, greeting, menu and a transfer for each option', async () => {
  const page = await aScreen(account, 'rafael', '/fluxos');
  await page.getByRole('button', { name: 'Novo fluxo' }).click();
  const dialog = page.getByRole('dialog', { name: 'Novo fluxo' });
  await dialog.getByRole('textbox', { name: 'Nome' }).fill('Porta de entrada');
  await dialog.getByText('Quatro perguntas', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Continuar' }).click();
  await page.getByRole('heading', { name: 'Planejar um fluxo' }).waitFor();
  await accessible(page, 'a plan nobody answered yet', [DESK, HAND]);
  const make = page.getByRole('button', { name: 'Criar esboço' });
  expect(await make.isDisabled()).toBe(true);

  await page.getByText('Sim, um ERP', { exact: true }).click();
  await page.getByRole('textbox', { name: 'O que buscar' }).fill('Segunda via da fatura');
  await page.getByRole('radiogroup', { name: 'Quer usar inteligência artificial?' }).getByText('Sim', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Intenções' }).fill('Pagar\nMudar de plano');
  await page.getByRole('textbox', { name: 'Opção 1' }).fill('Boleto');
  await page.getByRole('textbox', { name: 'Opção 2' }).fill('boleto');
  await page.getByText('Já existe uma opção com este nome.').waitFor();
  await page.getByRole('textbox', { name: 'Opção 2' }).fill('Suporte');
  await page.getByRole('button', { name: 'Adicionar opção' }).click();
  await page.keyboard.type('Vendas');
  await page.getByRole('region', { name: 'Esboço' }).getByRole('button', { name: /^Vendas/ }).waitFor();
  await page.getByRole('button', { name: 'Remover opção 3' }).click();

  for (const field of ['Setor de “Boleto”', 'Setor de “Suporte”', 'Setor de apoio']) {
    await page.getByRole('combobox', { name: field }).click();
    await page.getByRole('option', { name: 'Suporte', exact: true }).click();
  }
  await accessible(page, 'a plan with its sketch', [DESK, HAND]);
  await make.click();
  await page.getByRole('heading', { name: 'Porta de entrada' }).waitFor();

  const id = Number(/fluxos\/(\d+)/.exec(page.url())?.[1]);
  const kept = (await draftOf(rafael, { id })).document as unknown as Kept;
  expect(kept.cards.map(({ type }) => type).sort()).toEqual(['consent', 'question', 'send_message', 'transfer', 'transfer']);
  const department = `department:${account.departments['Suporte']}`;
  for (const card of kept.cards.filter(({ type }) => type === 'transfer')) expect(card.settings['department']).toBe(department);
  expect(kept.notes.map(({ text }) => text.split('\n').slice(1))).toEqual([['– Segunda via da fatura'], ['– Pagar', '– Mudar de plano']]);
  const { error_count } = (await rafael.get(`/api/v1/flows/${id}/findings`).then((answer) => answer.ok())) as { error_count: number };
  expect(error_count).toBe(0);
});

it('leaving a plan that was begun asks', async () => {
  const page = await aScreen(account, 'rafael', '/fluxos/planejar');
  await page.getByRole('textbox', { name: 'Opção 1' }).fill('Boleto');
  await page.getByRole('button', { name: 'Voltar aos fluxos' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Continuar aqui' }).click();
  expect(await page.getByRole('textbox', { name: 'Opção 1' }).inputValue()).toBe('Boleto');
});
