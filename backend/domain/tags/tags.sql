-- name: tag_row :text
g.id, g.name, g.color, g.description, g.is_active;

-- name: tag_list :many
-- $1 account
SELECT @tag_row FROM tags g
 WHERE g.account_id = $1::bigint AND g.merged_into IS NULL ORDER BY lower(g.name), g.id LIMIT 500;

-- name: tag_list_used :many
-- With how often each is used, counted up to a thousand.
-- $1 account
SELECT @tag_row,
       (SELECT count(*) FROM (SELECT FROM ticket_tags l WHERE l.account_id = $1 AND l.tag_id = g.id LIMIT 1000) x),
       (SELECT count(*) FROM (SELECT FROM message_tags l WHERE l.account_id = $1 AND l.tag_id = g.id LIMIT 1000) x),
       (SELECT count(*) FROM (SELECT FROM contact_tags l WHERE l.account_id = $1 AND l.tag_id = g.id LIMIT 1000) x)
  FROM tags g
 WHERE g.account_id = $1::bigint AND g.merged_into IS NULL ORDER BY lower(g.name), g.id LIMIT 500;

-- name: tag_count :one
-- $1 account
SELECT count(*) FROM tags WHERE account_id = $1::bigint AND merged_into IS NULL;

-- name: tag_add :one
-- $1 account  $2 name  $3 color  $4 description  $5 by  $6 now
INSERT INTO tags (account_id, name, color, description, created_by, created_at)
VALUES ($1::bigint, $2::text, $3::text, $4::text, $5::bigint, $6::timestamptz) RETURNING id;

-- name: tag_lock :one
-- $1 account  $2 tag
SELECT @tag_row FROM tags g
 WHERE g.account_id = $1::bigint AND g.id = $2::bigint AND g.merged_into IS NULL FOR UPDATE;

-- name: tag_save :exec
-- $1 account  $2 tag  $3 name  $4 color  $5 description  $6 active
UPDATE tags SET name = $3::text, color = $4::text, description = $5::text, is_active = $6::boolean
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: tag_merge :exec
-- $1 account  $2 tag  $3 into
UPDATE tags SET is_active = false, merged_into = $3::bigint WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: tag_merged :opt
-- Where its links go: to the end of the chain, for the other may have been merged since.
-- $1 account  $2 tag
WITH RECURSIVE way (id, merged_into) AS (
    SELECT g.id, g.merged_into FROM tags g WHERE g.account_id = $1::bigint AND g.id = $2::bigint
    UNION
    SELECT g.id, g.merged_into FROM way JOIN tags g ON g.account_id = $1 AND g.id = way.merged_into)
SELECT id FROM way WHERE merged_into IS NULL AND id <> $2;

-- name: tag_require :opt
-- Held so that nobody merges it away while it is put on something.
-- $1 account  $2 tag
SELECT name FROM tags
 WHERE account_id = $1::bigint AND id = $2::bigint AND is_active FOR SHARE;

-- name: ticket_tag_add :exec
-- $1 account  $2 ticket  $3 tag  $4 by  $5 now
INSERT INTO ticket_tags (account_id, ticket_id, tag_id, tagged_by, tagged_at)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::timestamptz) ON CONFLICT DO NOTHING;

-- name: ticket_tag_remove :exec
-- $1 account  $2 ticket  $3 tag
DELETE FROM ticket_tags WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND tag_id = $3::bigint;

-- name: ticket_tag_ids :one
-- $1 account  $2 ticket
SELECT tag_ids, cardinality(tag_ids) FROM tickets t WHERE @visible(t) AND t.id = $2::bigint;

-- name: message_tag_add :exec
-- $1 account  $2 ticket  $3 seq  $4 tag  $5 created  $6 by  $7 now
INSERT INTO message_tags (account_id, ticket_id, seq, tag_id, message_at, tagged_by, tagged_at)
VALUES ($1::bigint, $2::bigint, $3::int, $4::bigint, $5::timestamptz, $6::bigint, $7::timestamptz)
    ON CONFLICT DO NOTHING;

