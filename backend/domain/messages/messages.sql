-- name: attachment_visitor_find :opt
-- $1 account  $2 attachment  $3 identity
SELECT id, state, kind, mime, filename, size_bytes, error_slug, created_at, seq FROM attachments
 WHERE account_id = $1::bigint AND id = $2::bigint AND identity_id = $3::bigint AND ticket_id IS NULL
   AND state = 'ready';

-- name: attachment_adopt :opt
-- A visitor's upload joins the message that names it.
-- $1 account  $2 attachment  $3 identity  $4 ticket  $5 seq
UPDATE attachments SET ticket_id = $4::bigint, seq = $5::int
 WHERE account_id = $1::bigint AND id = $2::bigint AND identity_id = $3::bigint AND ticket_id IS NULL
RETURNING id, state, kind, mime, filename, size_bytes, error_slug, created_at, seq;

-- name: attachment_add :one
-- What a program with a member uploads is the member's.
-- $1 account  $2 member  $3 identity  $4 kind  $5 type  $6 filename  $7 size  $8 path  $9 now  $10 token
INSERT INTO attachments (account_id, member_id, identity_id, token_id, state, kind, mime, filename, size_bytes,
                         path, created_at)
VALUES ($1::bigint, $2::bigint, $3::bigint, CASE WHEN $2 IS NULL THEN $10::bigint END, 'ready', $4::text, $5::text,
        $6::text, $7::bigint, $8::text, $9::timestamptz)
RETURNING id, state, kind, mime, filename, size_bytes, error_slug, created_at, seq;

-- name: attachment_to_copy :opt
-- Who may have it was decided before.
-- $1 account  $2 attachment
SELECT kind, mime, filename, size_bytes, path FROM attachments
 WHERE account_id = $1::bigint AND id = $2::bigint AND state = 'ready';

-- name: attachment_expect :one
-- A file that a provider holds for us: fetched by a job.
-- $1 account  $2 ticket  $3 seq  $4 kind  $5 declared type  $6 filename  $7 provider's id  $8 now
INSERT INTO attachments (account_id, ticket_id, seq, state, kind, mime, filename, provider_media_id,
                         created_at)
VALUES ($1::bigint, $2::bigint, $3::int, 'pending', $4::text, $5::text, $6::text, $7::text,
        $8::timestamptz)
RETURNING id, state, kind, mime, filename, size_bytes, error_slug, created_at, seq;

-- name: attachment_pending :opt
-- $1 account  $2 attachment
SELECT a.ticket_id, a.seq, a.provider_media_id, t.channel_id, a.kind FROM attachments a
  JOIN tickets t ON t.account_id = a.account_id AND t.id = a.ticket_id
 WHERE a.account_id = $1::bigint AND a.id = $2::bigint AND a.state = 'pending';

-- name: attachment_fetched :exec
-- $1 account  $2 attachment  $3 kind  $4 type  $5 size  $6 path
UPDATE attachments SET state = 'ready', kind = $3::text, mime = $4::text, size_bytes = $5::bigint,
       path = $6::text
 WHERE account_id = $1::bigint AND id = $2::bigint AND state = 'pending';

-- name: attachment_lost :exec
-- $1 account  $2 attachment  $3 why
UPDATE attachments SET state = 'failed', error_slug = $3::text
 WHERE account_id = $1::bigint AND id = $2::bigint AND state = 'pending';

-- name: attachment_to_send :opt
-- $1 account  $2 ticket  $3 seq
SELECT id, kind, mime, filename, path, provider_media_id, state, error_slug FROM attachments
 WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND seq = $3::int
 ORDER BY id LIMIT 1;

-- name: attachment_claim_recording :opt
-- The same as upload_claim; it is not ready before it is what the channel takes.
-- $1 account  $2 attachment  $3 member  $4 ticket  $5 seq  $6 what it becomes  $7 token
UPDATE attachments SET ticket_id = $4::bigint, seq = $5::int, kind = 'audio', state = 'pending',
       becomes = $6::text
 WHERE account_id = $1::bigint AND id = $2::bigint AND (member_id = $3::bigint OR token_id = $7::bigint)
   AND ticket_id IS NULL AND state = 'ready'
