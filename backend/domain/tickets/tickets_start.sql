-- name: start_contact :opt
-- Whom somebody wants to write to first. A number that was typed whole is leave enough to be known by it.
-- $1 account  $2 contact  $3 known by their number
SELECT c.blocked_at IS NOT NULL, c.consent = 'withdrawn' FROM contacts c
 WHERE c.account_id = $1::bigint AND c.id = $2::bigint AND ($3::boolean OR c.deleted_at IS NULL AND @visible_contact(c));

-- name: start_ways :many
-- Each channel that the caller may use beside each way in to this contact that its network knows, with the
-- ticket that is open there, until when the customer may be written to freely, and whether they ever wrote.
-- $1 account  $2 contact  $3 kinds of channel  $4 the kinds of identity they reach  $5 channel (NULL: all)
-- $6 identity (NULL: all)
SELECT h.id, h.kind, h.department_id, i.id, i.kind,
       CASE WHEN i.kind = 'visitor' THEN 'visitor' WHEN @masks::int & 1 = 0 OR i.kind <> 'phone' THEN i.address
            ELSE mask_phone(i.address) END,
       live.id, live.protocol, live.is_seen, past.ends_at, past.has_written
  FROM unnest($3::text[], $4::text[]) AS reach (channel_kind, identity_kind)
  JOIN channels h ON h.account_id = $1::bigint AND h.kind = reach.channel_kind AND h.is_active
   AND (@channels::bigint[] IS NULL OR h.id = ANY (@channels)) AND ($5::bigint IS NULL OR h.id = $5)
  JOIN contact_identities i ON i.account_id = $1 AND i.contact_id = $2::bigint AND i.alias_of IS NULL
   AND i.kind = reach.identity_kind AND ($6::bigint IS NULL OR i.id = $6)
  LEFT JOIN LATERAL (SELECT t.id, t.protocol, coalesce((@visible(t)), false) AS is_seen FROM tickets t
                      WHERE t.account_id = $1 AND t.channel_id = h.id AND t.identity_id = i.id
                        AND t.state <> 'closed') live ON true
 CROSS JOIN LATERAL (SELECT max(t.window_ends_at) AS ends_at, count(*) > 0 AS has_written FROM tickets t
                      WHERE t.account_id = $1 AND t.identity_id = i.id AND t.channel_id = h.id) past
 ORDER BY past.has_written DESC, h.name, h.id, i.id LIMIT 100;

-- name: start_repeated :opt
-- unscoped: the key is its author's own, and so is the ticket that it opened
-- $1 account  $2 ticket  $3 client key
SELECT k.seq FROM message_client_keys k WHERE k.account_id = $1::bigint AND k.ticket_id = $2::bigint
   AND k.client_key = $3::text;
