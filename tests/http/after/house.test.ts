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

/* A lane that a worker took with it when it was cut off is taken over when its lease is over: 60 s. */
const PATIENCE_MS = 90_000;

/** Waits until the statement finds nothing; what it finds in the end is told whole, which no comparison of lists would do. */
async function comesToNothing(text: string): Promise<void> {
  let found: string[] = [];
  await until('nothing is left', async () => (found = await lines(text)).length === 0, PATIENCE_MS).catch(() => {
    throw new Error(`left over: ${found.join('; ')}`);
  });
}

it('every delivery came to an end of its own', async () => {
  await comesToNothing("SELECT concat_ws(' ', id, 'of channel', channel_id, why) FROM inbound_events WHERE state = 'pending'");
}, PATIENCE_MS + 10_000);

it('no message is still on its way', async () => {
  await comesToNothing(`
    SELECT concat_ws(' ', m.ticket_id || ':' || m.seq, m.kind, 'by', m.author_kind, m.state, 'for', round(extract(epoch FROM now() - m.created_at)), 's;',
                     (SELECT string_agg(concat_ws(' ', j.kind, j.arg, 'attempt', j.attempt, 'in', round(extract(epoch FROM l.run_at - now())), 's, leased for', round(extract(epoch FROM l.lease_until - now())), 's'), ', ')
                        FROM jobs j LEFT JOIN lanes l USING (queue, lane) WHERE j.account_id = m.account_id AND j.queue = 'outbound' AND j.subject_id = m.ticket_id))
      FROM messages m WHERE m.state IN ('queued', 'sending')`);
}, PATIENCE_MS + 10_000);

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
