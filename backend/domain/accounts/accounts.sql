-- name: account_get :one
-- $1 account
SELECT id, name, locale, time_zone, currency FROM accounts WHERE id = $1::bigint;

-- name: protocol_next :one
-- $1 account  $2 now
INSERT INTO protocol_counters AS c (account_id, counted_on, n)
SELECT a.id, ($2::timestamptz AT TIME ZONE a.time_zone)::date, 1
  FROM accounts a WHERE a.id = $1::bigint
    ON CONFLICT (account_id, counted_on) DO UPDATE SET n = c.n + 1
RETURNING to_char(c.counted_on, 'YYYYMMDD') || '-' || lpad(c.n::text, greatest(4, length(c.n::text)), '0');