RETURNING id, state, kind, mime, filename, size_bytes, error_slug, created_at, seq;

-- name: attachment_to_convert :opt
-- $1 account  $2 attachment
SELECT ticket_id, seq, mime, path, becomes, num_nonnulls(member_id, token_id) > 0 FROM attachments
 WHERE account_id = $1::bigint AND id = $2::bigint AND becomes IS NOT NULL AND state = 'pending';

-- name: attachment_fetched_raw :exec
-- It came whole, and is converted before anybody hears it.
-- $1 account  $2 attachment  $3 type  $4 size  $5 path  $6 what it becomes
UPDATE attachments SET kind = 'audio', mime = $3::text, size_bytes = $4::bigint, path = $5::text,
       becomes = $6::text
 WHERE account_id = $1::bigint AND id = $2::bigint AND state = 'pending';

-- name: attachment_converted :exec
-- $1 account  $2 attachment  $3 type  $4 size  $5 path  $6 suffix
UPDATE attachments SET state = 'ready', becomes = NULL, mime = $3::text, size_bytes = $4::bigint,
       path = $5::text, filename = regexp_replace(filename, '[.][A-Za-z0-9]{1,5}$', '') || $6::text
 WHERE account_id = $1::bigint AND id = $2::bigint AND becomes IS NOT NULL AND state = 'pending';

-- name: attachment_unconvertible :exec
-- What it should become is kept: somebody may try again.
-- $1 account  $2 attachment  $3 why
UPDATE attachments SET state = 'failed', error_slug = $3::text
 WHERE account_id = $1::bigint AND id = $2::bigint AND becomes IS NOT NULL AND state = 'pending';

-- name: attachment_as_it_came :exec
-- $1 account  $2 attachment
UPDATE attachments SET state = 'ready', becomes = NULL
 WHERE account_id = $1::bigint AND id = $2::bigint AND becomes IS NOT NULL AND state = 'pending';

-- name: attachment_convert_again :opt
-- $1 account  $2 ticket  $3 seq
UPDATE attachments SET state = 'pending', error_slug = NULL
 WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND seq = $3::int AND becomes IS NOT NULL
RETURNING id;

-- name: attachment_keep_media_id :exec
-- $1 account  $2 ticket  $3 seq  $4 the provider's id
UPDATE attachments SET provider_media_id = $4::text
 WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND seq = $3::int;

-- name: attachment_serve_member :opt
-- A file of a ticket that I see, or of a chapter of one, or my own upload that is not sent yet.
-- $1 account  $2 attachment  $3 member  $4 token
SELECT a.state, a.mime, a.filename, a.path, a.is_hidden FROM attachments a
  LEFT JOIN tickets t ON t.account_id = a.account_id AND t.id = a.ticket_id
 WHERE a.account_id = $1::bigint AND a.id = $2::bigint
   AND CASE WHEN a.ticket_id IS NULL THEN a.member_id = $3::bigint OR a.token_id = $4::bigint
            ELSE @visible(t) OR EXISTS (SELECT FROM tickets w WHERE @visible(w) AND w.id = t.merged_into) END;

-- name: attachment_serve_visitor :opt
-- A file of the visitor's own conversation that is not in a whisper, or their own upload.
-- $1 account  $2 attachment  $3 identity  $4 channel
SELECT a.state, a.mime, a.filename, a.path, a.is_hidden FROM attachments a
 WHERE a.account_id = $1::bigint AND a.id = $2::bigint
   AND (a.identity_id = $3::bigint
        OR EXISTS (SELECT FROM tickets t JOIN messages m ON m.account_id = t.account_id AND m.ticket_id = t.id
                    WHERE t.account_id = a.account_id AND t.id = a.ticket_id AND t.identity_id = $3
                      AND t.channel_id = $4::bigint AND m.seq = a.seq AND m.direction IN ('in', 'out')));

-- name: attachment_serve_link :opt
-- Whoever holds its link; a message that was taken back takes the link back too.
-- $1 account  $2 attachment
SELECT a.state, a.mime, a.filename, a.path, a.is_hidden FROM attachments a
 WHERE a.account_id = $1::bigint AND a.id = $2::bigint AND a.ticket_id IS NOT NULL AND NOT a.is_hidden;

