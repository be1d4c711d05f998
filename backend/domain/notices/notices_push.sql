-- name: notices_follow :many
-- no account: the log of all of them; each notice is judged in its own account
-- $1 events at most
SELECT account_id, notice_id, done FROM gate.notices_follow($1::int);

-- name: notice_get :opt
-- A notice with what its member wants now. Nothing when they want this kind no longer, or nothing at this hour; a test is
-- always wanted.
-- $1 account  $2 notice  $3 now
SELECT n.member_id, m.user_id, n.kind, n.ticket_id, n.channel_id, n.created_at
  FROM notices n
  JOIN memberships m ON m.account_id = n.account_id AND m.id = n.member_id
  JOIN accounts a ON a.id = n.account_id
  LEFT JOIN notice_choices c ON c.account_id = n.account_id AND c.member_id = n.member_id
 CROSS JOIN LATERAL (SELECT (extract(hour FROM l) * 60 + extract(minute FROM l))::int AS minute
                       FROM (SELECT $3::timestamptz AT TIME ZONE a.time_zone) wall (l)) clock
 WHERE n.account_id = $1::bigint AND n.id = $2::bigint
   AND (n.kind = 'test'
        OR (n.kind = ANY (coalesce(c.push, notice_defaults('push')))
            AND NOT CASE WHEN c.quiet_from_min IS NULL THEN false
                         WHEN c.quiet_from_min <= c.quiet_until_min
                         THEN clock.minute >= c.quiet_from_min AND clock.minute < c.quiet_until_min
                         ELSE clock.minute >= c.quiet_from_min OR clock.minute < c.quiet_until_min END));

-- name: notice_ticket_seen :opt
-- $1 account  $2 ticket
SELECT t.id FROM tickets t WHERE @visible(t) AND t.id = $2::bigint AND t.state <> 'closed';

-- name: notice_channel_seen :opt
-- $1 account  $2 channel
SELECT c.id FROM channels c WHERE c.account_id = $1::bigint AND c.id = $2::bigint AND c.state = 'failing'
   AND (@channels::bigint[] IS NULL OR c.id = ANY (@channels::bigint[]));

-- name: notice_subscriptions :many
-- $1 account  $2 member
SELECT id FROM push_subscriptions WHERE account_id = $1::bigint AND member_id = $2::bigint ORDER BY id;

-- name: push_endpoint :opt
-- $1 account  $2 subscription  $3 member
SELECT endpoint FROM push_subscriptions WHERE account_id = $1::bigint AND id = $2::bigint AND member_id = $3::bigint;

-- name: push_claim :exec
-- Whoever makes or finds the row waiting may call; a row that says "calling" is a call that may have arrived.
-- $1 account  $2 notice  $3 subscription
INSERT INTO push_sends AS p (account_id, notice_id, subscription_id, state)
VALUES ($1::bigint, $2::bigint, $3::bigint, 'calling')
ON CONFLICT (account_id, notice_id, subscription_id) DO UPDATE SET state = 'calling' WHERE p.state = 'waiting';

-- name: notice_told :exec
-- $1 account  $2 notice  $3 now
UPDATE notices SET told_at = coalesce(told_at, $3::timestamptz) WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: push_settle :exec
-- $1 account  $2 notice  $3 subscription  $4 state  $5 when it was taken  $6 problem
WITH send AS (
    UPDATE push_sends SET state = $4::text
     WHERE account_id = $1::bigint AND notice_id = $2::bigint AND subscription_id = $3::bigint)
UPDATE push_subscriptions SET sent_at = coalesce($5::timestamptz, sent_at), problem = $6::text
 WHERE account_id = $1 AND id = $3;

-- name: push_gone :exec
-- $1 account  $2 subscription
DELETE FROM push_subscriptions WHERE account_id = $1::bigint AND id = $2::bigint;
