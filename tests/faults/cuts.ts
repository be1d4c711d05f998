/**
 * People write to customers, and customers to them, while everybody's network is cut at random, at times after the
 * question and before its answer. In the end every screen must show what a fresh one shows, and every message must
 * have left exactly once.
 *
 *   FAULTS_CLIENTS       people, each with a network of their own (20)
 *   FAULTS_PAGES         of them with a page in Chromium (3); the others are the same client without its screen
 *   FAULTS_CUT_SECONDS   how long (600)
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from 'playwright-core';

import { whole } from '../bench/house.ts';
import { until } from '../bench/until.ts';
import { launch } from '../e2e/support/browsers.ts';
import { type Account, anAccount, type Who } from '../http/support/account.ts';
import { value } from '../http/support/database.ts';
import { lab } from '../http/support/lab.ts';
import { aWhatsapp, type Customer, type Whatsapp } from '../http/support/whatsapp.ts';
import { left } from './count.ts';
import { LightSeat } from './light.ts';
import { PageSeat } from './page.ts';
import type { Chance } from './random.ts';
import { noneOf, type Outcome, say } from './report.ts';
import type { Seat } from './seat.ts';

const clients = whole('FAULTS_CLIENTS', 20);
const pages = Math.min(clients, whole('FAULTS_PAGES', 3));
const seconds = whole('FAULTS_CUT_SECONDS', 600);
const HEAL_MS = 90_000;
const PEOPLE: readonly Who[] = ['ana', 'bruno', 'camila', 'rafael', 'olga'];

/** A customer's ticket, as soon as the house has it, taken by this person. */
async function taken(account: Account, who: Who, customer: Customer): Promise<number> {
  await customer.say('Oi, tudo bem?');
  let ticket = 0;
  await until('the ticket is there', async () => {
    ticket = await value<number>(
      "SELECT coalesce(max(t.id), 0) FROM tickets t JOIN contacts c ON c.account_id = t.account_id AND c.id = t.contact_id WHERE c.account_id = :'account' AND c.name = :'name'",
      { account: account.id, name: customer.name },
    );
    return ticket > 0;
  });
  (await (await account.as(who)).post(`/api/v1/tickets/${ticket}/take`, {})).ok();
  return ticket;
}

async function seated(browser: Browser, account: Account, whatsapp: Whatsapp): Promise<Seat[]> {
  const seats: Seat[] = [];
  for (let n = 0; n < clients; n++) {
    const who = PEOPLE[n % PEOPLE.length] ?? 'ana';
    const customer = await whatsapp.customer({ name: `Cliente ${String(n).padStart(2, '0')}` });
    const ticket = await taken(account, who, customer);
    seats.push(await (n < pages ? PageSeat.take(browser, account.email(who), ticket, customer) : LightSeat.take(account.email(who), ticket, customer)));
  }
  return seats;
}

/** Everybody works until it is over: they write, their customers write, their lines die. */
async function work(seat: Seat, n: number, end_ms: number, random: Chance): Promise<void> {
  const isOver = (): boolean => Date.now() >= end_ms;
  const writing = async (): Promise<void> => {
    for (let k = 1; !isOver(); k++) {
      await seat.write(`resposta ${n}.${k}`);
      await pause(random.between(2000, 8000));
    }
  };
  const hearing = async (): Promise<void> => {
    for (let k = 1; !isOver(); k++) {
      await seat.customer.say(`pergunta ${n}.${k}`);
      await pause(random.between(2000, 8000));
    }
  };
  const cutting = async (): Promise<void> => {
    for (await pause(random.between(0, 3000)); !isOver(); await pause(random.between(2000, 12_000))) await seat.cut(random);
  };
  await Promise.all([writing(), hearing(), cutting()]);
}

type Kept = { lost: number; doubled: number; asked: number };

/** What became of everything that was written, by SQL. */
const KEPT = `
WITH said AS (SELECT jsonb_array_elements_text(:'written'::jsonb) AS body)
SELECT json_build_object(
  'lost', (SELECT count(*) FROM said WHERE NOT EXISTS (SELECT FROM messages m WHERE m.account_id = :'account' AND m.direction = 'out' AND m.body = said.body)),
  'doubled', (SELECT count(*) - count(DISTINCT body) FROM messages WHERE account_id = :'account' AND body ~ '^(resposta|pergunta) '),
  'asked', (SELECT count(*) FROM messages WHERE account_id = :'account' AND direction = 'in' AND body LIKE 'pergunta %'))`;

export async function cuts(random: Chance): Promise<Outcome> {
  const account = await anAccount();
  const whatsapp = await aWhatsapp(account);
  const browser = await launch('pages');
  const seats = await seated(browser, account, whatsapp);

  const end_ms = Date.now() + seconds * 1000;
  await Promise.all(seats.map((seat, n) => work(seat, n, end_ms, random)));
  const written = seats.flatMap((seat) => seat.written);
  const arrived = (): Promise<Kept> => value<Kept>(KEPT, { account: account.id, written: JSON.stringify(written) });
  await until('everything written has arrived', async () => (await arrived()).lost === 0, HEAL_MS, 500).catch(() => undefined);
  const waiting = await left();
  await lab('GET', '/idle?timeout_ms=10000');

  const phones = await Promise.all(seats.map(({ customer }) => customer.texts(0)));
  const sent = phones.flat().filter((text) => text.startsWith('resposta '));
  const { lost, doubled, asked } = await arrived();
  let stale = 0;
  for (const seat of seats) stale += (await seat.heals()) ? 0 : 1;
  for (const seat of seats) await seat.leave();
  await browser.close();

  say('cuts_clients', seats.length);
  say('cuts_pages', pages);
  say('cuts', seats.reduce((total, seat) => total + seat.cuts, 0));
  say('cuts_answers', written.length);
  say('cuts_questions', asked);
  return noneOf({
    cuts_lost: lost,
    cuts_doubled: doubled,
    cuts_sent_twice: sent.length - new Set(sent).size,
    cuts_not_sent: written.filter((text) => !sent.includes(text)).length,
    cuts_screens_stale: stale,
    cuts_unterminated: waiting,
  });
}