-- name: attachment_list_contact :many
-- $1 account  $2 contact  $3 older than id  $4 limit
SELECT a.id, a.state, a.kind, a.mime, a.filename, a.size_bytes, a.error_slug, a.created_at, a.seq
  FROM tickets t JOIN attachments a ON a.account_id = t.account_id AND a.ticket_id = t.id
 WHERE @visible(t) AND t.contact_id = $2::bigint AND ($3::bigint IS NULL OR a.id < $3)
   AND NOT a.is_hidden
 ORDER BY a.id DESC LIMIT $4::int;

-- name: attachment_hide :exec
-- Its message was taken back.
-- $1 account  $2 ticket  $3 seq
UPDATE attachments SET is_hidden = true
 WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND seq = $3::int;

-- name: original_add :exec
-- $1 account  $2 ticket  $3 seq  $4 sealed text  $5 until  $6 who changed it
INSERT INTO message_originals (account_id, ticket_id, seq, body, until, member_id)
VALUES ($1::bigint, $2::bigint, $3::int, $4::bytea, $5::timestamptz, $6::bigint);

-- name: original_list :many
-- $1 account  $2 ticket  $3 seq
SELECT body, until, member_id FROM message_originals
 WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND seq = $3::int
 ORDER BY id LIMIT 100;

-- name: provider_id_add :exec
-- $1 account  $2 channel  $3 provider's id  $4 ticket  $5 seq  $6 created
INSERT INTO message_provider_ids (account_id, channel_id, provider_id, ticket_id, seq, created_at)
VALUES ($1::bigint, $2::bigint, $3::text, $4::bigint, $5::int, $6::timestamptz)
    ON CONFLICT DO NOTHING;

-- name: provider_id_claim :exec
-- The same message again, by another lane that looked before we wrote: one of the two starts over
-- and finds it.
-- $1 account  $2 channel  $3 provider's id  $4 ticket  $5 seq  $6 created
INSERT INTO message_provider_ids (account_id, channel_id, provider_id, ticket_id, seq, created_at)
VALUES ($1::bigint, $2::bigint, $3::text, $4::bigint, $5::int, $6::timestamptz)
    ON CONFLICT (account_id, channel_id, provider_id) DO UPDATE SET provider_id = gate.ask_again();

-- name: provider_id_find :opt
-- $1 account  $2 channel  $3 provider's id
SELECT ticket_id, seq FROM message_provider_ids
 WHERE account_id = $1::bigint AND channel_id = $2::bigint AND provider_id = $3::text;

-- name: receipt_find_named :many
-- The messages that statuses are about, and how far they were when nobody held them.
-- unscoped: a provider speaks of its own channel
-- $1 account  $2 channels  $3 provider's ids
SELECT w.n, p.ticket_id, p.seq, p.created_at, m.state
  FROM unnest($2::bigint[], $3::text[]) WITH ORDINALITY w (channel_id, provider_id, n)
  JOIN message_provider_ids p ON p.account_id = $1::bigint AND p.channel_id = w.channel_id AND p.provider_id = w.provider_id
  JOIN messages m ON m.account_id = p.account_id AND m.ticket_id = p.ticket_id AND m.seq = p.seq
   AND m.created_at = p.created_at;

-- name: receipt_find_echoed :many
-- The same by our own word, which is believed only of a message of ours on this very channel.
-- unscoped: a provider speaks of its own channel
-- $1 account  $2 channels  $3 tickets  $4 seqs  $5 places in the caller's list
SELECT w.n, m.ticket_id, m.seq, m.created_at
  FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) w (channel_id, ticket_id, seq, n)
  JOIN tickets t ON t.account_id = $1::bigint AND t.id = w.ticket_id AND t.channel_id = w.channel_id
  JOIN messages m ON m.account_id = $1 AND m.ticket_id = w.ticket_id AND m.seq = w.seq AND m.created_at >= t.opened_at
   AND m.direction = 'out';

-- name: provider_id_of :opt
-- $1 account  $2 ticket  $3 seq
SELECT provider_id FROM message_provider_ids
 WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND seq = $3::int LIMIT 1;

