-- name: flow_pages_sweep :exec
-- What said nothing for too long is gone, and with it perhaps the pencil.
-- $1 account  $2 flow  $3 now
DELETE FROM flow_pages WHERE account_id = $1::bigint AND flow_id = $2::bigint AND alive_until <= $3::timestamptz;

-- name: flow_pages_list :many
-- $1 account  $2 flow
SELECT p.member_id, p.page, p.opened_at, p.pencil_at, p.asked_at
  FROM flow_pages p WHERE p.account_id = $1::bigint AND p.flow_id = $2::bigint
 ORDER BY p.opened_at, p.member_id, p.page LIMIT 1000;

-- name: flow_page_lives :exec
-- $1 account  $2 flow  $3 member  $4 page  $5 now  $6 alive until
INSERT INTO flow_pages (account_id, flow_id, member_id, page, opened_at, alive_until)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::timestamptz, $6::timestamptz)
    ON CONFLICT (account_id, flow_id, member_id, page) DO UPDATE SET alive_until = excluded.alive_until;

-- name: flow_page_mark :exec
-- $1 account  $2 flow  $3 member  $4 page  $5 holds the pencil since  $6 asks for it since
UPDATE flow_pages SET pencil_at = $5::timestamptz, asked_at = $6::timestamptz
 WHERE account_id = $1::bigint AND flow_id = $2::bigint AND member_id = $3::bigint AND page = $4::bigint;

-- name: flow_page_close :exec
-- $1 account  $2 flow  $3 member  $4 page
DELETE FROM flow_pages
 WHERE account_id = $1::bigint AND flow_id = $2::bigint AND member_id = $3::bigint AND page = $4::bigint;

-- name: flow_pencil_elsewhere :opt
-- Somebody else writes at it, from a browser that lives.
-- $1 account  $2 flow  $3 member  $4 now
SELECT p.member_id FROM flow_pages p
 WHERE p.account_id = $1::bigint AND p.flow_id = $2::bigint AND p.pencil_at IS NOT NULL
   AND p.alive_until > $4::timestamptz AND p.member_id <> $3::bigint;
