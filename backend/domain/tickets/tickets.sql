-- name: ticket_row :text
t.id, t.protocol, t.state, t.controller, t.channel_id, t.identity_id, t.department_id, t.assignee_id,
t.contact_id, t.contact_name, t.contact_kind, t.contact_address, t.last_seq, t.unread_count, t.last_kind, t.last_direction,
t.last_state, t.last_preview, t.last_activity_at, t.last_inbound_at, t.last_outbound_at,
t.window_ends_at, t.opened_at, t.queued_at, t.assigned_at, t.first_reply_at, t.closed_at, t.closed_by,
t.reason_id, t.shown_seq, t.last_author_kind, t.last_author_id;

-- name: ticket_get :one
-- $1 account  $2 ticket
SELECT @ticket_row FROM tickets t WHERE t.account_id = $1::bigint AND t.id = $2::bigint;

-- name: ticket_lock :one
-- Two agents pressing "take" together are served in order.
-- $1 account  $2 ticket
SELECT @ticket_row FROM tickets t
 WHERE t.account_id = $1::bigint AND t.id = $2::bigint FOR UPDATE;

-- name: ticket_lock_for_post :one
-- Everything a reply is decided on, in one question. A copy of the key that commits
-- while we wait for the row is met by message_key_add.
-- $1 account  $2 ticket  $3 client key
SELECT @ticket_row,
       (SELECT h.kind FROM channels h WHERE h.account_id = t.account_id AND h.id = t.channel_id AND h.is_active),
       (SELECT k.seq FROM message_client_keys k
         WHERE k.account_id = t.account_id AND k.ticket_id = t.id AND k.client_key = $3::text)
  FROM tickets t
 WHERE t.account_id = $1::bigint AND t.id = $2::bigint FOR UPDATE;

-- name: ticket_lock_live :opt
-- $1 account  $2 channel  $3 identity
SELECT @ticket_row FROM tickets t
 WHERE t.account_id = $1::bigint AND t.channel_id = $2::bigint AND t.identity_id = $3::bigint
   AND t.state <> 'closed' FOR UPDATE;

-- name: ticket_list_filters :text
AND ($3::bigint[] IS NULL OR t.department_id = ANY ($3)) AND ($4::bigint[] IS NULL OR t.channel_id = ANY ($4))
AND ($5::bigint IS NULL OR t.assignee_id = $5) AND ($6::boolean IS NULL OR NOT $6 OR t.unread_count > 0);

-- name: ticket_list_newest :many
-- $1 account  $2 state  $3 departments  $4 channels  $5 assignee  $6 unread only
-- $7 after: time  $8 after: id  $9 limit
SELECT @ticket_row FROM tickets t
 WHERE t.account_id = $1::bigint AND t.state = $2::text @ticket_list_filters
   AND ($7::timestamptz IS NULL OR (t.last_activity_at, t.id) < ($7, $8::bigint))
 ORDER BY t.last_activity_at DESC, t.id DESC LIMIT $9::int;

-- name: ticket_list_oldest :many
-- The same, whoever waits longest first.
-- $1 account  $2 state  $3 departments  $4 channels  $5 assignee  $6 unread only
-- $7 after: time  $8 after: id  $9 limit
SELECT @ticket_row FROM tickets t
 WHERE t.account_id = $1::bigint AND t.state = $2::text @ticket_list_filters
   AND ($7::timestamptz IS NULL OR (t.last_activity_at, t.id) > ($7, $8::bigint))
 ORDER BY t.last_activity_at, t.id LIMIT $9::int;

-- name: ticket_list_assignee :many
-- One person's tickets: their own index, however many others the state holds.
-- $1 account  $2 state  $3 departments  $4 channels  $5 assignee  $6 unread only
-- $7 after: time  $8 after: id  $9 limit
SELECT @ticket_row FROM tickets t
 WHERE t.account_id = $1::bigint AND t.state = $2::text AND t.assignee_id = $5::bigint
   AND ($3::bigint[] IS NULL OR t.department_id = ANY ($3)) AND ($4::bigint[] IS NULL OR t.channel_id = ANY ($4))
   AND ($6::boolean IS NULL OR NOT $6 OR t.unread_count > 0)
   AND ($7::timestamptz IS NULL OR (t.last_activity_at, t.id) < ($7, $8::bigint))
 ORDER BY t.last_activity_at DESC, t.id DESC LIMIT $9::int;

-- name: ticket_list_departments :many
-- Some departments' tickets: the newest few of each from its own index, then the newest of all.
-- $1 account  $2 state  $3 departments  $4 channels  $5 assignee  $6 unread only
-- $7 after: time  $8 after: id  $9 limit
SELECT @ticket_row
  FROM unnest($3::bigint[]) AS d (id)
 CROSS JOIN LATERAL (
       SELECT * FROM tickets x
        WHERE x.account_id = $1::bigint AND x.department_id = d.id AND x.state = $2::text
          AND ($4::bigint[] IS NULL OR x.channel_id = ANY ($4))
          AND ($5::bigint IS NULL OR x.assignee_id = $5)
          AND ($6::boolean IS NULL OR NOT $6 OR x.unread_count > 0)
          AND ($7::timestamptz IS NULL OR (x.last_activity_at, x.id) < ($7, $8::bigint))
        ORDER BY x.last_activity_at DESC, x.id DESC LIMIT $9::int) t
 ORDER BY t.last_activity_at DESC, t.id DESC LIMIT $9;

