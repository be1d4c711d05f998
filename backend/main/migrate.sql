-- name: migrations_applied :many
-- no account: the installation's own book.
SELECT name, hash FROM schema_migrations ORDER BY name;

-- name: migrations_lock :one
-- Held until the connection closes: two upgrades at once take turns.
-- no account: the installation's own lock.
SELECT pg_advisory_lock(hashtext('schema_migrations'));
