-- name: gate :one
-- Admits a request and puts its account in force, or raises the reason. What the member may do was
-- judged by the row that this process remembers ($5 its epoch, $6 the verdict, NULL for yes); the
-- epoch is confirmed here, so the judgement is as fresh as the transaction: when it is stale, the
-- transaction is refused with 40001 and the dispatcher asks again. Admitting is one join of two rows
-- found by key; only a refusal pays for finding out why.
-- $1 account  $2 session  $3 gen of the access token  $4 now  $5 epoch  $6 verdict
-- $7 a second factor must have been shown  $8 and just now
SELECT coalesce(
       (SELECT set_config('balcao.account', $1::bigint::text, true)
          FROM gate.session s JOIN gate.access m ON m.account_id = $1 AND m.user_id = s.user_id
         WHERE s.id = $2::bigint AND $3::int IN (s.gen, s.gen - 1) AND s.end_reason IS NULL
           AND s.expires_at > $4::timestamptz AND s.idles_at > $4 AND m.epoch = $5::bigint
           AND m.is_active AND $6::text IS NULL AND (NOT $7::boolean OR s.factor_at IS NOT NULL)
           AND (NOT $8::boolean OR s.stepped_up_at > $4 - interval '10 min')),
       gate.refuse_request($1, $2, $3, $5, $6, $7, $8, $4));

-- name: session_gate :one
-- The same for routes that need a session but no account.
-- no account: it is about the person
-- $1 session  $2 gen  $3 now  $4 shown just now that it is them
SELECT CASE WHEN v.refusal IS NULL THEN ''
            ELSE gate.refuse(CASE v.refusal WHEN 'step_up_required' THEN '403' ELSE '401' END, v.refusal) END
  FROM (VALUES (1)) one
  LEFT JOIN gate.session s ON s.id = $1::bigint
 CROSS JOIN LATERAL (SELECT CASE
       WHEN s.id IS NULL OR $2::int NOT IN (s.gen, s.gen - 1) THEN 'session_unknown'
       WHEN s.end_reason IS NOT NULL                          THEN 'session_' || s.end_reason
       WHEN s.expires_at <= $3::timestamptz                   THEN 'session_expired'
       WHEN s.idles_at <= $3                                  THEN 'session_idle'
       WHEN $4::boolean AND coalesce(s.stepped_up_at < $3 - interval '10 min', true) THEN 'step_up_required'
       END AS refusal) v;

-- name: session_touch :exec
-- no account: a session belongs to the person
-- $1 session  $2 gen  $3 now
SELECT gate.session_touch($1::bigint, $2::int, $3::timestamptz);

-- name: access_find :opt
-- What a process remembers of a member, until the gate says it is stale.
-- $1 account  $2 user
SELECT member_id, epoch, is_active, permissions::text, scope, departments::text, branches::text,
       pick_departments::text, channels::text, sees_account, sees_bot, sees_history, sees_contacts,
       masks, networks::text, account_state, factor_from, block
  FROM gate.access WHERE account_id = $1::bigint AND user_id = $2::bigint;

-- name: access_invited :one
-- Tickets that somebody invited me to, the latest: what my streams may hear beyond my scope.
-- $1 account
SELECT ARRAY(SELECT r.ticket_id FROM ticket_readers r
              WHERE r.account_id = $1::bigint AND r.member_id = @member::bigint
              ORDER BY r.invited_at DESC LIMIT 100)::text;

-- name: permission_publish :exec
-- no account: the programs' own table
-- $1 number  $2 name  $3 built-in groups
INSERT INTO permissions AS p (number, name, builtins) VALUES ($1::int, $2::text, $3::text[])
    ON CONFLICT (number) DO UPDATE SET name = $2, builtins = $3
 WHERE (p.name, p.builtins) IS DISTINCT FROM ($2, $3);

-- name: access_compile_everything :exec
-- no account: all of them, when the programs' table changed
SELECT gate.compile_everything();

-- name: signin_person :one
-- no account: a person signs in, then chooses an account
-- $1 e-mail, trimmed and in lower case
SELECT user_id, password_hash FROM gate.signin_person($1::text);

-- name: throttle_find :opt
-- no account: strangers have none
-- $1 keys  $2 now
SELECT max(closed_until) FROM signin_throttle
 WHERE key = ANY ($1::bigint[]) AND closed_until > $2::timestamptz
HAVING count(*) > 0;

-- name: throttle_fail :exec
-- The first failures are free, then each one doubles the wait. An hour of quiet forgets.
-- no account: strangers have none
-- $1 key  $2 now  $3 failures that are free  $4 longest wait in seconds
INSERT INTO signin_throttle AS t (key, fails, closed_until, updated_at)
VALUES ($1::bigint, 1, $2::timestamptz, $2::timestamptz)
    ON CONFLICT (key) DO UPDATE SET
       fails = CASE WHEN t.updated_at < $2 - interval '1 hour' THEN 1 ELSE t.fails + 1 END,
       closed_until = CASE WHEN t.updated_at < $2 - interval '1 hour' OR t.fails + 1 <= $3::int THEN $2
                           ELSE $2 + least(power(2, least(t.fails + 1 - $3, 20)), $4::int) * interval '1 s' END,
       updated_at = $2;

-- name: throttle_forget :exec
-- no account: strangers have none
-- $1 key
DELETE FROM signin_throttle WHERE key = $1::bigint;

-- name: password_rehash :exec
-- no account: passwords belong to the person
-- $1 user  $2 hash
SELECT gate.password_rehash($1::bigint, $2::text);

-- name: session_start :one
-- no account: a session belongs to the person
-- $1 user  $2 hash of the refresh token  $3 expires  $4 address  $5 user agent
SELECT id, gen FROM gate.session_start($1::bigint, $2::bytea, $3::timestamptz, $4::text, $5::text);

-- name: session_rotate :one
-- no account: a session belongs to the person
-- $1 session  $2 hash presented  $3 hash of the next token  $4 now
SELECT outcome, user_id, gen, expires_at
  FROM gate.session_rotate($1::bigint, $2::bytea, $3::bytea, $4::timestamptz);

-- name: session_end :exec
-- no account: a session belongs to the person
-- $1 session  $2 reason  $3 now
SELECT gate.session_end($1::bigint, $2::text, $3::timestamptz);

-- name: session_person :one
-- no account: it is about the person
-- $1 session
SELECT user_id, email, name, locale, theme, enter_sends, plays_sound
  FROM gate.session_person($1::bigint);

-- name: session_accounts :many
-- no account: the accounts this person may enter
-- $1 session
SELECT account_id, name, slug, locale, time_zone, member_id, display_name, group_id, group_name, builtin,
       permissions, scope, masks
  FROM gate.session_accounts($1::bigint);

-- name: preferences_save :exec
-- no account: preferences belong to the person
-- $1 session  $2 locale  $3 theme  $4 enter sends  $5 plays sound
SELECT gate.preferences_save($1::bigint, $2::text, $3::text, $4::boolean, $5::boolean);
