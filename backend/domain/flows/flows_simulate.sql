-- name: scene_now :one
-- Where the clock of an account stands, and what its customers call it.
-- $1 account  $2 now
SELECT to_char($2::timestamptz AT TIME ZONE a.time_zone, 'YYYY-MM-DD"T"HH24:MI:SS'),
       extract(epoch FROM ($2 AT TIME ZONE a.time_zone) - ($2 AT TIME ZONE 'UTC'))::bigint,
       coalesce((SELECT c.name FROM companies c WHERE c.account_id = a.id ORDER BY c.id LIMIT 1), a.name)
  FROM accounts a WHERE a.id = $1::bigint;

-- name: flows_above :many
-- Live flows that reach this one, each with what is being written of it: there its tests are.
-- $1 account  $2 flow  $3 most
WITH RECURSIVE above (id, key) AS (
  SELECT f.id, f.key FROM flows f WHERE f.account_id = $1::bigint AND f.id = $2::bigint AND f.removed_at IS NULL
   UNION
  SELECT u.id, u.key FROM above n
    JOIN flow_refs r ON r.account_id = $1 AND r.ref = 'flow:' || n.key AND r.is_live
    JOIN flows u ON u.account_id = r.account_id AND u.id = r.flow_id AND u.removed_at IS NULL AND u.is_enabled
     AND u.live_number IS NOT NULL)
SELECT n.id, n.key, d.document FROM above n
  JOIN flow_drafts d ON d.account_id = $1 AND d.flow_id = n.id
 WHERE n.id <> $2
 ORDER BY n.key LIMIT $3::int;