-- name: provider_id_last_inbound :opt
-- $1 account  $2 ticket
SELECT p.provider_id FROM message_provider_ids p
  JOIN messages m ON m.account_id = p.account_id AND m.ticket_id = p.ticket_id AND m.seq = p.seq
   AND m.created_at = p.created_at
 WHERE p.account_id = $1::bigint AND p.ticket_id = $2::bigint AND m.direction = 'in'
 ORDER BY p.seq DESC LIMIT 1;

-- name: message_sending :exec
-- On its way from here on: who finds it so later knows that an attempt died.
-- $1 account  $2 ticket  $3 seq  $4 created  $5 state
UPDATE messages SET state = $5::text
 WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND seq = $3::int AND created_at = $4::timestamptz;

-- name: early_status_add :exec
-- $1 account  $2 channel  $3 provider's id  $4 state  $5 error code  $6 error slug  $7 now
INSERT INTO early_statuses (account_id, channel_id, provider_id, state, error_code, error_slug, received_at)
VALUES ($1::bigint, $2::bigint, $3::text, $4::text, $5::text, $6::text, $7::timestamptz)
    ON CONFLICT DO NOTHING;

-- name: early_status_take :many
-- $1 account  $2 channel  $3 provider's id
DELETE FROM early_statuses
 WHERE account_id = $1::bigint AND channel_id = $2::bigint AND provider_id = $3::text
RETURNING state, error_code, error_slug;

-- name: secret_is_asked :one
-- Asked after the ticket was locked, and so after whatever its flow asked last.
-- unscoped: the ticket was locked by whoever the message came from
-- $1 account  $2 ticket
SELECT EXISTS (SELECT FROM flow_runs r
                WHERE r.account_id = $1::bigint AND r.ticket_id = $2::bigint AND r.phase = 'asking' AND r.hides_answer);

-- name: draft_save :exec
-- $1 account  $2 ticket  $3 member  $4 mode  $5 text  $6 now
INSERT INTO drafts (account_id, ticket_id, member_id, mode, body, updated_at)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::text, $5::text, $6::timestamptz)
    ON CONFLICT (account_id, ticket_id, member_id, mode) DO UPDATE SET body = $5, updated_at = $6;

-- name: draft_forget :exec
-- $1 account  $2 ticket  $3 member  $4 mode
DELETE FROM drafts WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND member_id = $3::bigint
   AND mode = $4::text;

-- name: draft_list :many
-- My own words, as long as I see the conversation they were meant for.
-- $1 account  $2 member
SELECT d.ticket_id, d.mode, d.body, d.updated_at
  FROM drafts d JOIN tickets t ON t.account_id = d.account_id AND t.id = d.ticket_id
 WHERE d.account_id = $1::bigint AND d.member_id = $2::bigint AND @visible(t)
 ORDER BY d.updated_at DESC LIMIT 200;

-- name: house_partitions :exec
-- no account: the installation's own chore
-- $1 today
CALL add_partitions($1::date);

-- name: house_forget :exec
-- no account: the installation's own chore
-- $1 today
CALL forget_old($1::date);

-- name: house_forget_operators :exec
-- no account: the installation's own chore
-- $1 today
CALL forget_operator_sessions($1::date);

-- name: house_sweep_uploads :many
-- no account: the installation's own chore
-- $1 before
SELECT sweep_uploads FROM sweep_uploads($1::timestamptz);

-- name: attachment_give :one
-- A copy that was made for it joins the message that says it; what is to become another type first is not ready before.
-- unscoped: the ticket was locked by whoever says it
-- $1 account  $2 attachment  $3 ticket  $4 seq  $5 kind  $6 name  $7 what it becomes (NULL: nothing)
UPDATE attachments SET ticket_id = $3::bigint, seq = $4::int, kind = $5::text, filename = $6::text,
       state = CASE WHEN $7::text IS NULL THEN state ELSE 'pending' END, becomes = $7
 WHERE account_id = $1::bigint AND id = $2::bigint AND ticket_id IS NULL AND state = 'ready'
RETURNING id, state, kind, mime, filename, size_bytes, error_slug, created_at, seq;
