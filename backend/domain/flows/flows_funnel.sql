-- name: flow_funnel_period :one
-- Days in the account's zone; without words for them, the thirty up to today.
-- $1 account  $2 from  $3 to  $4 now
SELECT a.time_zone, p.first::text, p.last::text, p.first::timestamp AT TIME ZONE a.time_zone,
       (p.last + 1)::timestamp AT TIME ZONE a.time_zone, p.last - p.first
  FROM accounts a
 CROSS JOIN LATERAL (SELECT coalesce($3::date, ($4::timestamptz AT TIME ZONE a.time_zone)::date) AS last) l
 CROSS JOIN LATERAL (SELECT l.last, coalesce($2::date, l.last - 29) AS first) p
 WHERE a.id = $1::bigint;

-- name: flow_funnel_counts :many
-- What was counted at each card, and what stands on it now, of one moment: so that it adds up. A visit that waits for
-- whom it handed its ticket to stands there too. A card is the same in all versions in which its type is.
-- $1 account  $2 flow  $3 first day  $4 last day  $5 begun from  $6 begun before  $7 versions (NULL: all)
WITH counted AS MATERIALIZED (
    SELECT k.number, k.card, k.what, k.outlet, sum(k.n) AS n
      FROM flow_counters k
     WHERE k.account_id = $1::bigint AND k.flow_id = $2::bigint AND k.began_on BETWEEN $3::date AND $4::date
       AND ($7::bigint[] IS NULL OR k.number = ANY ($7))
     GROUP BY k.number, k.card, k.what, k.outlet
), live AS MATERIALIZED ( -- all of the account: few beside those that ended, and their own index knows them
    SELECT r.started_at, r.pins, r.state::json->'at' AS at
      FROM flow_runs r
     WHERE r.account_id = $1 AND r.phase <> 'ended' AND (r.phase <> 'held' OR r.state::json #>> '{held,cause}' = 'transferred')
), standing AS MATERIALIZED (
    SELECT (p.pin->>'version')::int AS number, r.at->>'card' AS card, 'open' AS what, '' AS outlet, count(*)::numeric AS n
      FROM live r
      JOIN flows f ON f.account_id = $1 AND f.id = $2 AND f.key = r.at->>'flow'
     CROSS JOIN LATERAL json_array_elements(r.pins) p (pin)
     WHERE r.started_at >= $5::timestamptz AND r.started_at < $6::timestamptz AND (p.pin->>'id')::bigint = f.id
       AND ($7 IS NULL OR (p.pin->>'version')::bigint = ANY ($7))
     GROUP BY 1, 2
), known AS MATERIALIZED (
    SELECT v.number, c->>'id' AS card, c->>'type' AS type,
           first_value(coalesce(c->>'name', '')) OVER (PARTITION BY c->>'id', c->>'type' ORDER BY v.number DESC) AS name
      FROM flow_versions v CROSS JOIN json_array_elements(v.document::json->'cards') c
     WHERE v.account_id = $1 AND v.flow_id = $2
       AND v.number IN (SELECT number FROM counted UNION SELECT number FROM standing)
)
SELECT a.card, k.type, k.name, a.what, a.outlet, sum(a.n)::bigint
  FROM (SELECT * FROM counted UNION ALL SELECT * FROM standing) a
  JOIN known k ON k.number = a.number AND k.card = a.card
 GROUP BY a.card, k.type, k.name, a.what, a.outlet
 ORDER BY a.card, k.type, a.what, a.outlet;

-- name: flow_funnel_times :many
-- How long answers took, of the same conversations.
-- $1 account  $2 flow  $3 begun from  $4 begun before  $5 versions (NULL: all)
SELECT b.card, b.type, percentile_disc(0.5) WITHIN GROUP (ORDER BY b.answered_ms),
       percentile_disc(0.9) WITHIN GROUP (ORDER BY b.answered_ms)
  FROM flow_trace b
  JOIN flow_runs r ON r.account_id = b.account_id AND r.id = b.run_id
   AND r.started_at >= $3::timestamptz AND r.started_at < $4::timestamptz
 WHERE b.account_id = $1::bigint AND b.flow_id = $2::bigint AND b.at >= $3 AND b.event = 'leave' AND b.answered_ms IS NOT NULL
   AND ($5::bigint[] IS NULL OR b.number = ANY ($5))
 GROUP BY b.card, b.type;

-- name: flow_funnel_figures :one
-- Of those that began with this flow: how they stand and ended, who had a person in between, and how long the bot had them.
-- $1 account  $2 flow  $3 begun from  $4 begun before  $5 versions (NULL: all)
WITH begun AS MATERIALIZED (
    SELECT r.id, r.phase, r.end_reason, r.started_at, r.ended_at
      FROM flow_runs r
     WHERE r.account_id = $1::bigint AND r.flow_id = $2::bigint AND r.started_at >= $3::timestamptz AND r.started_at < $4::timestamptz
       AND ($5::bigint[] IS NULL OR r.number = ANY ($5))
), turned AS MATERIALIZED (
    SELECT b.run_id, min(b.at) FILTER (WHERE b.event = 'interrupt' AND b.reason <> 'opt_out') AS held_at,
           bool_or(b.event = 'interrupt' AND b.reason = 'transferred') AS is_transferred, bool_or(b.event = 'leave') AS is_exhausted
      FROM flow_trace b
     WHERE b.account_id = $1 AND b.at >= $3 AND (b.event = 'interrupt' OR b.outlet = 'exhausted')
     GROUP BY b.run_id
), ended AS (
    SELECT b.end_reason, t.held_at, coalesce(t.is_transferred, false) OR b.end_reason = 'transferred' AS is_transferred,
           coalesce(t.is_exhausted, false) OR b.end_reason IN ('error', 'dead_end') AS is_fallen,
           extract(epoch FROM least(t.held_at, b.ended_at) - b.started_at) * 1000 AS bot_ms
      FROM begun b LEFT JOIN turned t ON t.run_id = b.id WHERE b.phase = 'ended'
)
SELECT (SELECT count(*) FROM begun), (SELECT count(*) FROM begun WHERE phase <> 'ended'),
       (SELECT count(*) FROM begun WHERE phase = 'held'), count(*),
       count(*) FILTER (WHERE end_reason = 'finished' AND held_at IS NULL AND NOT is_transferred),
       count(*) FILTER (WHERE is_transferred), count(*) FILTER (WHERE is_fallen),
       count(*) FILTER (WHERE end_reason = 'silent'), count(*) FILTER (WHERE end_reason = 'opted_out'),
       (percentile_disc(0.5) WITHIN GROUP (ORDER BY bot_ms))::bigint
  FROM ended;

-- name: flow_funnel_ends :many
-- $1 account  $2 flow  $3 begun from  $4 begun before  $5 versions (NULL: all)
SELECT r.end_reason, count(*) FROM flow_runs r
 WHERE r.account_id = $1::bigint AND r.flow_id = $2::bigint AND r.started_at >= $3::timestamptz AND r.started_at < $4::timestamptz
   AND r.phase = 'ended' AND ($5::bigint[] IS NULL OR r.number = ANY ($5))
 GROUP BY r.end_reason ORDER BY count(*) DESC, r.end_reason;
