-- A factor belongs to the person, so none of these names an account but the last two.

-- name: factor_person :one
-- no account: a factor belongs to the person
-- $1 user
SELECT email, name, locale FROM gate.signin_state($1::bigint);

-- name: factor_find :opt
-- no account: a factor belongs to the person
-- $1 user
SELECT version, secret, drift, enrolled_at, codes_left FROM gate.factor_find($1::bigint);

-- name: factor_use :one
-- no account: a factor belongs to the person
-- $1 user  $2 version  $3 step of the code  $4 drift learned
SELECT gate.factor_use($1::bigint, $2::bigint, $3::bigint, $4::int);

-- name: factor_enrol :exec
-- no account: a factor belongs to the person
-- $1 user  $2 version  $3 sealed secret  $4 step of its first code  $5 drift  $6 now  $7 hashes of the codes
SELECT gate.factor_enrol($1::bigint, $2::bigint, $3::bytea, $4::bigint, $5::int, $6::timestamptz, $7::text[]);

-- name: factor_remove :one
-- no account: a factor belongs to the person
-- $1 user
SELECT gate.factor_remove($1::bigint);

-- name: recovery_replace :exec
-- no account: a factor belongs to the person
-- $1 user  $2 hashes of the codes
SELECT gate.recovery_replace($1::bigint, $2::text[]);

-- name: recovery_find :one
-- no account: a factor belongs to the person
-- $1 user  $2 number
SELECT gate.recovery_find($1::bigint, $2::int);

-- name: recovery_use :one
-- no account: a factor belongs to the person
-- $1 user  $2 number  $3 now
SELECT gate.recovery_use($1::bigint, $2::int, $3::timestamptz);

-- name: factor_devices :many
-- no account: devices belong to the person
-- $1 user  $2 now
SELECT id, agent, address, created_at, used_at, trusted_until
  FROM gate.person_devices($1::bigint, $2::timestamptz);

-- name: factor_reset :exec
-- $1 account that takes it away  $2 user
SELECT gate.factor_reset($2::bigint, $1::bigint);

-- name: factor_confirm_reset :one
-- $1 account  $2 user
SELECT gate.factor_confirm_reset($2::bigint, $1::bigint);

-- name: factor_account :one
-- $1 account
SELECT name FROM accounts WHERE id = $1::bigint;
