-- name: password_context :one
-- no account: passwords belong to the person
-- $1 user  $2 now
SELECT email, name, locale, password_min, password_hash
  FROM gate.password_context($1::bigint, $2::timestamptz);

-- name: password_account_names :many
-- no account: all of theirs
-- $1 user  $2 now
SELECT unnest(accounts) FROM gate.password_context($1::bigint, $2::timestamptz);

-- name: password_set :exec
-- no account: passwords belong to the person
-- $1 user  $2 hash  $3 now
SELECT gate.password_set($1::bigint, $2::text, $3::timestamptz);

-- name: password_rehash :exec
-- no account: passwords belong to the person
-- $1 user  $2 hash
SELECT gate.password_rehash($1::bigint, $2::text);
