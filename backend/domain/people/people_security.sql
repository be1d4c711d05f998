-- name: security_get :one
-- $1 account
SELECT password_min, session_idle_s, session_absolute_s, allows_several_sessions, trusted_device_days
  FROM account_security WHERE account_id = $1::bigint;

-- name: security_lock :one
-- $1 account
SELECT password_min, session_idle_s, session_absolute_s, allows_several_sessions, trusted_device_days
  FROM account_security WHERE account_id = $1::bigint FOR UPDATE;

-- name: security_save :exec
-- $1 account  $2 password min  $3 idle  $4 absolute  $5 several  $6 trusted days
UPDATE account_security SET password_min = $2::int, session_idle_s = $3::int, session_absolute_s = $4::int,
       allows_several_sessions = $5::boolean, trusted_device_days = $6::int
 WHERE account_id = $1::bigint;
