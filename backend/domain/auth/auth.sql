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

-- name: session_person :one
-- no account: it is about the person
-- $1 session
SELECT user_id, email, name, locale, theme, enter_sends, plays_sound, density, keys
  FROM gate.session_person($1::bigint);

-- name: session_accounts :many
-- no account: the accounts this person may enter
-- $1 session
SELECT account_id, name, slug, locale, time_zone, member_id, display_name, group_id, group_name, builtin,
       permissions, scope, masks, photo_id
  FROM gate.session_accounts($1::bigint);

-- name: preferences_save :exec
-- no account: preferences belong to the person
-- $1 session  $2 locale  $3 theme  $4 enter sends  $5 plays sound  $6 density  $7 keys
SELECT gate.preferences_save($1::bigint, $2::text, $3::text, $4::boolean, $5::boolean, $6::text, $7::text[]);

-- name: member_person :one
-- $1 account  $2 member
SELECT m.id, m.user_id, m.display_name, p.email, p.locale, m.is_active
  FROM memberships m CROSS JOIN LATERAL gate.signin_state(m.user_id) p
 WHERE m.account_id = $1::bigint AND m.id = $2::bigint;

-- name: audit_person :exec
-- no account: all of theirs
-- $1 user  $2 now  $3 action  $4 session  $5 address  $6 request  $7 subject kind  $8 detail
SELECT gate.audit_person($1::bigint, $2::timestamptz, $3::text, $4::bigint, $5::text, $6::text, $7::text, $8::text);
