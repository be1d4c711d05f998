-- name: reset_ask :exec
-- no account: a person is global
-- $1 e-mail  $2 its key  $3 key of the address  $4 lane  $5 now
SELECT gate.reset_ask($1::text, $2::bigint, $3::bigint, $4::bigint, $5::timestamptz);

-- name: reset_start :opt
-- no account: a person is global
-- $1 e-mail  $2 hash  $3 now
SELECT user_id, name, locale FROM gate.reset_start($1::text, $2::bytea, $3::timestamptz, interval '30 min');

-- name: reset_find :opt
-- no account: a person is global
-- $1 hash  $2 now
SELECT outcome, id, user_id, email, name, locale FROM gate.reset_find($1::bytea, $2::timestamptz);

-- name: reset_use :exec
-- no account: a person is global
-- $1 reset  $2 now
SELECT gate.reset_use($1::bigint, $2::timestamptz);
