-- name: scheduled_row :text
s.id, s.ticket_id, s.member_id, s.client_key, s.body, s.attachment_id, s.send_at, s.version, s.state, s.error_slug,
s.created_at;

-- name: scheduled_list :many
-- What is still to come in a conversation, and what did not go.
-- $1 account  $2 ticket
SELECT @scheduled_row FROM scheduled_messages s JOIN tickets t ON t.account_id = s.account_id AND t.id = s.ticket_id
 WHERE @visible(t) AND s.ticket_id = $2::bigint AND s.state IN ('pending', 'failed')
 ORDER BY s.send_at, s.id LIMIT 100;

-- name: scheduled_find :one
-- $1 account  $2 scheduled
SELECT @scheduled_row FROM scheduled_messages s JOIN tickets t ON t.account_id = s.account_id AND t.id = s.ticket_id
 WHERE @visible(t) AND s.id = $2::bigint;

-- name: scheduled_lock :one
-- After its ticket, always.
-- $1 account  $2 scheduled
SELECT @scheduled_row FROM scheduled_messages s WHERE s.account_id = $1::bigint AND s.id = $2::bigint FOR UPDATE;

-- name: scheduled_of_key :opt
-- $1 account  $2 ticket  $3 client key
SELECT @scheduled_row FROM scheduled_messages s
 WHERE s.account_id = $1::bigint AND s.ticket_id = $2::bigint AND s.client_key = $3::text;

-- name: scheduled_count :one
-- $1 account  $2 ticket
SELECT count(*) FROM scheduled_messages s
 WHERE s.account_id = $1::bigint AND s.ticket_id = $2::bigint AND s.state IN ('pending', 'failed');

-- name: scheduled_add :one
-- The file has to be the author's own upload, which nothing else has.
-- $1 account  $2 ticket  $3 member  $4 client key  $5 text  $6 attachment  $7 send at  $8 now
INSERT INTO scheduled_messages AS s (account_id, ticket_id, member_id, client_key, body, attachment_id, send_at, created_at)
SELECT $1::bigint, $2::bigint, $3::bigint, $4::text, $5::text, $6::bigint, $7::timestamptz, $8::timestamptz
 WHERE $6 IS NULL OR EXISTS (SELECT FROM attachments a
                              WHERE a.account_id = $1 AND a.id = $6 AND a.member_id = $3 AND a.ticket_id IS NULL
                                AND a.state = 'ready')
RETURNING @scheduled_row;

-- name: scheduled_save :exec
-- A file that went, or that nobody will send, is the sweep's.
-- $1 account  $2 scheduled  $3 text  $4 send at  $5 version  $6 state  $7 error
UPDATE scheduled_messages SET body = $3::text, send_at = $4::timestamptz, version = $5::int, state = $6::text,
       error_slug = $7::text,
       attachment_id = CASE WHEN $6 IN ('sent', 'cancelled') THEN NULL ELSE attachment_id END
 WHERE account_id = $1::bigint AND id = $2::bigint;
