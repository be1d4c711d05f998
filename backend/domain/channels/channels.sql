-- name: channel_row :text
id, kind, name, department_id, is_active, hook_token, public_key, settings::text, secrets,
array_to_json(secrets_set)::text, welcome_text, state, state_reason, created_at;

-- name: channel_get :one
-- $1 account  $2 channel
SELECT @channel_row FROM channels WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: channel_list :many
-- $1 account
SELECT @channel_row FROM channels WHERE account_id = $1::bigint ORDER BY name, id LIMIT 200;

-- name: channel_last_events :many
-- $1 account
SELECT c.id, (SELECT e.received_at FROM inbound_events e
               WHERE e.account_id = c.account_id AND e.channel_id = c.id AND e.state <> 'rejected'
               ORDER BY e.id DESC LIMIT 1)
  FROM channels c WHERE c.account_id = $1::bigint LIMIT 200;

-- name: channel_by_hook :opt
-- Also puts the account in force for the rest of the transaction, and hands out the number
-- of the event that is about to be kept: so what follows is one round trip.
-- no account: the token says which
-- $1 token
SELECT id, kind, name, department_id, is_active, hook_token, public_key, settings, secrets,
       secrets_set, welcome_text, state, state_reason, created_at, account_id,
       nextval('inbound_events_id_seq'), set_config('balcao.account', account_id::text, true)
  FROM gate.channel_tokens WHERE hook_token = $1::text;

-- name: channel_by_key :opt
-- no account: the key says which
-- $1 public key
SELECT id, account_id, set_config('balcao.account', account_id::text, true)
  FROM gate.channel_tokens WHERE public_key = $1::text;

-- name: channel_add :one
-- $1 account  $2 kind  $3 name  $4 department  $5 hook token  $6 public key  $7 settings
-- $8 welcome  $9 now
INSERT INTO channels (account_id, kind, name, department_id, hook_token, public_key, settings,
                      welcome_text, created_at)
VALUES ($1::bigint, $2::text, $3::text, $4::bigint, $5::text, $6::text, $7::jsonb, $8::text,
        $9::timestamptz)
RETURNING @channel_row;

-- name: channel_edit :one
-- $1 account  $2 channel  $3 name  $4 department  $5 active  $6 welcome  $7 settings to merge
UPDATE channels SET name = coalesce($3::text, name), department_id = coalesce($4::bigint, department_id),
       is_active = coalesce($5::boolean, is_active), welcome_text = coalesce($6::text, welcome_text),
       settings = settings || coalesce($7::jsonb, '{}')
 WHERE account_id = $1::bigint AND id = $2::bigint
RETURNING @channel_row;

-- name: channel_seal :one
-- $1 account  $2 channel  $3 sealed secrets  $4 names that are set
UPDATE channels SET secrets = $3::bytea, secrets_set = $4::text[]
 WHERE account_id = $1::bigint AND id = $2::bigint
RETURNING @channel_row;

-- name: channel_lock :one
-- Secrets merge by member: two people saving together are served in order.
-- $1 account  $2 channel
SELECT @channel_row FROM channels WHERE account_id = $1::bigint AND id = $2::bigint FOR UPDATE;

-- name: channel_set_state :exec
-- $1 account  $2 channel  $3 state  $4 reason
UPDATE channels SET state = $3::text, state_reason = $4::text
 WHERE account_id = $1::bigint AND id = $2::bigint
   AND (state, state_reason) IS DISTINCT FROM ($3, $4);

-- name: inbound_next_id :one
-- no account: a number from a sequence
SELECT nextval('inbound_events_id_seq');

-- name: inbound_add :exec
-- $1 account  $2 event  $3 channel  $4 now  $5 verdict  $6 state  $7 jobs  $8 body  $9 request
-- $10 why
INSERT INTO inbound_events (account_id, id, channel_id, received_at, verdict, state, jobs_left, body,
                            request_id, why, processed_at)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::timestamptz, $5::text, $6::text, $7::int, $8::bytea,
        $9::text, $10::text, CASE WHEN $6 = 'pending' THEN NULL ELSE $4 END);

-- name: inbound_list :many
-- Each with its channel, which whoever handles it needs first, in the order asked for.
-- $1 account  $2 events
SELECT @channel_row, body, n
  FROM (SELECT n, channel_id, body FROM unnest($2::bigint[]) WITH ORDINALITY wanted (event_id, n)
          JOIN inbound_events e ON e.account_id = $1::bigint AND e.id = wanted.event_id) event
  JOIN channels ON account_id = $1 AND id = channel_id
 ORDER BY n;

-- name: inbound_hide :exec
-- $1 account  $2 event
UPDATE inbound_events SET holds_secret = true WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: inbound_finish :exec
-- $1 account  $2 events  $3 now
UPDATE inbound_events SET jobs_left = jobs_left - 1,
       body = CASE WHEN jobs_left = 1 AND holds_secret THEN '' ELSE body END,
       state = CASE WHEN jobs_left = 1 THEN 'done' ELSE state END,
       processed_at = CASE WHEN jobs_left = 1 THEN $3::timestamptz ELSE processed_at END
 WHERE account_id = $1::bigint AND id = ANY ($2::bigint[]) AND jobs_left > 0;
