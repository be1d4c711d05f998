/// <reference lib="dom" />
/** What somebody is told about, and by which ways: chosen, tried, and kept; in a page, and by the browser's worker without one. */
import type { Page, Worker } from 'playwright-core';
import { beforeAll, expect, it, onTestFinished } from 'vitest';

import { type Account, anAccount } from '../http/support/account.ts';
import type { Schemas } from '../http/support/answer.ts';
import { aPolicy, clock, pass } from '../http/support/clocks.ts';
import { serving, ticketOf } from '../http/support/desk.ts';
import { origin } from '../http/support/house.ts';
import { lab } from '../http/support/lab.ts';
import { until } from '../http/support/until.ts';
import { aWhatsapp, type Whatsapp } from '../http/support/whatsapp.ts';
import { accessible } from './support/axe.ts';
import { notice, title } from './support/inbox.ts';
import { aScreen, DESK, inTheWholeBrowser } from './support/screens.ts';

inTheWholeBrowser();

let account: Account;
let whatsapp: Whatsapp;

beforeAll(async () => {
  account = await anAccount();
  whatsapp = await aWhatsapp(account);
});

it('kinds by way, sound and quiet hours are saved, and each way says what the browser did', async () => {
  const page = await aScreen(account, 'ana', '/perfil/avisos');
  await page.getByRole('heading', { level: 1, name: 'Avisos' }).waitFor();
  await accessible(page, 'the notices');
  const cell = page.getByRole('checkbox', { name: 'Novo na minha fila: Push' });
  expect(await cell.isChecked()).toBe(false);
  await cell.check();
  await page.getByText('Sino').click();
  await page.getByText('Não tocar nem enviar push num horário').click();
  await page.getByLabel('Das').fill('20:30');
  await page.getByRole('button', { name: 'Salvar' }).click();
  await page.getByText('Avisos salvos.').waitFor();
  await page.reload();
  await page.getByLabel('Das').waitFor();
  expect(await cell.isChecked()).toBe(true);
  expect(await page.getByLabel('Das').inputValue()).toBe('20:30');

  await page.getByRole('button', { name: 'Testar: Na página' }).click();
  await page.getByText('Teste do Balcão').waitFor();
  await page.getByRole('button', { name: 'Testar: Push' }).click();
  await page.getByRole('status').filter({ hasText: /não está ligado ao push|não tem este tipo|negou a permissão/ }).waitFor();
  await accessible(page, 'the notices, tried');
});

/** Bruno somewhere else than what he will be told of. */
async function atTheCounter(options: object = {}): Promise<Page> {
  const page = await aScreen(account, 'bruno', '/chat', options);
  await page.getByRole('heading', { level: 1, name: 'Chat interno' }).waitFor();
  return page;
}

it('whoever is given a ticket by a colleague or by a transfer reads it once, and goes there from it', async () => {
  const bruno = await atTheCounter();
  const [olga, ana] = [await account.as('olga'), await account.as('ana')];
  const customer = await whatsapp.customer();
  await customer.say('Oi');
  const { id, protocol } = await ticketOf(olga, customer.name);
  (await olga.post(`/api/v1/tickets/${id}/assign`, { member_id: account.members.bruno })).ok();
  await notice(bruno, `Olga de Teste transferiu ${protocol} para você.`).waitFor();
  expect(await notice(bruno, protocol).count()).toBe(1);
  await notice(bruno, protocol).hover(); // it stays as long as somebody is about to press it
  await accessible(bruno, 'a ticket that was given', [DESK]);
  await bruno.getByRole('button', { name: 'Abrir atendimento' }).click();
  await title(bruno, customer.name).waitFor();
  await notice(bruno, protocol).waitFor({ state: 'hidden' });

  const another = await whatsapp.customer();
  const hers = await serving(ana, another);
  (await ana.post(`/api/v1/tickets/${hers.id}/transfer`, { assignee_id: account.members.bruno })).ok();
  await notice(bruno, `Ana de Teste transferiu ${hers.protocol} para você.`).waitFor();
  expect(await notice(bruno, hers.protocol).count()).toBe(1);
});

it('whoever is given a ticket by its queue reads that it is theirs', async () => {
  const bruno = await atTheCounter();
  const [olga, session] = [await account.as('olga'), await account.as('bruno')];
  const customer = await whatsapp.customer();
  await customer.say('Oi');
  const ticket = await ticketOf(olga, customer.name);
  const give = (mode: string) => olga.put(`/api/v1/departments/${ticket.department_id}/distribution`, { mode });
  onTestFinished(async () => void (await give('manual')).ok());
  /* Her page of a moment ago may not be missed yet. */
  (await (await account.as('ana')).put('/api/v1/me/presence', { chosen: 'away' })).ok();
  (await session.put('/api/v1/me/presence', { chosen: 'available' })).ok();
  (await give('round_robin')).ok();
  await until('the queue to give it', async () =>
    (await session.get(`/api/v1/tickets/${ticket.id}`)).ok<Schemas['Ticket']>().assignee_id === account.members.bruno || undefined, 20_000);
  await notice(bruno, `${ticket.protocol}: agora é com você.`).waitFor();
  expect(await notice(bruno, ticket.protocol).count()).toBe(1);
});

