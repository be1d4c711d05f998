-- name: profile_get :one
-- $1 account  $2 member
SELECT p.email, p.name, m.display_name, m.signature FROM memberships m
  JOIN gate.people_of_account() p ON p.member_id = m.id
 WHERE m.account_id = $1::bigint AND m.id = $2::bigint;

-- name: profile_save :exec
-- $1 account  $2 member  $3 display name  $4 signature
UPDATE memberships SET display_name = coalesce($3::text, display_name), signature = coalesce($4::text, signature)
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: profile_name :exec
-- no account: a person's own name
-- $1 session  $2 name
SELECT gate.person_name($1::bigint, $2::text);
