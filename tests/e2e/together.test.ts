/** Several people at one flow: one writes, the others read along and take over; nothing of anybody is written over. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount, type Who } from '../http/support/account.ts';
import type { Browser } from '../http/support/browser.ts';
import { aFlow, draftOf, type Flow, greeting, saying } from '../http/support/flows.ts';
import { accessible } from './support/axe.ts';
import { foresee } from './support/guard.ts';
import { notice } from './support/inbox.ts';
import { aScreen } from './support/screens.ts';

let account: Account;
let rafael: Browser;

beforeAll(async () => {
  account = await anAccount();
  rafael = await account.as('rafael');
});

/** Somebody who works with the list, from the first look on. */
async function opens(who: Who, flow: Flow): Promise<Page> {
  const page = await aScreen(account, who, '/fluxos');
  await page.evaluate(() => localStorage.setItem('balcao.flow_view', '"list"'));
  await page.goto(new URL(`/fluxos/${flow.id}`, page.url()).href);
  await page.getByRole('link', { name: /Enviar mensagem/ }).first().waitFor();
  return page;
}

const acts = (page: Page, card: string) => page.getByRole('button', { name: `Ações de ${card}` });
const act = async (page: Page, card: string, name: string): Promise<void> => {
  await acts(page, card).first().click();
  await page.getByRole('menuitem', { name }).click();
};
const saved = (page: Page): Promise<void> => page.getByText(/^salvo /).waitFor();
const cards = async (flow: Flow): Promise<number> => ((await draftOf(rafael, flow)).document as { cards: object[] }).cards.length;
const takes = async (page: Page, who: string): Promise<void> => {
  await page.getByText(new RegExp(`^${who} está editando este fluxo desde`)).waitFor();
  await page.getByRole('button', { name: 'Assumir edição' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Assumir edição' }).click();
  await acts(page, 'Enviar mensagem').first().waitFor();
};

it('one writes, another sees it as it happens, takes over, and the last change of the first is saved before', async () => {
  const flow = await aFlow(rafael, greeting(account));
  const names = (await account.catalogue()).members;
  const nameOf = (who: Who): string => names.find(({ id }) => id === account.members[who])?.display_name ?? '';
  const his = await opens('rafael', flow);
  await acts(his, 'Enviar mensagem').waitFor();
  const cardsOf = (page: Page) => page.getByRole('region', { name: 'Cards do fluxo' });
  const before = await cardsOf(his).boundingBox();
  const hers = await opens('olga', flow);
  await hers.getByText(`${nameOf('rafael')} está editando este fluxo`, { exact: false }).waitFor();
  await his.getByText(`Aberto também por ${nameOf('olga')}`).waitFor();
  expect(await cardsOf(his).boundingBox(), 'nothing moves under his hands').toEqual(before);
  expect(await acts(hers, 'Enviar mensagem').count()).toBe(0);
  await accessible(hers, 'a flow that somebody else writes');

  await act(his, 'Enviar mensagem', 'Duplicar');
  await expect.poll(() => hers.getByRole('link', { name: /Enviar mensagem/ }).count()).toBe(2);
  await his.keyboard.press('Escape');
  await his.keyboard.press('Control+z');
  await expect.poll(() => hers.getByRole('link', { name: /Enviar mensagem/ }).count()).toBe(1);

  /* What he does in the moment in which he is asked is saved, and hers. */
  await his.keyboard.press('Control+y');
  const first = his.getByRole('link', { name: /Enviar mensagem/ }).first();
  const place = await first.boundingBox();
  await takes(hers, nameOf('rafael'));
  await his.getByText(/assumiu a edição às .*O que você fez está salvo/).waitFor();
  await expect.poll(() => acts(his, 'Enviar mensagem').count()).toBe(0);
  expect(await first.boundingBox(), 'what he looks at stays where it is').toMatchObject({ x: place?.x, y: place?.y });
  await expect.poll(() => acts(hers, 'Enviar mensagem').count()).toBe(2);
  expect(await cards(flow)).toBe(3);
  await accessible(his, 'a flow that somebody took over');

  /* She goes; he writes again when he says so, and whoever may only read is never asked. */
  const camila = await opens('camila', flow);
  await camila.getByText(/está editando este fluxo/).waitFor();
  expect(await camila.getByRole('button', { name: 'Assumir edição' }).count()).toBe(0);
  await hers.getByRole('button', { name: 'Voltar aos fluxos' }).click();
  await his.getByText('Ninguém está editando este fluxo agora.').waitFor();
  await his.getByRole('button', { name: 'Editar', exact: true }).click();
  await acts(his, 'Enviar mensagem').first().waitFor();
  await act(his, 'Enviar mensagem', 'Duplicar');
  await saved(his);
  expect(await cards(flow)).toBe(4);
});

it('what cannot be saved any more is kept in another flow, and what a program saved is not written over', async () => {
  const flow = await aFlow(rafael, greeting(account));
  const his = await opens('rafael', flow);
  await acts(his, 'Enviar mensagem').waitFor();
  /* The change neither goes out nor is it known that it was another's turn. */
  foresee(his, /\/draft/);
  await his.route('**/draft', (route) => route.abort());
  await act(his, 'Enviar mensagem', 'Duplicar');
  await his.getByText('Suas mudanças continuam aqui.', { exact: false }).waitFor();
  const hers = await opens('olga', flow);
  await hers.getByRole('button', { name: 'Assumir edição' }).click();
  await hers.getByRole('dialog').getByRole('button', { name: 'Assumir edição' }).click();
  await acts(hers, 'Enviar mensagem').waitFor();
  await his.getByText(/antes que sua última mudança fosse salva/).waitFor();
  await accessible(his, 'a change that cannot be saved any more');
  await his.unroute('**/draft');
  await his.getByRole('button', { name: 'Guardar em outro fluxo' }).click();
  await notice(his, /^Guardado em .*\(minha versão\)\.$/).waitFor();
  await his.getByRole('heading', { name: /\(minha versão\)$/ }).waitFor();
  await expect.poll(() => his.getByRole('link', { name: /Enviar mensagem/ }).count()).toBe(2);

  /* A program needs no pencil: the revision is the last line. */
  foresee(hers, /\/draft/);
  await hers.route('**/draft', (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()));
  const { revision } = await draftOf(rafael, flow);
  const hersByHand = await account.as('olga');
  (await hersByHand.put(`/api/v1/flows/${flow.id}/draft`, { revision, document: { ...saying(greeting(account), 'De fora'), key: flow.key } })).ok();
  await act(hers, 'Enviar mensagem', 'Duplicar');
  await hers.getByText(/salvou este fluxo/).waitFor();
  await accessible(hers, 'somebody else saved meanwhile');
  await hers.unroute('**/draft');
  await hers.getByRole('button', { name: 'Recarregar' }).click();
  await hers.getByText('“De fora”', { exact: false }).waitFor();
});

it('whoever opens it while its editor is leaving writes without asking', async () => {
  const flow = await aFlow(rafael, greeting(account));
  const his = await opens('rafael', flow);
  await acts(his, 'Enviar mensagem').waitFor();
  const hers = await opens('olga', flow);
  await hers.getByText(/está editando este fluxo desde/).waitFor();
  await his.getByRole('button', { name: 'Voltar aos fluxos' }).click();
  await act(hers, 'Enviar mensagem', 'Duplicar');
  await saved(hers);
  expect(await cards(flow)).toBe(3);
});
