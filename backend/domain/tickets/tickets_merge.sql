-- name: ticket_merge_link :one
-- Its chapters, the new one last.
-- $1 account  $2 source  $3 target
WITH gone AS (UPDATE tickets SET merged_into = $3::bigint WHERE account_id = $1::bigint AND id = $2::bigint RETURNING id)
UPDATE tickets t SET merged_ids = t.merged_ids || gone.id
  FROM gone WHERE t.account_id = $1 AND t.id = $3
RETURNING t.merged_ids;

-- name: ticket_merge_unlink :one
-- $1 account  $2 source  $3 target
WITH back AS (UPDATE tickets SET merged_into = NULL WHERE account_id = $1::bigint AND id = $2::bigint RETURNING id)
UPDATE tickets t SET merged_ids = array_remove(t.merged_ids, back.id)
  FROM back WHERE t.account_id = $1 AND t.id = $3::bigint
RETURNING t.merged_ids;

-- name: ticket_merge_add :exec
-- $1 account  $2 source  $3 target  $4 member  $5 now  $6 state  $7 unread  $8 taken from  $9 snoozed until
-- $10 out of hours
INSERT INTO ticket_merges (account_id, source_id, target_id, merged_by, merged_at, was_state, was_unread_count,
                           was_taken_from_id, was_snoozed_until, was_away_at)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::timestamptz, $6::text, $7::int, $8::bigint,
        $9::timestamptz, $10::timestamptz);

-- name: ticket_merge_last :opt
-- How this ticket was when it was merged last, and whether that was undone.
-- $1 account  $2 source
SELECT id, target_id, was_state, was_unread_count, was_taken_from_id, was_snoozed_until, was_away_at, undone_at
  FROM ticket_merges WHERE account_id = $1::bigint AND source_id = $2::bigint ORDER BY id DESC LIMIT 1;

-- name: ticket_merge_undo :exec
-- $1 account  $2 merge  $3 member  $4 now
UPDATE ticket_merges SET undone_by = $3::bigint, undone_at = $4::timestamptz
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: ticket_merge_heard :opt
-- By which link a customer came to this ticket.
-- unscoped: a customer wrote, whoever sees it
-- $1 account  $2 channel  $3 identity  $4 ticket
SELECT m.id, s.id, s.protocol, m.heard_seq
  FROM tickets s JOIN ticket_merges m ON m.account_id = s.account_id AND m.source_id = s.id AND m.undone_at IS NULL
 WHERE s.account_id = $1::bigint AND s.channel_id = $2::bigint AND s.identity_id = $3::bigint
   AND s.merged_into = $4::bigint
 ORDER BY s.id DESC LIMIT 1;

-- name: ticket_merge_hear :exec
-- $1 account  $2 merge  $3 seq of the message that comes by it
UPDATE ticket_merges SET heard_seq = $3::int WHERE account_id = $1::bigint AND id = $2::bigint;
