-- name: test_role :exec
-- no account: for the rest of the transaction, or "none" for the login's own.
SELECT set_config('role', $1::text, true);

-- name: test_account :one
-- no account: it makes one. As a superuser, for no program may.
INSERT INTO accounts (name, slug)
VALUES ('Test', 'test-' || nextval(pg_get_serial_sequence('accounts', 'id')))
RETURNING id;

-- name: test_jobs_waiting :one
-- $1 account  $2 kind
SELECT count(*) FROM jobs WHERE account_id = $1::bigint AND kind = $2::text;

-- name: test_wall :many
-- no account: what the clocks of a zone show in a hundred years
-- $1 zone
SELECT extract(epoch FROM t)::bigint, extract(epoch FROM t AT TIME ZONE $1::text)::bigint
  FROM generate_series('1990-01-01'::timestamptz, '2090-01-01', '1 day 7 hours 13 minutes') t;
