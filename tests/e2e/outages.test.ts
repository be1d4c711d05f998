/** The house is shaken while people work in it. Runs alone: everybody would feel it. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import { aWhatsapp, type Whatsapp } from '../http/support/whatsapp.ts';
import { foresee } from './support/guard.ts';
import { bubble, field, head, log, open, row, said, tabWith, write } from './support/inbox.ts';
import { aScreen } from './support/screens.ts';

const INSTANCE = fileURLToPath(new URL('../../ops/instance.sh', import.meta.url));
const instance = (...words: string[]) => promisify(execFile)(INSTANCE, words);

let account: Account;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
});
afterEach(async () => {
  await instance('wait');
});

it('the live gateway starts again, and nothing that happened meanwhile is missing', async () => {
  const rita = await whatsapp.customer();
  await rita.say('um');
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  const bruno = await aScreen(account, 'bruno', '/atendimentos?tab=waiting');
  for (const page of [ana, bruno]) {
    foresee(page, /\/live\b/);
    await open(page, rita.name);
    await said(page, 'um').waitFor();
  }

  const restarted = instance('restart', 'live');
  await rita.say('dois');
  await rita.say('três');
  const dora = await whatsapp.customer({ name: 'Dora Luz' });
  await dora.say('cheguei no meio');
  await restarted;
  await rita.say('quatro');

  for (const page of [ana, bruno]) {
    await said(page, 'quatro').waitFor();
    expect(await log(page).getByText(/^(um|dois|três|quatro)$/).allTextContents()).toEqual(['um', 'dois', 'três', 'quatro']);
    await tabWith(page, 'Aguardando', 2).waitFor();
    await page.getByText('Reconectando').waitFor({ state: 'detached' });
  }
  /* And it is alive: the next one arrives without anybody asking. */
  await rita.say('cinco');
  for (const page of [ana, bruno]) await said(page, 'cinco').waitFor();
});

it('the API starts again under a message that is leaving, and the message goes out once', async () => {
  const rita = await whatsapp.customer();
  await rita.say('Oi');
  const ana = await aScreen(account, 'ana', '/atendimentos?tab=waiting');
  foresee(ana, /50[234]|ERR_/);
  await open(ana, rita.name);
  await head(ana, 'Assumir').click();
  await field(ana).waitFor();

  await write(ana, 'chega mesmo assim');
  const restarted = instance('restart', 'api');
  /* A second one lets the first go at once. */
  await write(ana, 'e depois esta');
  await restarted;
  await bubble(ana, 'e depois esta').getByText('entregue').waitFor({ state: 'attached' });
  expect(await rita.texts(2)).toEqual(['chega mesmo assim', 'e depois esta']);
  await ana.reload();
  await said(ana, 'e depois esta').waitFor();
  expect(await said(ana, 'chega mesmo assim').count()).toBe(1);
  await row(ana, rita.name).or(tabWith(ana, 'Atendendo', 1)).first().waitFor();
});
