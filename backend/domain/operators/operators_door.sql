-- name: operator_password :opt
-- no account: operators belong to the installation
-- $1 e-mail, trimmed and in lower case
SELECT id, password_hash FROM operators WHERE email = $1::text AND is_active;

-- name: operator_state :opt
-- no account: operators belong to the installation
-- $1 operator  $2 address
SELECT o.name, o.email, $2::inet <<= ANY (o.networks),
       EXISTS (SELECT FROM operator_factors f WHERE f.operator_id = o.id)
  FROM operators o WHERE o.id = $1::bigint AND o.is_active;

-- name: operator_throttled :opt
-- no account: operators belong to the installation
-- $1 keys  $2 now
SELECT max(closed_until) FROM operator_throttle
 WHERE key = ANY ($1::bigint[]) AND closed_until > $2::timestamptz
HAVING count(*) > 0;

-- name: operator_failed :exec
-- The first failures are free, then each one doubles the wait, up to a quarter of an hour.
-- no account: operators belong to the installation
-- $1 keys  $2 now  $3 failures that are free
INSERT INTO operator_throttle AS t (key, fails, closed_until, updated_at)
SELECT k, 1, $2::timestamptz, $2 FROM unnest($1::bigint[]) k ORDER BY k
    ON CONFLICT (key) DO UPDATE SET
       fails = CASE WHEN t.updated_at < $2 - interval '1 hour' THEN 1 ELSE t.fails + 1 END,
       closed_until = CASE WHEN t.updated_at < $2 - interval '1 hour' OR t.fails + 1 <= $3::int THEN $2
                           ELSE $2 + least(power(2, least(t.fails + 1 - $3, 20)), 900) * interval '1 s' END,
       updated_at = $2;

-- name: operator_forgiven :exec
-- no account: operators belong to the installation
-- $1 key
DELETE FROM operator_throttle WHERE key = $1::bigint;

-- name: operator_rehash :exec
-- no account: operators belong to the installation
-- $1 operator  $2 hash
UPDATE operators SET password_hash = $2::text WHERE id = $1::bigint;

-- name: operator_session_start :one
-- no account: operators belong to the installation
-- $1 operator  $2 hash of the token  $3 now  $4 expires  $5 address  $6 user agent
INSERT INTO operator_sessions (operator_id, token_hash, created_at, active_at, expires_at, address, agent)
VALUES ($1::bigint, $2::bytea, $3::timestamptz, $3, $4::timestamptz, $5::text, left($6::text, 200)) RETURNING id;

-- name: operator_enter :opt
-- Half an hour without a request ends a session; every request is judged by where it comes from. With
-- the factor gone, so is whoever came in with it.
-- no account: operators belong to the installation
-- $1 hash of the token  $2 now  $3 address
SELECT s.id, o.id, $3::inet <<= ANY (o.networks), s.active_at < $2::timestamptz - interval '1 min'
  FROM operator_sessions s JOIN operators o ON o.id = s.operator_id JOIN operator_factors f ON f.operator_id = o.id
 WHERE s.token_hash = $1::bytea AND s.ended_at IS NULL AND s.expires_at > $2
   AND s.active_at > $2 - interval '30 min' AND o.is_active;

-- name: operator_session_touch :exec
-- no account: operators belong to the installation
-- $1 session  $2 now
UPDATE operator_sessions SET active_at = $2::timestamptz WHERE id = $1::bigint;

-- name: operator_session_end :exec
-- no account: operators belong to the installation
-- $1 session  $2 now
UPDATE operator_sessions SET ended_at = $2::timestamptz WHERE id = $1::bigint AND ended_at IS NULL;
