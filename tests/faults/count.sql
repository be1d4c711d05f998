-- What became of a run. Temporary table acked (customer, n): what was answered 200.
-- :run  the word that marks its texts   :replies  how many of ours were taken
CREATE TEMP TABLE kept AS
SELECT m.account_id, m.ticket_id, m.seq, m.direction, m.state, t.identity_id,
       substring(m.body FROM ' c(\d+) n\d+ ')::int AS customer, substring(m.body FROM ' c\d+ n(\d+) ')::int AS n, m.body
  FROM messages m JOIN tickets t ON t.account_id = m.account_id AND t.id = m.ticket_id
 WHERE m.body LIKE 'faults ' || :'run' || ' %';
CREATE TEMP TABLE heard AS
SELECT ticket_id, (payload::json #>> '{message,seq}')::int AS seq, count(*) AS times
  FROM account_event WHERE kind = 'message.created' AND ticket_id IN (SELECT ticket_id FROM kept) GROUP BY 1, 2;

SELECT json_build_object(
  'lost', (SELECT count(*) FROM acked a WHERE NOT EXISTS (SELECT FROM kept k WHERE k.direction = 'in' AND k.customer = a.customer AND k.n = a.n)),
  'doubled', (SELECT count(*) - count(DISTINCT (customer, n)) FROM kept WHERE direction = 'in'),
  'disordered', (SELECT count(*) FROM (SELECT n < lag(n) OVER (PARTITION BY customer ORDER BY ticket_id, seq) AS is_late FROM kept WHERE direction = 'in') x WHERE is_late),
  'sends_unfinished', (SELECT count(*) FROM messages WHERE direction = 'out' AND state IN ('queued', 'sending') AND ticket_id IN (SELECT ticket_id FROM kept)),
  'tickets_doubled', (SELECT count(*) FROM (SELECT FROM kept WHERE direction = 'in' GROUP BY customer HAVING count(DISTINCT ticket_id) > 1) x),
  'events_missing', (SELECT count(*) FROM kept k WHERE NOT EXISTS (SELECT FROM heard h WHERE h.ticket_id = k.ticket_id AND h.seq = k.seq)),
  'events_doubled', (SELECT count(*) FROM heard WHERE times > 1),
  'replies_lost', :replies - (SELECT count(DISTINCT body) FROM kept WHERE direction = 'out'),
  'replies_doubled', (SELECT count(*) - count(DISTINCT body) FROM kept WHERE direction = 'out'),
  'outcome_unknown', (SELECT count(*) FROM messages WHERE state = 'unknown' AND ticket_id IN (SELECT ticket_id FROM kept)),
  'sends_failed', (SELECT count(*) FROM messages WHERE state = 'failed' AND ticket_id IN (SELECT ticket_id FROM kept)),
  'messages', (SELECT json_agg(json_build_object('key', ticket_id || '.' || seq, 'at_ms', extract(epoch FROM created_at) * 1000)) FROM messages WHERE ticket_id IN (SELECT ticket_id FROM kept)));
