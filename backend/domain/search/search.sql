-- name: search_begin :one
-- no account: looks at the text, and the index is the installation's
-- $1 typed
SELECT search_query($1::text) IS NOT NULL, gate.search_is_whole();

-- name: search_places :many
-- As the gate found them, newest first, each with whether it is seen and wanted; the last row is no place but says
-- down to where was looked. The gate reads past the scope on purpose: it gives places, and only those which pass
-- here are ever read.
-- $1 account  $2 typed  $3 ticket  $4 since  $5 before: time  $6 before: ticket  $7 before: seq  $8 how many
-- $9 departments  $10 channels  $11 assignee
SELECT p.ticket_id, p.seq, p.created_at, t.id IS NOT NULL
  FROM gate.search_messages($2::text, $3::bigint, $4::timestamptz, $5::timestamptz, $6::bigint, $7::int, $8::int)
       WITH ORDINALITY p (ticket_id, seq, created_at, n)
  LEFT JOIN tickets t ON t.account_id = $1::bigint AND t.id = p.ticket_id AND @visible(t)
   AND ($9::bigint[] IS NULL OR t.department_id = ANY ($9))
   AND ($10::bigint[] IS NULL OR t.channel_id = ANY ($10))
   AND ($11::bigint IS NULL OR t.assignee_id = $11)
 ORDER BY p.n;

-- name: search_index :one
-- no account: the indexer works for all of them
-- $1 how many
SELECT gate.search_index($1::int);
