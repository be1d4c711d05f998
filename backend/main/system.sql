-- name: system_queues :many
-- no account: numbers of the whole installation, for its operator
SELECT queue, waiting, oldest_s FROM gate.queue_depths();

-- name: system_inbound :one
-- no account: numbers of the whole installation, for its operator
SELECT pending, oldest_s FROM gate.inbound_backlog();

-- name: system_dead :many
-- no account: numbers of the whole installation, for its operator
SELECT queue, dead FROM gate.dead_jobs();

-- name: system_silence :many
-- no account: numbers of the whole installation, for its operator
-- $1 how many
SELECT channel_id, kind, silent_s FROM gate.channel_silence($1::int);

-- name: system_oldest :one
-- no account: numbers of the whole installation, for its operator
SELECT age_s, xmin_age FROM gate.oldest_transaction();

-- name: system_audit :one
-- no account: figures of the installation
SELECT oldest_s, broken FROM gate.audit_backlog();
