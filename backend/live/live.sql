-- name: live_start :one
-- no account: one gateway serves them all.
-- Where the feed begins: just before the oldest event of the last minutes, so that
-- those who reconnect after a restart find what they missed in memory; at the horizon
-- when nothing happened.
-- $1 minutes
SELECT coalesce(e.xid, pg_snapshot_xmin(pg_current_snapshot()))::text, coalesce(e.id - 1, 0)
  FROM (VALUES (1)) one
  LEFT JOIN (SELECT xid, id FROM account_event
              WHERE at > now() - make_interval(mins => $1::int)
              ORDER BY xid, id LIMIT 1) e ON true;

-- name: live_events :many
-- no account: one gateway serves them all.
-- Ids are given before commit, so by id alone a late commit would be passed over.
-- Below the oldest running transaction nothing can appear any more. Ordered by the
-- column: a bare xid would mean the text of the first line, and 1000 come before 999.
-- $1 xid  $2 id  $3 how many
SELECT e.xid::text, e.id, e.account_id, e.at, e.kind, e.audience, e.identity_id, e.user_id, e.payload,
       e.facts, e.was
  FROM account_event e
 WHERE (e.xid, e.id) > ($1::xid8, $2::bigint)
   AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
 ORDER BY e.xid, e.id
 LIMIT $3::int;

-- name: live_replay :many
-- What memory no longer holds. The first two columns are in every row, and there is
-- always one: is anything as old as the cursor still kept, and how many events were
-- looked at (all of $6: too far to walk).
-- $1 account  $2 after xid  $3 after id  $4 up to xid  $5 up to id  $6 how many
WITH span AS MATERIALIZED (
    SELECT xid, id, account_id, at, kind, audience, identity_id, user_id, payload, facts, was
      FROM account_event
     WHERE (xid, id) > ($2::xid8, $3::bigint) AND (xid, id) <= ($4::xid8, $5::bigint)
     ORDER BY xid, id
     LIMIT $6::int
)
SELECT EXISTS (SELECT FROM account_event WHERE (xid, id) <= ($2::xid8, $3::bigint)),
       (SELECT count(*) FROM span),
       e.xid::text, e.id, e.account_id, e.at, e.kind, e.audience, e.identity_id, e.user_id, e.payload,
       e.facts, e.was
  FROM (VALUES (1)) one
  LEFT JOIN (SELECT * FROM span WHERE account_id = $1::bigint) e ON true
 ORDER BY e.xid, e.id;

-- name: live_next_xid :one
-- no account: a number of the whole server. No event can carry this transaction or a later one yet.
SELECT pg_snapshot_xmax(pg_current_snapshot())::text;

-- name: live_ended_sessions :many
-- no account: sessions belong to persons.
-- Ends are stamped before they commit: five seconds are looked at again and again.
SELECT id, end_reason FROM gate.session_ends WHERE ended_at > now() - interval '5 seconds';

-- name: live_token_ends :many
-- no account: one gateway serves them all.
-- Of programs that listen: those that may no more, or not to the same as when they came.
-- $1 accounts  $2 tokens  $3 epochs
SELECT account_id, token_id, epoch, reason FROM gate.token_ends($1::bigint[], $2::bigint[], $3::bigint[]);

-- name: live_presence :one
-- no account: one gateway serves them all.
-- $1 gateway  $2 accounts that come  $3 their members  $4 their sessions  $5 $6 $7 the same of those that went
SELECT gate.report_presence($1::bigint, $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[]);
