-- name: photo_get :one
-- $1 account  $2 member
SELECT photo_id FROM memberships WHERE account_id = $1::bigint AND id = $2::bigint FOR UPDATE;

-- name: photo_save :exec
-- $1 account  $2 member  $3 attachment, NULL: none
UPDATE memberships SET photo_id = $3::bigint WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: photo_serve :opt
-- A file that a member is seen by now: what they were seen by before is nobody's.
-- $1 account  $2 attachment
SELECT a.state, a.mime, a.filename, a.path FROM memberships m
  JOIN attachments a ON a.account_id = m.account_id AND a.id = m.photo_id
 WHERE m.account_id = $1::bigint AND m.photo_id = $2::bigint LIMIT 1;
