-- name: message_row :text
m.seq, m.created_at, m.provider_at, m.direction, m.author_kind, m.author_id, m.kind, m.body, m.detail::text,
m.reactions::text, m.quoted_seq, m.attachments, m.state, m.error_code, m.error_slug, m.client_key,
m.edited_at, m.deleted_at, m.tag_ids;

-- name: message_bounds :text
m.account_id = $1::bigint AND m.ticket_id = $2::bigint
AND m.created_at >= (SELECT t.opened_at FROM tickets t WHERE @visible(t) AND t.id = $2);

-- name: message_list_before :many
-- created_at is bounded by the ticket's life, so old partitions are not even opened; and a ticket
-- that is not seen gives no bound, so nothing of it is.
-- $1 account  $2 ticket  $3 older than seq  $4 limit
SELECT @message_row FROM messages m
 WHERE @message_bounds AND ($3::int IS NULL OR m.seq < $3)
 ORDER BY m.seq DESC LIMIT $4::int;

-- name: message_list_after :many
-- $1 account  $2 ticket  $3 newer than seq  $4 limit
SELECT @message_row FROM messages m
 WHERE @message_bounds AND m.seq > $3::int
 ORDER BY m.seq LIMIT $4::int;

-- name: chapter_bounds :text
-- As message_bounds, of a ticket that was merged into one that is seen ($5).
m.account_id = $1::bigint AND m.ticket_id = $2::bigint
AND m.created_at >= (SELECT c.opened_at FROM tickets c JOIN tickets t ON t.account_id = c.account_id AND t.id = c.merged_into
                      WHERE @visible(t) AND t.id = $5::bigint AND c.id = $2);

-- name: chapter_list_before :many
-- $1 account  $2 chapter  $3 older than seq  $4 limit  $5 ticket
SELECT @message_row FROM messages m
 WHERE @chapter_bounds AND ($3::int IS NULL OR m.seq < $3)
 ORDER BY m.seq DESC LIMIT $4::int;

-- name: chapter_list_after :many
-- $1 account  $2 chapter  $3 newer than seq  $4 limit  $5 ticket
SELECT @message_row FROM messages m
 WHERE @chapter_bounds AND m.seq > $3::int
 ORDER BY m.seq LIMIT $4::int;

-- name: message_get :one
-- $1 account  $2 ticket  $3 seq
SELECT @message_row FROM messages m WHERE @message_bounds AND m.seq = $3::int;

-- name: message_of :one
-- With the ticket's life as parameters no other partition is even opened. A day is more than clocks of two hosts differ.
-- unscoped: the ticket was locked by whoever sees it
-- $1 account  $2 ticket  $3 seq  $4 opened  $5 now
SELECT @message_row FROM messages m
 WHERE m.account_id = $1::bigint AND m.ticket_id = $2::bigint AND m.seq = $3::int
   AND m.created_at >= $4::timestamptz AND m.created_at < $5::timestamptz + interval '1 day';

-- name: message_list_locked :many
-- unscoped: the tickets were locked by whoever sees them
-- $1 account  $2 tickets  $3 seqs  $4 when they were created
SELECT m.ticket_id, @message_row
  FROM unnest($2::bigint[], $3::int[], $4::timestamptz[]) WITH ORDINALITY p (ticket_id, seq, created_at, n)
  JOIN messages m ON m.account_id = $1::bigint AND m.ticket_id = p.ticket_id AND m.seq = p.seq
                 AND m.created_at = p.created_at
 ORDER BY p.n;

-- name: message_list_places :many
-- $1 account  $2 tickets  $3 seqs  $4 when they were created
SELECT m.ticket_id, @message_row
  FROM unnest($2::bigint[], $3::int[], $4::timestamptz[]) WITH ORDINALITY p (ticket_id, seq, created_at, n)
  JOIN tickets t ON t.id = p.ticket_id AND @visible(t)
  JOIN messages m ON m.account_id = $1::bigint AND m.ticket_id = p.ticket_id AND m.seq = p.seq
                 AND m.created_at = p.created_at
 ORDER BY p.n;

-- name: message_attachments_at :many
-- $1 account  $2 tickets  $3 seqs
SELECT a.id, a.state, a.kind, a.mime, a.filename, a.size_bytes, a.error_slug, a.created_at, a.seq, p.n
  FROM unnest($2::bigint[], $3::int[]) WITH ORDINALITY p (ticket_id, seq, n)
  JOIN attachments a ON a.account_id = $1::bigint AND a.ticket_id = p.ticket_id AND a.seq = p.seq
 ORDER BY p.n, a.id;

-- name: message_attachments :many
-- $1 account  $2 ticket  $3 seqs
SELECT id, state, kind, mime, filename, size_bytes, error_slug, created_at, seq FROM attachments
 WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND seq = ANY ($3::int[]) ORDER BY seq, id;

-- name: upload_claim :opt
-- A file is sent once, by the person or the program that uploaded it.
-- $1 account  $2 attachment  $3 member  $4 ticket  $5 seq  $6 token
UPDATE attachments SET ticket_id = $4::bigint, seq = $5::int
 WHERE account_id = $1::bigint AND id = $2::bigint AND (member_id = $3::bigint OR token_id = $6::bigint)
   AND ticket_id IS NULL AND state = 'ready'
RETURNING id, state, kind, mime, filename, size_bytes, error_slug, created_at, seq;