-- name: ticket_search :many
-- A protocol (or its beginning), or part of a name or phone; every state.
-- $1 account  $2 what was typed  $3 after: time  $4 after: id  $5 limit
SELECT @ticket_row FROM tickets t
 WHERE t.account_id = $1::bigint
   AND (t.contact_id = ANY (ARRAY(SELECT contact_id FROM gate.search_contacts($2::text, 500)))
        OR t.id = ANY (ARRAY(SELECT p.id FROM tickets p
                              WHERE p.account_id = $1 AND p.protocol >= $2 AND p.protocol < $2 || '~'
                              ORDER BY p.protocol LIMIT 200)))
   AND ($3::timestamptz IS NULL OR (t.last_activity_at, t.id) < ($3, $4::bigint))
 ORDER BY t.last_activity_at DESC, t.id DESC LIMIT $5::int;

-- name: ticket_list_contact :many
-- $1 account  $2 contact  $3 after: id  $4 limit
SELECT @ticket_row FROM tickets t
 WHERE t.account_id = $1::bigint AND t.contact_id = $2::bigint AND ($3::bigint IS NULL OR t.id < $3)
 ORDER BY t.id DESC LIMIT $4::int;

-- name: ticket_counts :one
-- $1 account  $2 me
SELECT (SELECT count(*) FROM (SELECT FROM tickets WHERE account_id = $1::bigint AND assignee_id = $2::bigint
           AND state = 'serving' LIMIT 1000) x),
       (SELECT count(*) FROM (SELECT FROM tickets WHERE account_id = $1 AND assignee_id = $2
           AND state = 'serving' AND unread_count > 0 LIMIT 1000) x),
       (SELECT count(*) FROM (SELECT FROM tickets WHERE account_id = $1 AND state = 'serving' LIMIT 1000) x),
       (SELECT count(*) FROM (SELECT FROM tickets WHERE account_id = $1 AND state = 'waiting' LIMIT 1000) x),
       (SELECT count(*) FROM (SELECT FROM tickets WHERE account_id = $1 AND state = 'bot' LIMIT 1000) x);

-- name: ticket_count_waiting :many
-- $1 account
SELECT d.id, (SELECT count(*) FROM (SELECT FROM tickets t WHERE t.account_id = $1::bigint
                AND t.department_id = d.id AND t.state = 'waiting' LIMIT 1000) x)
  FROM departments d WHERE d.account_id = $1 LIMIT 500;

-- name: ticket_count_serving :many
-- $1 account
SELECT m.id, (SELECT count(*) FROM (SELECT FROM tickets t WHERE t.account_id = $1::bigint
                AND t.assignee_id = m.id AND t.state = 'serving' LIMIT 1000) x)
  FROM memberships m WHERE m.account_id = $1 LIMIT 2000;

-- name: ticket_add :one
-- $1 account  $2 protocol  $3 channel  $4 identity  $5 department  $6 now
INSERT INTO tickets AS t (account_id, protocol, channel_id, identity_id, contact_id, contact_name,
                     contact_kind, contact_address, department_id, state, controller, last_activity_at,
                     opened_at, queued_at)
SELECT $1::bigint, $2::text, $3::bigint, i.id, i.contact_id, c.name, i.kind, i.address, $5::bigint,
       'waiting', 'queue', $6::timestamptz, $6, $6
  FROM contact_identities i JOIN contacts c ON c.account_id = i.account_id AND c.id = i.contact_id
 WHERE i.account_id = $1 AND i.id = $4::bigint
RETURNING @ticket_row;

-- name: ticket_save :exec
-- $1 account  $2 ticket  $3 state  $4 controller  $5 department  $6 assignee  $7 last seq
-- $8 unread  $9 last kind  $10 last direction  $11 last state  $12 preview  $13 last activity
-- $14 last inbound  $15 last outbound  $16 window ends  $17 queued  $18 assigned  $19 first reply
-- $20 closed at  $21 closed by  $22 reason  $23 shown seq
-- $24 last author kind  $25 last author
UPDATE tickets SET state = $3::text, controller = $4::text, department_id = $5::bigint,
       assignee_id = $6::bigint, last_seq = $7::int, unread_count = $8::int, last_kind = $9::text,
       last_direction = $10::text, last_state = $11::text, last_preview = $12::text,
       last_activity_at = $13::timestamptz, last_inbound_at = $14::timestamptz,
       last_outbound_at = $15::timestamptz, window_ends_at = $16::timestamptz,
       queued_at = $17::timestamptz, assigned_at = $18::timestamptz, first_reply_at = $19::timestamptz,
       closed_at = $20::timestamptz, closed_by = $21::bigint, reason_id = $22::bigint,
       shown_seq = $23::int, last_author_kind = $24::text, last_author_id = $25::bigint
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: ticket_read :exec
-- Read up to here is read, unless the customer wrote again since; lines of ours do not count.
-- $1 account  $2 ticket  $3 seq read
UPDATE tickets t SET unread_count = 0
 WHERE t.account_id = $1::bigint AND t.id = $2::bigint AND t.unread_count > 0
   AND (t.last_seq <= $3::int
        OR NOT EXISTS (SELECT FROM messages m
                        WHERE m.account_id = t.account_id AND m.ticket_id = t.id AND m.seq > $3
                          AND m.direction = 'in' AND m.created_at >= t.opened_at));

-- name: reason_find :opt
-- $1 account  $2 reason
SELECT message FROM close_reasons WHERE account_id = $1::bigint AND id = $2::bigint AND is_active;

-- name: reason_list :many
-- $1 account
SELECT id, name, message FROM close_reasons
 WHERE account_id = $1::bigint AND is_active ORDER BY position, name LIMIT 200;