it('a promise says that it is short, and then that it is broken, to whoever holds the ticket', async () => {
  const [olga, session] = [await account.as('olga'), await account.as('bruno')];
  const { id } = (await olga.post('/api/v1/sla-policies', aPolicy())).ok<{ id: number }>(201);
  const ticket = await serving(session, await whatsapp.customer());
  await clock(ticket, 'first_answer');
  const bruno = await atTheCounter();
  await pass(ticket, '23 minutes');
  await notice(bruno, `${ticket.protocol}: o prazo está no fim.`).waitFor();
  await pass(ticket, '8 minutes');
  await notice(bruno, `${ticket.protocol}: o prazo passou.`).waitFor();
  (await olga.delete(`/api/v1/sla-policies/${id}`)).ok(204);
});

/** The worker of a page, and a push as a browser maker's service would deliver it. */
async function theWorker(page: Page): Promise<{ worker: Worker; push: () => Promise<void>; lookAway: () => Promise<void> }> {
  const context = page.context();
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const [worker] = context.serviceWorkers();
  if (worker === undefined) throw new Error('the page has no worker');
  const cdp = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ isDeleted }) => !isDeleted);
      if (own) resolve(own.registrationId);
    });
  });
  await cdp.send('ServiceWorker.enable');
  const registrationId = await registered;
  return {
    worker,
    push: async (): Promise<void> => void (await cdp.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: '' })),
    /* The driver lets every page believe that it has the focus. */
    lookAway: async () => {
      await cdp.send('Emulation.setFocusEmulationEnabled', { enabled: false });
      await (await context.newPage()).bringToFront();
      await until('a page that nobody looks at', () => inFront(worker).then((any) => !any || undefined));
    },
  };
}

/* What the worker's own types would say: those of a page and of a worker exclude each other. */
type Scope = {
  registration: ServiceWorkerRegistration; clients: { matchAll: (of: object) => Promise<{ visibilityState: string; focused: boolean }[]> };
  dispatchEvent: (event: Event) => boolean; NotificationEvent: new (kind: string, of: { notification: Notification }) => Event;
};

/** As the worker itself asks before it shows anything. */
const inFront = (worker: Worker): Promise<boolean> => worker.evaluate(async () => {
  const { clients } = globalThis as unknown as Scope;
  return (await clients.matchAll({ type: 'window', includeUncontrolled: true })).some(({ visibilityState, focused }) => visibilityState === 'visible' && focused);
});

type Shown = { title: string; body: string; tag: string; url: string };
const shown = (worker: Worker): Promise<Shown[]> => worker.evaluate(async () => {
  const { registration } = globalThis as unknown as Scope;
  return (await registration.getNotifications()).map(({ title, body, tag, data }) => ({ title, body, tag, url: (data as { url: string }).url }));
});

it('a push wakes the worker: kind and number are shown, nothing of the customer, and a click goes to the ticket', async () => {
  const page = await atTheCounter({ serviceWorkers: 'allow', permissions: ['notifications'] });
  const session = await account.as('bruno');
  const { push_key } = (await session.get('/api/v1/me/notices')).ok<Schemas['NoticeSettings']>();
  const { endpoint } = await lab<{ endpoint: string }>('POST', '/push', { key: push_key });
  (await session.post('/api/v1/me/push', { endpoint })).ok(201);
  const { worker, push, lookAway } = await theWorker(page);

  const customer = await whatsapp.customer();
  const ticket = await serving(await account.as('ana'), customer);
  (await (await account.as('ana')).post(`/api/v1/tickets/${ticket.id}/transfer`, { assignee_id: account.members.bruno })).ok();
  await until('a notice that was told', async () =>
    (await session.get('/api/v1/notices')).ok<{ data: Schemas['Notice'][] }>().data.some(({ ticket_id, told_at }) => ticket_id === ticket.id && told_at !== null) || undefined, 20_000);
  await lookAway();
  await push();
  const [told] = await until('a notice on the screen', async () => {
    const all = (await shown(worker)).filter(({ tag }) => tag === `assigned-${ticket.id}`);
    return all.length > 0 && all;
  });
  expect(told).toEqual({
    title: 'Balcão', body: `${ticket.protocol}: agora é com você.`, tag: `assigned-${ticket.id}`,
    url: `/atendimentos/${ticket.id}?conta=${account.slug}`,
  });
  expect(JSON.stringify(await shown(worker))).not.toContain(customer.name);

  /* Pushed once more: the same line, and not a second one. */
  await push();
  await until('the same notice', async () => (await shown(worker)).filter(({ tag }) => tag === `assigned-${ticket.id}`).length === 1 || undefined);

  await worker.evaluate(async (tag) => {
    const scope = globalThis as unknown as Scope;
    const [notification] = await scope.registration.getNotifications({ tag });
    if (notification) scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }));
  }, `assigned-${ticket.id}`);
  await title(page, customer.name).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/atendimentos/${ticket.id}`);
});