-- name: message_add :exec
-- $1 account  $2 ticket  $3 seq  $4 now  $5 provider's time  $6 direction  $7 author kind  $8 author
-- $9 kind  $10 text  $11 detail  $12 quoted  $13 attachments  $14 state  $15 client key
INSERT INTO messages (account_id, ticket_id, seq, created_at, provider_at, direction, author_kind,
                      author_id, kind, body, detail, quoted_seq, attachments, state, client_key)
VALUES ($1::bigint, $2::bigint, $3::int, $4::timestamptz, $5::timestamptz, $6::text, $7::text,
        $8::bigint, $9::text, $10::text, $11::json, $12::int, $13::smallint, $14::text, $15::text);

-- name: message_key_add :exec
-- The same key again, committed while we waited: start over and find it.
-- $1 account  $2 ticket  $3 client key  $4 seq  $5 now
INSERT INTO message_client_keys (account_id, ticket_id, client_key, seq, created_at)
VALUES ($1::bigint, $2::bigint, $3::text, $4::int, $5::timestamptz)
    ON CONFLICT (account_id, ticket_id, client_key) DO UPDATE SET client_key = gate.ask_again();

-- name: message_key_is_taken :one
-- unscoped: the ticket was locked by whoever says it
-- $1 account  $2 ticket  $3 client key
SELECT EXISTS (SELECT FROM message_client_keys k
                WHERE k.account_id = $1::bigint AND k.ticket_id = $2::bigint AND k.client_key = $3::text);

-- name: message_save :exec
-- $1 account  $2 ticket  $3 seq  $4 created  $5 text  $6 reactions  $7 state  $8 error code
-- $9 error slug  $10 edited  $11 deleted  $12 detail
UPDATE messages SET body = $5::text, reactions = $6::json, state = $7::text, error_code = $8::text,
       error_slug = $9::text, edited_at = $10::timestamptz, deleted_at = $11::timestamptz,
       detail = $12::json
 WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND seq = $3::int
   AND created_at = $4::timestamptz;

-- name: message_save_states :exec
-- What became of many, and the ticks in the list where it shows one of them.
-- $1 account  $2 tickets  $3 seqs  $4 when they were created  $5 states  $6 error codes  $7 error slugs  $8 shown in the list
WITH moved AS (
    SELECT * FROM unnest($2::bigint[], $3::int[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::boolean[])
        AS s (ticket_id, seq, created_at, state, error_code, error_slug, is_shown)
), listed AS (
    UPDATE tickets t SET last_state = moved.state FROM moved
     WHERE moved.is_shown AND t.account_id = $1::bigint AND t.id = moved.ticket_id
)
UPDATE messages m SET state = moved.state, error_code = moved.error_code, error_slug = moved.error_slug FROM moved
 WHERE m.account_id = $1 AND m.ticket_id = moved.ticket_id AND m.seq = moved.seq AND m.created_at = moved.created_at;

-- name: ticket_show :exec
-- The list shows the words and ticks of this message.
-- $1 account  $2 ticket  $3 state  $4 preview
UPDATE tickets SET last_state = $3::text, last_preview = $4::text
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: message_list_visitor :many
-- What a visitor sees of all their tickets on a channel: both sides, no whispers.
-- $1 account  $2 channel  $3 identity  $4 before: ticket  $5 before: seq  $6 after: ticket
-- $7 after: seq  $8 limit
SELECT m.ticket_id, @message_row,
       (SELECT split_part(b.display_name, ' ', 1) FROM memberships b
         WHERE b.account_id = m.account_id AND b.id = m.author_id)
  FROM tickets t JOIN messages m ON m.account_id = t.account_id AND m.ticket_id = t.id
 WHERE t.account_id = $1::bigint AND t.channel_id = $2::bigint AND t.identity_id = $3::bigint
   AND m.direction IN ('in', 'out')
   AND ($4::bigint IS NULL OR (m.ticket_id, m.seq) < ($4, $5::int))
   AND ($6::bigint IS NULL OR (m.ticket_id, m.seq) > ($6, $7::int))
 ORDER BY CASE WHEN $6 IS NULL THEN -m.ticket_id ELSE m.ticket_id END,
          CASE WHEN $6 IS NULL THEN -m.seq ELSE m.seq END
 LIMIT $8::int;

-- name: message_unread_visitor :one
-- $1 account  $2 channel  $3 identity
SELECT (SELECT count(*) FROM tickets t JOIN messages m ON m.account_id = t.account_id AND m.ticket_id = t.id
         WHERE t.account_id = $1::bigint AND t.channel_id = $2::bigint AND t.identity_id = $3::bigint
           AND m.direction = 'out' AND m.state IN ('queued', 'sending', 'accepted', 'delivered')),
       (SELECT t.state = 'closed' FROM tickets t
         WHERE t.account_id = $1 AND t.channel_id = $2 AND t.identity_id = $3 ORDER BY t.id DESC LIMIT 1);

-- name: message_list_unseen :many
-- Ours that the customer had not seen up to here: their screen says it has, or they read.
-- $1 account  $2 channel  $3 identity  $4 ticket  $5 up to seq  $6 states before
SELECT m.ticket_id, m.seq FROM tickets t
  JOIN messages m ON m.account_id = t.account_id AND m.ticket_id = t.id
 WHERE t.account_id = $1::bigint AND t.channel_id = $2::bigint AND t.identity_id = $3::bigint
   AND m.direction = 'out' AND m.state = ANY ($6::text[])
   AND (m.ticket_id, m.seq) <= ($4::bigint, $5::int)
 ORDER BY m.ticket_id, m.seq LIMIT 200;
