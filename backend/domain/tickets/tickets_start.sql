-- name: start_contact :opt
-- Whom somebody wants to write to first. A number that was typed whole is leave enough to be known by it.
-- $1 account  $2 contact  $3 known by their number
SELECT c.blocked_at IS NOT NULL, c.consent = 'withdrawn' FROM contacts c
 WHERE c.account_id = $1::bigint AND c.id = $2::bigint AND ($3::boolean OR c.deleted_at IS NULL AND @visible_contact(c));

-- name: start_repeated :opt
-- unscoped: the key is its author's own, and so is the ticket that it opened
-- $1 account  $2 ticket  $3 client key
SELECT k.seq FROM message_client_keys k WHERE k.account_id = $1::bigint AND k.ticket_id = $2::bigint
   AND k.client_key = $3::text;
