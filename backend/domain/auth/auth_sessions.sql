-- A session belongs to the person, so none of these names an account.

-- name: session_start :one
-- no account: a session belongs to the person
-- $1 user  $2 hash of the refresh token  $3 now  $4 address  $5 user agent  $6 device
-- $7 a second factor was shown  $8 ends the others
SELECT outcome, id, gen, expires_at, other_agent, other_address, other_since, other_active_at
  FROM gate.session_start($1::bigint, $2::bytea, $3::timestamptz, $4::text, $5::text, $6::bigint, $7::boolean,
                          $8::boolean);

-- name: session_rotate :one
-- no account: a session belongs to the person
-- $1 session  $2 hash presented  $3 hash of the next token  $4 now
SELECT outcome, user_id, gen, expires_at, reason, by_agent, by_address, by_at
  FROM gate.session_rotate($1::bigint, $2::bytea, $3::bytea, $4::timestamptz);

-- name: session_renew :one
-- no account: a session belongs to the person
-- $1 session  $2 hash of the next token  $3 now  $4 shown once more  $5 by a factor
SELECT gen, expires_at FROM gate.session_renew($1::bigint, $2::bytea, $3::timestamptz, $4::boolean, $5::boolean);

-- name: session_activity :exec
-- no account: a session belongs to the person
-- $1 session  $2 now
SELECT gate.session_activity($1::bigint, $2::timestamptz);

-- name: person_sessions :many
-- no account: a session belongs to the person
-- $1 user  $2 now
SELECT id, agent, address, created_at, active_at, seen_at, is_trusted
  FROM gate.person_sessions($1::bigint, $2::timestamptz);

-- name: person_sessions_end :one
-- no account: a session belongs to the person
-- $1 user  $2 session, NULL: all  $3 but this one  $4 reason  $5 now
SELECT gate.person_sessions_end($1::bigint, $2::bigint, $3::bigint, $4::text, $5::timestamptz);
