-- What became of the conversations with a bot. :account  where they took place
WITH said AS (SELECT ticket_id, body, state FROM messages WHERE account_id = :'account' AND author_kind = 'bot' AND direction = 'out'),
     told AS (SELECT ticket_id, detail ->> 'event' AS event, count(*) AS times FROM messages
               WHERE account_id = :'account' AND direction = 'system' GROUP BY 1, 2)
SELECT json_build_object(
  'tickets', (SELECT count(*) FROM tickets WHERE account_id = :'account'),
  'runs', (SELECT count(*) FROM flow_runs WHERE account_id = :'account'),
  'finished', (SELECT count(*) FROM flow_runs r JOIN tickets t ON t.account_id = r.account_id AND t.id = r.ticket_id
                WHERE r.account_id = :'account' AND r.phase = 'ended' AND r.end_reason = 'finished' AND t.state = 'closed'),
  'transferred', (SELECT count(*) FROM flow_runs r JOIN tickets t ON t.account_id = r.account_id AND t.id = r.ticket_id
                   WHERE r.account_id = :'account' AND r.phase = 'ended' AND r.end_reason = 'transferred' AND t.state = 'waiting'),
  'untagged', (SELECT count(*) FROM tickets t WHERE t.account_id = :'account'
                  AND NOT EXISTS (SELECT FROM ticket_tags g WHERE g.account_id = t.account_id AND g.ticket_id = t.id)),
  'said_doubled', (SELECT count(*) - count(DISTINCT (ticket_id, body)) FROM said),
  'tags_doubled', (SELECT count(*) - count(DISTINCT ticket_id) FROM (SELECT ticket_id FROM messages WHERE account_id = :'account' AND detail ->> 'event' = 'ticket_tagged') x),
  'notes', (SELECT count(*) FROM messages WHERE account_id = :'account' AND direction = 'note' AND author_kind = 'bot'),
  'notes_doubled', (SELECT count(*) - count(DISTINCT ticket_id) FROM messages WHERE account_id = :'account' AND direction = 'note' AND author_kind = 'bot'),
  'transfers_doubled', (SELECT coalesce(sum(times - 1), 0) FROM told WHERE event = 'ticket_transferred'),
  'ends_doubled', (SELECT coalesce(sum(times - 1), 0) FROM told WHERE event = 'ticket_closed'),
  'entries_doubled', (SELECT count(*) - count(DISTINCT (run_id, card)) FROM flow_trace WHERE account_id = :'account' AND event = 'enter'),
  'counted_wrong', (SELECT count(*) FROM (
      SELECT card, sum(n) AS n FROM flow_counters WHERE account_id = :'account' AND what = 'entry' GROUP BY card) c
      FULL JOIN (SELECT card, count(*) AS n FROM flow_trace WHERE account_id = :'account' AND event = 'enter' GROUP BY card) e USING (card)
      WHERE c.n IS DISTINCT FROM e.n),
  'failed', (SELECT count(*) FROM said WHERE state = 'failed'));
