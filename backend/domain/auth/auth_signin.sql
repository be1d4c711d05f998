-- name: signin_person :one
-- no account: a person signs in, then chooses an account
-- $1 e-mail, trimmed and in lower case  $2 device that the browser says it is  $3 hash of its secret
SELECT user_id, password_hash, device_id FROM gate.signin_person($1::text, $2::bigint, $3::bytea);

-- name: signin_state :one
-- no account: a person signs in, then chooses an account
-- $1 user  $2 now
SELECT s.email, s.name, s.locale, s.must_change, s.has_factor, p.demands_factor, p.trusted_days
  FROM gate.signin_state($1::bigint) s, gate.signin_policy($1, $2::timestamptz) p;

-- name: signin_sweep :exec
-- no account: of everybody
-- $1 now
SELECT gate.signin_sweep($1::timestamptz);

-- name: ticket_try :one
-- no account: tickets are of people who are not in yet
-- $1 ticket  $2 expires  $3 how much one try counts
INSERT INTO signin_tickets AS t (id, tries, expires_at) VALUES ($1::bigint, $3::int, $2::timestamptz)
    ON CONFLICT (id) DO UPDATE SET tries = t.tries + $3
RETURNING tries;
