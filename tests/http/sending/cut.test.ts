/** A worker whose database leaves it in the middle of a send goes on where it was. */
import { beforeAll, expect, it } from 'vitest';

import { type Account, anAccount } from '../support/account.ts';
import type { Browser } from '../support/browser.ts';
import { CUT_TWO } from '../support/cut.ts';
import { sql } from '../support/database.ts';
import { inState, reply, serving } from '../support/desk.ts';
import { aWhatsapp, type Whatsapp } from '../support/whatsapp.ts';

let account: Account;
let whatsapp: Whatsapp;
let ana: Browser;

beforeAll(async () => {
  account = await anAccount();
  ana = await account.as('ana');
  whatsapp = await aWhatsapp(account);
});

/** Holds a ticket and cuts off whoever waits for it, twice: only the worker that sends does. */
const cutTwice = (id: number): Promise<string> =>
  sql(`
    BEGIN;
    SELECT FROM tickets WHERE account_id = :account AND id = :id FOR UPDATE;
    ${CUT_TWO}
    COMMIT;`, { account: account.id, id });

it('a message leaves once although its worker is cut off twice in the middle', async () => {
  const rita = await whatsapp.customer();
  const { id } = await serving(ana, rita);
  await whatsapp.faults({ answer_500_next: 1 }); // what is tried again leaves the time to stand in the way
  const sent = await reply(ana, id, 'vai');
  await whatsapp.calls(1, ({ code }) => code === 131000);
  await cutTwice(id);
  await inState(ana, sent, 'delivered');
  expect(await rita.texts()).toEqual(['vai']);
});
