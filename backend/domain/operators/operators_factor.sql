-- The statements of auth_factor.sql, for operators: they ask and answer alike (struct factor_shelf).

-- name: operator_holder :one
-- no account: operators belong to the installation
-- $1 operator
SELECT email, name, 'pt-BR' FROM operators WHERE id = $1::bigint;

-- name: operator_factor_find :opt
-- no account: operators belong to the installation
-- $1 operator
SELECT f.version, f.secret, f.drift, f.enrolled_at,
       (SELECT count(*) FROM operator_recovery_codes r WHERE r.operator_id = $1::bigint AND r.used_at IS NULL)
  FROM operator_factors f WHERE f.operator_id = $1;

-- name: operator_factor_use :one
-- A right code counts once, in parallel too: the second finds its step used.
-- no account: operators belong to the installation
-- $1 operator  $2 version  $3 step of the code  $4 drift learned
WITH used AS (
    UPDATE operator_factors SET last_step = $3::bigint, drift = $4::int
     WHERE operator_id = $1::bigint AND version = $2::bigint AND last_step < $3 RETURNING 1)
SELECT EXISTS (SELECT FROM used);

-- name: operator_factor_enrol :exec
-- no account: operators belong to the installation
-- $1 operator  $2 version  $3 sealed secret  $4 step of its first code  $5 drift  $6 now  $7 hashes of the codes
WITH factor AS (
    INSERT INTO operator_factors (operator_id, version, secret, last_step, drift, enrolled_at)
    VALUES ($1::bigint, $2::bigint, $3::bytea, $4::bigint, $5::int, $6::timestamptz)
        ON CONFLICT (operator_id) DO UPDATE SET version = EXCLUDED.version, secret = EXCLUDED.secret,
           last_step = EXCLUDED.last_step, drift = EXCLUDED.drift, enrolled_at = EXCLUDED.enrolled_at)
INSERT INTO operator_recovery_codes (operator_id, number, hash)
SELECT $1, c.n - 1, c.hash FROM unnest($7::text[]) WITH ORDINALITY c (hash, n)
    ON CONFLICT (operator_id, number) DO UPDATE SET hash = EXCLUDED.hash, used_at = NULL;

-- name: operator_factor_remove :one
-- For balcaoctl: the door itself may not.
-- no account: operators belong to the installation
-- $1 operator
WITH codes AS (DELETE FROM operator_recovery_codes WHERE operator_id = $1::bigint),
     gone AS (DELETE FROM operator_factors WHERE operator_id = $1 RETURNING 1)
SELECT EXISTS (SELECT FROM gone);

-- name: operator_recovery_find :one
-- no account: operators belong to the installation
-- $1 operator  $2 number
SELECT (SELECT hash FROM operator_recovery_codes WHERE operator_id = $1::bigint AND number = $2::int AND used_at IS NULL);

-- name: operator_recovery_use :one
-- no account: operators belong to the installation
-- $1 operator  $2 number  $3 now
WITH used AS (
    UPDATE operator_recovery_codes SET used_at = $3::timestamptz
     WHERE operator_id = $1::bigint AND number = $2::int AND used_at IS NULL RETURNING 1)
SELECT EXISTS (SELECT FROM used);

-- name: operator_recovery_replace :exec
-- no account: operators belong to the installation
-- $1 operator  $2 hashes of the codes
INSERT INTO operator_recovery_codes (operator_id, number, hash)
SELECT $1::bigint, c.n - 1, c.hash FROM unnest($2::text[]) WITH ORDINALITY c (hash, n)
    ON CONFLICT (operator_id, number) DO UPDATE SET hash = EXCLUDED.hash, used_at = NULL;
