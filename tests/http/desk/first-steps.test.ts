/** What a new account is shown of what it needs: read off what is there, and put away by each for themselves. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Schemas } from '../support/answer.ts';
import type { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import { reply, serving } from '../support/desk.ts';
import { aWhatsapp } from '../support/whatsapp.ts';

type Steps = Schemas['FirstSteps'];

let account: Account;
let olga: Browser;

beforeAll(async () => {
  account = await anAccount();
  olga = await account.as('olga');
});

const steps = async (browser = olga): Promise<Steps> => (await browser.get('/api/v1/first-steps')).ok<Steps>();
const done = async (): Promise<string[]> => (await steps()).steps.filter(({ is_done }) => is_done).map(({ step }) => step);

it('each step is done when it is, and only then', async () => {
  expect((await steps()).steps.map(({ step }) => step)).toEqual(['channel', 'departments', 'people', 'hours', 'answers', 'served']);
  expect(await done()).toEqual(['departments', 'people']); // as test accounts come

  const whatsapp = await aWhatsapp(account);
  expect(await done()).toEqual(['channel', 'departments', 'people']);
  (await olga.post('/api/v1/hours/periods', { name: 'Balcão', keeps_holidays: false, exceptions: [], week: [{ day: 1, from_min: 480, until_min: 1080 }] })).ok(201);
  (await olga.post('/api/v1/answers', { scope: 'account', title: 'Saudação', shortcut: 'oi', body: 'Olá!', is_active: true, attachment_ids: [] })).ok(201);
  expect(await done()).toEqual(['channel', 'departments', 'people', 'hours', 'answers']);

  const ana = await account.as('ana');
  const ticket = await serving(ana, await whatsapp.customer());
  expect(await done()).not.toContain('served');
  await reply(ana, ticket.id, 'Bom dia');
  expect(await done()).toContain('served');

  await sql("DELETE FROM department_members WHERE account_id = :'a'", { a: account.id });
  expect(await done()).not.toContain('departments');
});

it('a new account has none of it', async () => {
  const slug = `nova-${account.slug}`;
  const id = Number(await sql("INSERT INTO accounts (name, slug) VALUES (:'slug', :'slug') RETURNING id", { slug }));
  expect(await sql("SELECT channel OR departments OR people OR hours OR answers OR served FROM first_steps WHERE account_id = :'id'", { id })).toBe('f');
});

it('is put away by each for themselves, as often as they like, and is for whoever keeps the settings', async () => {
  const rafael = await account.as('rafael');
  expect((await steps(rafael)).is_dismissed).toBe(false);
  (await rafael.post('/api/v1/first-steps/dismiss')).ok(204);
  (await rafael.post('/api/v1/first-steps/dismiss')).ok(204);
  expect((await steps(rafael)).is_dismissed).toBe(true);
  expect((await steps()).is_dismissed).toBe(false);
  const ana = await account.as('ana');
  (await ana.get('/api/v1/first-steps')).refused(403, 'permission_denied');
  (await ana.post('/api/v1/first-steps/dismiss')).refused(403, 'permission_denied');
});
