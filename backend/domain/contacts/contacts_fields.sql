-- name: field_list :many
-- $1 account
SELECT id, name, kind, array_to_json(choices)::text, choices::text, is_required, position
  FROM contact_fields WHERE account_id = $1::bigint ORDER BY position, id LIMIT 100;

-- name: field_add :one
-- $1 account  $2 name  $3 kind  $4 choices  $5 required  $6 now
INSERT INTO contact_fields (account_id, name, kind, choices, is_required, position, created_at)
VALUES ($1::bigint, $2::text, $3::text, $4::text[], $5::boolean,
        (SELECT coalesce(max(position), 0) + 1 FROM contact_fields WHERE account_id = $1), $6::timestamptz)
RETURNING id;

-- name: field_lock :one
-- $1 account  $2 field
SELECT name, kind, choices::text, is_required, position FROM contact_fields WHERE account_id = $1::bigint AND id = $2::bigint FOR UPDATE;

-- name: field_save :exec
-- $1 account  $2 field  $3 name  $4 choices  $5 required  $6 position
UPDATE contact_fields SET name = $3::text, choices = $4::text[], is_required = $5::boolean, position = $6::int
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: field_remove :exec
-- $1 account  $2 field
DELETE FROM contact_fields WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: value_put :exec
-- $1 account  $2 contact  $3 field  $4 value
INSERT INTO contact_values (account_id, contact_id, field_id, value)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::text)
    ON CONFLICT (account_id, contact_id, field_id) DO UPDATE SET value = $4;

-- name: value_forget :exec
-- $1 account  $2 contact  $3 field
DELETE FROM contact_values WHERE account_id = $1::bigint AND contact_id = $2::bigint AND field_id = $3::bigint;

-- name: value_get :opt
-- $1 account  $2 contact  $3 field
SELECT value FROM contact_values WHERE account_id = $1::bigint AND contact_id = $2::bigint AND field_id = $3::bigint;

-- name: value_list :many
-- unscoped: of a contact that was found by whoever asks
-- $1 account  $2 contact
SELECT f.name, f.kind, v.value FROM contact_values v
  JOIN contact_fields f ON f.account_id = v.account_id AND f.id = v.field_id
 WHERE v.account_id = $1::bigint AND v.contact_id = $2::bigint ORDER BY f.position, f.id LIMIT 100;
