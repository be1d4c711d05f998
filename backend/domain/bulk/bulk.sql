-- name: bulk_add :one
-- $1 account  $2 member  $3 act  $4 wish  $5 filter  $6 state  $7 now
INSERT INTO bulks (account_id, member_id, act, wish, filter, state, started_at)
VALUES ($1::bigint, $2::bigint, $3::text, $4::json, $5::text, $6::text, $7::timestamptz) RETURNING id;

-- name: bulk_item_add :exec
-- Of those that were named, the ones that are seen: the others are none.
-- $1 account  $2 bulk  $3 tickets
INSERT INTO bulk_items (account_id, bulk_id, ticket_id)
SELECT t.account_id, $2::bigint, t.id FROM tickets t WHERE @visible(t) AND t.id = ANY ($3::bigint[]);

-- name: bulk_find :one
-- One's own, with how far it came.
-- $1 account  $2 bulk  $3 member
SELECT b.id, b.act, b.state, b.started_at, b.finished_at, n.pending, n.done, n.refused, n.undone, n.kept
  FROM bulks b
 CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE i.state = 'pending') AS pending, count(*) FILTER (WHERE i.state = 'done') AS done,
              count(*) FILTER (WHERE i.state = 'refused') AS refused, count(*) FILTER (WHERE i.state = 'undone') AS undone,
              count(*) FILTER (WHERE i.state = 'kept') AS kept
         FROM bulk_items i WHERE i.account_id = b.account_id AND i.bulk_id = b.id) n
 WHERE b.account_id = $1::bigint AND b.id = $2::bigint AND b.member_id = $3::bigint;

-- name: bulk_lock :one
-- $1 account  $2 bulk
SELECT b.member_id, b.act, b.wish::text, b.filter, b.state,
       (SELECT m.user_id FROM memberships m WHERE m.account_id = b.account_id AND m.id = b.member_id)
  FROM bulks b WHERE b.account_id = $1::bigint AND b.id = $2::bigint FOR UPDATE;

-- name: bulk_move :exec
-- $1 account  $2 bulk  $3 state  $4 finished
UPDATE bulks SET state = $3::text, finished_at = $4::timestamptz WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: bulk_items_next :many
-- In the order of their ids, so that two acts on the same tickets lock them in the same order.
-- $1 account  $2 bulk  $3 state  $4 how many
SELECT ticket_id, was, became FROM bulk_items
 WHERE account_id = $1::bigint AND bulk_id = $2::bigint AND state = $3::text ORDER BY ticket_id LIMIT $4::int;

-- name: bulk_item_save :exec
-- $1 account  $2 bulk  $3 ticket  $4 state  $5 slug  $6 was  $7 became
UPDATE bulk_items SET state = $4::text, slug = $5::text, was = coalesce($6::text, was), became = coalesce($7::text, became)
 WHERE account_id = $1::bigint AND bulk_id = $2::bigint AND ticket_id = $3::bigint;

-- name: bulk_refusals :many
-- $1 account  $2 bulk
SELECT ticket_id, slug FROM bulk_items
 WHERE account_id = $1::bigint AND bulk_id = $2::bigint AND state IN ('refused', 'kept') ORDER BY ticket_id LIMIT 100;
