-- name: attempt_note :exec
-- no account: mostly before any; $4 is the one that refused
-- $1 now  $2 user  $3 hash of the e-mail  $4 account  $5 address  $6 agent  $7 step  $8 reason
-- $9 request  $10 when to come back
SELECT gate.attempt_note($1::timestamptz, $2::bigint, $3::bigint, $4::bigint, $5::text, $6::text, $7::text,
                         $8::text, $9::text, $10::timestamptz);

-- name: attempt_note_refusal :exec
-- The account of a request that was refused is not in force, so it is given.
-- $1 account  $2 now  $3 user  $4 address  $5 agent  $6 reason  $7 request  $8 epoch
SELECT gate.attempt_note($2::timestamptz, $3::bigint, NULL, $1::bigint, $4::text, $5::text, 'account', $6::text,
                         $7::text, NULL)
  FROM gate.access m WHERE m.account_id = $1 AND m.user_id = $3 AND m.is_active AND m.epoch = $8::bigint;

-- name: attempts_list :many
-- $1 account  $2 user  $3 how many
SELECT id, at, address, agent, step, reason, request_id, retry_at
  FROM gate.attempts_of($1::bigint, $2::bigint, $3::int);
