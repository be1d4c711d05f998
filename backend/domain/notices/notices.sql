-- name: notice_choices_get :one
-- What a member chose, or what holds until they do. Arrays as JSON.
-- $1 account  $2 member
SELECT to_json(coalesce(c.page, notice_defaults('page'))), to_json(coalesce(c.sound, notice_defaults('sound'))),
       to_json(coalesce(c.system, notice_defaults('system'))), to_json(coalesce(c.push, notice_defaults('push'))),
       coalesce(c.tune, 'soft'), coalesce(c.volume, 60), coalesce(c.repeats, false), coalesce(c.only_away, false),
       c.quiet_from_min, c.quiet_until_min
  FROM memberships m LEFT JOIN notice_choices c ON c.account_id = m.account_id AND c.member_id = m.id
 WHERE m.account_id = $1::bigint AND m.id = $2::bigint;

-- name: notice_kinds_known :one
-- no account: the kinds that there are
-- $1 kinds
SELECT $1::text[] <@ notice_kinds();

-- name: notice_choices_save :exec
-- $1 account  $2 member  $3 page  $4 sound  $5 system  $6 push  $7 tune  $8 volume  $9 repeats  $10 only away  $11 quiet from  $12 quiet until
INSERT INTO notice_choices (account_id, member_id, page, sound, system, push, tune, volume, repeats, only_away,
                            quiet_from_min, quiet_until_min)
VALUES ($1::bigint, $2::bigint, $3::text[], $4::text[], $5::text[], $6::text[], $7::text, $8::int, $9::boolean, $10::boolean,
        $11::int, $12::int)
ON CONFLICT (account_id, member_id) DO UPDATE
   SET page = excluded.page, sound = excluded.sound, system = excluded.system, push = excluded.push, tune = excluded.tune,
       volume = excluded.volume, repeats = excluded.repeats, only_away = excluded.only_away,
       quiet_from_min = excluded.quiet_from_min, quiet_until_min = excluded.quiet_until_min;

-- name: push_subscriptions_list :many
-- The endpoint is a capability: its digest is enough to know one's own browser by.
-- $1 account  $2 member
SELECT id, agent, created_at, sent_at, problem, encode(sha256(endpoint::bytea), 'hex')
  FROM push_subscriptions WHERE account_id = $1::bigint AND member_id = $2::bigint ORDER BY id;

-- name: push_subscribe :one
-- $1 account  $2 member  $3 endpoint  $4 agent  $5 now
INSERT INTO push_subscriptions AS s (account_id, member_id, endpoint, agent, created_at)
VALUES ($1::bigint, $2::bigint, $3::text, $4::text, $5::timestamptz)
ON CONFLICT (account_id, md5(endpoint)) DO UPDATE
   SET member_id = excluded.member_id, agent = excluded.agent, problem = NULL,
       created_at = CASE WHEN s.member_id = excluded.member_id THEN s.created_at ELSE excluded.created_at END
RETURNING id, xmax = 0;

-- name: push_subscriptions_trim :exec
-- $1 account  $2 member  $3 how many stay
DELETE FROM push_subscriptions WHERE account_id = $1::bigint AND id IN (
    SELECT id FROM push_subscriptions WHERE account_id = $1 AND member_id = $2::bigint ORDER BY id DESC OFFSET $3::int);

-- name: push_unsubscribe :exec
-- $1 account  $2 member  $3 subscription
DELETE FROM push_subscriptions WHERE account_id = $1::bigint AND member_id = $2::bigint AND id = $3::bigint;

-- name: push_subscription_own :opt
-- $1 account  $2 member  $3 subscription
SELECT id FROM push_subscriptions WHERE account_id = $1::bigint AND member_id = $2::bigint AND id = $3::bigint;

-- name: notice_test_add :one
-- $1 account  $2 member  $3 now
INSERT INTO notices (account_id, member_id, kind, created_at) VALUES ($1::bigint, $2::bigint, 'test', $3::timestamptz)
RETURNING id;

-- name: person_notices :many
-- no account: in every account of the person
-- $1 person  $2 since
SELECT id, account_id, slug, kind, ticket_id, protocol, channel_id, told_at, is_late FROM gate.person_notices($1::bigint, $2::timestamptz);
