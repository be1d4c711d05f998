-- name: flow_counters_differ :many
-- The figures of the runs that began on a day, counted again from the trace, where that is not what was counted.
-- $1 account  $2 day  $3 reasons of an end that are what a flow is for
WITH told AS (
    SELECT t.run_id, t.seq, t.n, t.flow_id, t.number, t.card, t.event, t.via, t.outlet, t.reason, t.matched_by, t.attempt,
           (t.detail ->> 'sent')::bigint AS sent
      FROM accounts a
      JOIN flow_runs r ON r.account_id = a.id AND r.started_at >= $2::date::timestamp AT TIME ZONE a.time_zone
                      AND r.started_at < ($2::date + 1)::timestamp AT TIME ZONE a.time_zone
      JOIN flow_trace t ON t.account_id = r.account_id AND t.run_id = r.id AND t.at >= r.started_at AND t.visit > 0
     WHERE a.id = $1::bigint
), again AS (
    SELECT t.flow_id, t.number, t.card, c.what, coalesce(c.outlet, '') AS outlet, sum(c.n)::bigint AS n
      FROM told t
     CROSS JOIN LATERAL (VALUES
           ('entry', NULL, CASE WHEN t.event = 'enter' THEN 1 END),
           (CASE t.via WHEN 'call' THEN 'jump' WHEN 'menu' THEN 'jump' WHEN 'moved' THEN 'moved_in' ELSE t.via END, NULL,
            CASE WHEN t.event = 'enter' AND t.via <> 'connector' THEN 1 END),
           ('moved', NULL, CASE WHEN t.event = 'moved' THEN 1 END),
           ('left', t.outlet, CASE WHEN t.event = 'leave' THEN 1 END),
           ('answered', NULL, CASE WHEN t.event = 'leave' AND t.matched_by IS NOT NULL THEN 1 END),
           ('answered_first', NULL, CASE WHEN t.event = 'leave' AND t.matched_by IS NOT NULL AND t.attempt = 0 THEN 1 END),
           ('invalid', NULL, CASE WHEN t.event = 'invalid' THEN 1 END),
           (CASE WHEN t.reason = ANY ($3::text[]) THEN 'finished' ELSE 'abandoned' END, t.reason, CASE WHEN t.event = 'end' THEN 1 END),
           ('interrupted', NULL, CASE WHEN t.reason = 'taken' THEN CASE t.event WHEN 'interrupt' THEN 1 WHEN 'resume' THEN -1 END END),
           ('sent', NULL, t.sent)) AS c (what, outlet, n)
     WHERE c.n IS NOT NULL GROUP BY 1, 2, 3, 4, 5
    UNION ALL
    SELECT f.flow_id, f.number, f.card, 'run', '', count(*) -- once, in the version in which it came there first
      FROM (SELECT DISTINCT ON (t.run_id, t.flow_id, t.card) t.flow_id, t.number, t.card FROM told t
             WHERE t.event = 'enter' ORDER BY t.run_id, t.flow_id, t.card, t.seq, t.n) f GROUP BY 1, 2, 3
), counted AS (
    SELECT k.flow_id, k.number, k.card, k.what, k.outlet, sum(k.n)::bigint AS n FROM flow_counters k
     WHERE k.account_id = $1 AND k.began_on = $2::date GROUP BY 1, 2, 3, 4, 5
)
SELECT flow_id, number, card, what, outlet, coalesce(counted.n, 0), coalesce(again.n, 0)
  FROM counted FULL JOIN again USING (flow_id, number, card, what, outlet)
 WHERE coalesce(counted.n, 0) <> coalesce(again.n, 0)
 ORDER BY 1, 2, 3, 4, 5 LIMIT 100;
