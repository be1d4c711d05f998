-- name: contact_group_list :many
-- $1 account
SELECT id, name, description, member_count, created_at FROM contact_groups
 WHERE account_id = $1::bigint ORDER BY name, id LIMIT 500;

-- name: contact_group_add :one
-- $1 account  $2 name  $3 description  $4 now
INSERT INTO contact_groups (account_id, name, description, created_at)
VALUES ($1::bigint, $2::text, coalesce($3::text, ''), $4::timestamptz) RETURNING id, name, description, member_count, created_at;

-- name: contact_group_lock :one
-- $1 account  $2 group
SELECT id, name, description, member_count, created_at FROM contact_groups
 WHERE account_id = $1::bigint AND id = $2::bigint FOR UPDATE;

-- name: contact_group_save :one
-- $1 account  $2 group  $3 name  $4 description
UPDATE contact_groups SET name = coalesce($3::text, name), description = coalesce($4::text, description)
 WHERE account_id = $1::bigint AND id = $2::bigint RETURNING id, name, description, member_count, created_at;

-- name: contact_group_remove :exec
-- $1 account  $2 group
DELETE FROM contact_groups WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: contact_group_join :exec
-- $1 account  $2 group  $3 contacts  $4 now
INSERT INTO contact_group_members (account_id, group_id, contact_id, added_at)
SELECT $1::bigint, $2::bigint, x, $4::timestamptz FROM unnest($3::bigint[]) x ON CONFLICT DO NOTHING;

-- name: contact_group_part :exec
-- $1 account  $2 group  $3 contacts
DELETE FROM contact_group_members WHERE account_id = $1::bigint AND group_id = $2::bigint AND contact_id = ANY ($3::bigint[]);