-- name: message_tag_remove :exec
-- $1 account  $2 ticket  $3 seq  $4 tag
DELETE FROM message_tags
 WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND seq = $3::int AND tag_id = $4::bigint;

-- name: message_tag_count :one
-- $1 account  $2 ticket  $3 seq
SELECT count(*) FROM message_tags WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND seq = $3::int;

-- name: contact_tag_add :exec
-- $1 account  $2 contact  $3 tag  $4 by  $5 now
INSERT INTO contact_tags (account_id, contact_id, tag_id, tagged_by, tagged_at)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::timestamptz) ON CONFLICT DO NOTHING;

-- name: contact_tag_remove :exec
-- $1 account  $2 contact  $3 tag
DELETE FROM contact_tags WHERE account_id = $1::bigint AND contact_id = $2::bigint AND tag_id = $3::bigint;

-- name: contact_tag_list :many
-- $1 account  $2 contact
SELECT tag_id FROM contact_tags
 WHERE account_id = $1::bigint AND contact_id = $2::bigint ORDER BY tagged_at, tag_id LIMIT 100;

-- name: ticket_tag_move :one
-- A batch of links goes over; what already carries the other one only loses this. How many went.
-- $1 account  $2 from  $3 into  $4 how many
WITH moved AS (
    DELETE FROM ticket_tags l USING (SELECT ticket_id FROM ticket_tags
                                      WHERE account_id = $1::bigint AND tag_id = $2::bigint
                                      ORDER BY ticket_id DESC LIMIT $4::int) batch
     WHERE l.account_id = $1 AND l.tag_id = $2 AND l.ticket_id = batch.ticket_id
    RETURNING l.ticket_id, l.tagged_by, l.tagged_at),
added AS (
    INSERT INTO ticket_tags (account_id, ticket_id, tag_id, tagged_by, tagged_at)
    SELECT $1, ticket_id, $3::bigint, tagged_by, tagged_at FROM moved ON CONFLICT DO NOTHING)
SELECT count(*) FROM moved;

-- name: message_tag_move :one
-- $1 account  $2 from  $3 into  $4 how many
WITH moved AS (
    DELETE FROM message_tags l USING (SELECT ticket_id, seq FROM message_tags
                                       WHERE account_id = $1::bigint AND tag_id = $2::bigint
                                       ORDER BY ticket_id DESC, seq LIMIT $4::int) batch
     WHERE l.account_id = $1 AND l.tag_id = $2 AND l.ticket_id = batch.ticket_id AND l.seq = batch.seq
    RETURNING l.ticket_id, l.seq, l.message_at, l.tagged_by, l.tagged_at),
added AS (
    INSERT INTO message_tags (account_id, ticket_id, seq, tag_id, message_at, tagged_by, tagged_at)
    SELECT $1, ticket_id, seq, $3::bigint, message_at, tagged_by, tagged_at FROM moved ON CONFLICT DO NOTHING)
SELECT count(*) FROM moved;

-- name: contact_tag_move :one
-- $1 account  $2 from  $3 into  $4 how many
WITH moved AS (
    DELETE FROM contact_tags l USING (SELECT contact_id FROM contact_tags
                                       WHERE account_id = $1::bigint AND tag_id = $2::bigint
                                       ORDER BY contact_id DESC LIMIT $4::int) batch
     WHERE l.account_id = $1 AND l.tag_id = $2 AND l.contact_id = batch.contact_id
    RETURNING l.contact_id, l.tagged_by, l.tagged_at),
added AS (
    INSERT INTO contact_tags (account_id, contact_id, tag_id, tagged_by, tagged_at)
    SELECT $1, contact_id, $3::bigint, tagged_by, tagged_at FROM moved ON CONFLICT DO NOTHING)
SELECT count(*) FROM moved;
