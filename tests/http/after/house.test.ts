/** When everybody has left: what all the other files together did to the house. */
import { expect, inject, it } from 'vitest';

import { deaths } from '../support/alive.ts';
import { lines } from '../support/database.ts';
import { deadJobs } from '../support/prepare.ts';
import { until } from '../support/until.ts';

const before = inject('before');

it('nobody died', () => {
  expect(deaths()).toEqual(before.deaths);
});

it('no job was given up', async () => {
  expect(await deadJobs()).toEqual(before.dead_jobs);
});

it('every delivery came to an end of its own', async () => {
  await until('nothing pending', async () => (await lines("SELECT id FROM inbound_events WHERE state = 'pending'")).length === 0);
});

it('no message is still on its way', async () => {
  await until(
    'nothing queued',
    async () => (await lines("SELECT ticket_id || ':' || seq FROM messages WHERE state IN ('queued', 'sending')")).length === 0,
  );
});

it('what the inbox shows of a ticket is what is in it', async () => {
  const wrong = await lines(`
    SELECT t.id, t.last_seq, count(m.*), max(m.seq) FROM tickets t LEFT JOIN messages m ON m.account_id = t.account_id AND m.ticket_id = t.id
     GROUP BY t.account_id, t.id, t.last_seq HAVING t.last_seq <> coalesce(max(m.seq), 0) OR count(m.*) <> t.last_seq`);
  expect(wrong).toEqual([]);
});

it('nobody has two live tickets on a channel, and no message two names', async () => {
  expect(
    await lines(
      "SELECT channel_id, identity_id FROM tickets WHERE state <> 'closed' GROUP BY account_id, channel_id, identity_id HAVING count(*) > 1",
    ),
  ).toEqual([]);
  expect(
    await lines(
      'SELECT ticket_id, client_key FROM messages WHERE client_key IS NOT NULL GROUP BY account_id, ticket_id, client_key HAVING count(*) > 1',
    ),
  ).toEqual([]);
});

it('the trail names who acted wherever somebody did, and their session but at the door', async () => {
  expect(
    await lines(
      `SELECT DISTINCT action FROM audit_events WHERE actor_kind = 'user'
          AND (actor_id IS NULL OR session_id IS NULL AND action NOT IN ('password.changed', 'factor.enrolled', 'member.accepted', 'email.changed', 'email.undone'))`,
    ),
  ).toEqual([]);
});
