-- name: migrations_applied :many
-- no account: the installation's own book.
SELECT name, hash FROM schema_migrations ORDER BY name;

-- name: migrations_lock :one
-- Held until the connection closes: two upgrades at once take turns.
-- no account: the installation's own lock.
SELECT pg_advisory_lock(hashtext('schema_migrations'));

-- name: migrations_readable :one
-- no account: is there a book at all? A statement about a table that is not there cannot even be prepared.
SELECT coalesce(has_table_privilege(to_regclass('schema_migrations')::oid, 'SELECT'), false);

-- name: migrations_newest :one
-- no account: the installation's own book.
SELECT coalesce(max(name COLLATE "C"), '') FROM schema_migrations;
