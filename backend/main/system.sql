-- name: system_queues :many
-- no account: numbers of the whole installation, for its operator
SELECT queue, waiting, oldest_s FROM gate.queue_depths();

-- name: system_inbound :one
-- no account: numbers of the whole installation, for its operator
SELECT pending, oldest_s FROM gate.inbound_backlog();
