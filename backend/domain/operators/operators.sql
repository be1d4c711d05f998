-- name: operator_add :one
-- no account: operators belong to the installation
-- $1 e-mail  $2 name  $3 hash  $4 networks
INSERT INTO operators (email, name, password_hash, networks)
VALUES ($1::text, $2::text, $3::text, $4::text::cidr[]) RETURNING id;

-- name: operator_by_email :opt
-- no account: operators belong to the installation
-- $1 e-mail
SELECT id FROM operators WHERE email = $1::text;

-- name: operator_note :exec
-- no account: operators belong to the installation
-- $1 operator  $2 now  $3 action  $4 actor  $5 session  $6 address  $7 request
INSERT INTO operator_events (operator_id, at, action, actor_kind, session_id, address, request_id)
VALUES ($1::bigint, $2::timestamptz, $3::text, $4::text, $5::bigint, $6::text, $7::text);

-- name: operator_sessions_end :exec
-- no account: operators belong to the installation
-- $1 operator  $2 now
UPDATE operator_sessions SET ended_at = $2::timestamptz WHERE operator_id = $1::bigint AND ended_at IS NULL;

-- name: account_open :one
-- no account: this makes one
-- $1 name  $2 slug  $3 owner's e-mail  $4 owner's name  $5 hash of the owner's password
SELECT account, is_known FROM gate.account_open($1::text, $2::text, $3::text, $4::text, $5::text);

-- name: account_set_state :one
-- What it was before; NULL when there is no such account.
-- $1 account  $2 state
SELECT gate.account_set_state($1::bigint, $2::text);

-- name: account_figures :many
-- no account: numbers of all of them, for the operator
-- $1 now
SELECT id, name, slug, state, created_at, members, tickets_today, storage_bytes, channels, channels_failing
  FROM gate.account_figures($1::timestamptz);

-- name: health_queues :many
-- no account: numbers of the whole installation, for its operator
SELECT queue, waiting, oldest_s FROM gate.queue_depths();

-- name: health_dead :many
-- no account: numbers of the whole installation, for its operator
SELECT kind, dead FROM gate.dead_jobs_by_kind();

-- name: health_inbound :one
-- no account: numbers of the whole installation, for its operator
SELECT pending, oldest_s FROM gate.inbound_backlog();
