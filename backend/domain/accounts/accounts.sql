-- name: account_get :one
-- $1 account
SELECT id, name, locale, time_zone, currency FROM accounts WHERE id = $1::bigint;

-- name: protocol_next :opt
-- The smallest number whose counter nobody else holds: those who open tickets one after the other
-- count 1, 2, 3, and those who do it together do not wait for one another's commits, which one
-- counter made them do. A number may be left out or come a little late, and is never given twice.
-- $1 account  $2 now
WITH free AS MATERIALIZED (
    SELECT c.counted_on, c.place
      FROM accounts a
     CROSS JOIN LATERAL (
           SELECT counted_on, place FROM protocol_counters
            WHERE account_id = a.id AND counted_on = ($2::timestamptz AT TIME ZONE a.time_zone)::date
            ORDER BY next LIMIT 1 FOR UPDATE SKIP LOCKED) c
     WHERE a.id = $1::bigint
)
UPDATE protocol_counters c SET next = c.next + 64
  FROM free
 WHERE c.account_id = $1 AND c.counted_on = free.counted_on AND c.place = free.place
RETURNING to_char(c.counted_on, 'YYYYMMDD') || '-' ||
          lpad((c.next - 64)::text, greatest(4, length((c.next - 64)::text)), '0');

-- name: protocol_day :exec
-- The counters of a new day, and none of those before yesterday; somebody else may be making them
-- at this moment.
-- $1 account  $2 now
WITH today AS (
    SELECT id, ($2::timestamptz AT TIME ZONE time_zone)::date AS day FROM accounts WHERE id = $1::bigint
), past AS (
    DELETE FROM protocol_counters c USING today WHERE c.account_id = $1 AND c.counted_on < today.day - 1
)
INSERT INTO protocol_counters (account_id, counted_on, place, next)
SELECT id, day, place, place FROM today CROSS JOIN generate_series(1, 64) place
    ON CONFLICT DO NOTHING;
