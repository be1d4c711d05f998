-- name: flow_secret_list :many
-- $1 account
SELECT name, set_by, set_at FROM flow_secrets WHERE account_id = $1::bigint ORDER BY name LIMIT 100;

-- name: flow_secret_count :one
-- $1 account
SELECT count(*) FROM flow_secrets WHERE account_id = $1::bigint;

-- name: flow_secret_add :exec
-- $1 account  $2 name  $3 sealed  $4 member  $5 now
INSERT INTO flow_secrets (account_id, name, value, set_by, set_at)
VALUES ($1::bigint, $2::text, $3::bytea, $4::bigint, $5::timestamptz)
    ON CONFLICT (account_id, name) DO NOTHING;

-- name: flow_secret_replace :exec
-- $1 account  $2 name  $3 sealed  $4 member  $5 now
UPDATE flow_secrets SET value = $3::bytea, set_by = $4::bigint, set_at = $5::timestamptz
 WHERE account_id = $1::bigint AND name = $2::text;

-- name: flow_secret_remove :exec
-- $1 account  $2 name
DELETE FROM flow_secrets WHERE account_id = $1::bigint AND name = $2::text;

-- name: flow_secret_open :opt
-- $1 account  $2 name
SELECT value FROM flow_secrets WHERE account_id = $1::bigint AND name = $2::text;

-- name: flow_seal_keep :exec
-- What nobody threw away in time goes on the way.
-- $1 account  $2 run  $3 slot  $4 sealed  $5 until  $6 now
WITH old AS (DELETE FROM flow_seals WHERE account_id = $1::bigint AND until < $6::timestamptz)
INSERT INTO flow_seals (account_id, run_id, slot, value, until)
VALUES ($1, $2::bigint, $3::text, $4::bytea, $5::timestamptz)
    ON CONFLICT (account_id, run_id, slot) DO NOTHING;

-- name: flow_seal_open :opt
-- $1 account  $2 run  $3 slot  $4 now
SELECT value FROM flow_seals WHERE account_id = $1::bigint AND run_id = $2::bigint AND slot = $3::text AND until > $4::timestamptz;

-- name: flow_seals_forget :exec
-- $1 account  $2 run
DELETE FROM flow_seals WHERE account_id = $1::bigint AND run_id = $2::bigint;
