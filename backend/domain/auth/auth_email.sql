-- An e-mail belongs to the person, so none of these names an account.

-- name: email_ask :exec
-- no account: an e-mail belongs to the person
-- $1 user  $2 the new one  $3 lane  $4 now
SELECT gate.email_ask($1::bigint, $2::text, interval '24 h', $3::bigint, $4::timestamptz);

-- name: email_link :opt
-- no account: an e-mail belongs to the person
-- $1 wish  $2 hash  $3 now
SELECT email, name, locale FROM gate.email_link($1::bigint, $2::bytea, $3::timestamptz);

-- name: email_confirm :one
-- no account: an e-mail belongs to the person
-- $1 hash  $2 hash of the link that undoes it  $3 now
SELECT outcome, user_id, name, locale, old_email, email
  FROM gate.email_confirm($1::bytea, $2::bytea, interval '72 h', $3::timestamptz);

-- name: email_undo :one
-- no account: an e-mail belongs to the person
-- $1 hash  $2 lane  $3 now
SELECT outcome, user_id, lost_email, email FROM gate.email_undo($1::bytea, $2::bigint, $3::timestamptz);
