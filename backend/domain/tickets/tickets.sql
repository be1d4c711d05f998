-- name: ticket_row :text
t.id, t.protocol, t.state, t.controller, t.channel_id, t.identity_id, t.department_id, t.assignee_id,
t.contact_id, @shown_name(t), t.contact_kind, @shown_address(t), t.last_seq, t.unread_count, t.last_kind,
t.last_direction, t.last_state, t.last_preview, t.last_activity_at, t.last_inbound_at, t.last_outbound_at,
t.window_ends_at, t.opened_at, t.queued_at, t.assigned_at, t.first_reply_at, t.closed_at, t.closed_by,
t.reason_id, t.shown_seq, t.last_author_kind, t.last_author_id, t.branch_id, t.is_confidential,
t.tag_ids, t.snoozed_until, t.woken_at, t.type_id, t.taken_from_id, t.out_of_hours_at, t.away_until,
t.priority, t.sla, t.sla_warn_at, t.sla_due_at, t.merged_into, t.merged_ids, t.controller_epoch,
t.is_concluded, t.origin;

-- name: ticket_get :one
-- $1 account  $2 ticket
SELECT @ticket_row FROM tickets t WHERE @visible(t) AND t.id = $2::bigint;

-- name: ticket_lock :one
-- Two agents pressing "take" together are served in order. Who saw the ticket when they pressed
-- is told that it was taken, not that there is none: visible is asked apart from the lock, which
-- would ask it again of the row as the other one left it.
-- $1 account  $2 ticket
SELECT @ticket_row FROM tickets t
 WHERE t.account_id = $1::bigint AND t.id = (SELECT s.id FROM tickets s WHERE @visible(s) AND s.id = $2::bigint)
   FOR UPDATE;

-- name: ticket_lock_unasked :one
-- For whoever sees everything: to ask who sees a row costs a worker more than the row.
-- unscoped: only for who sees everything
-- $1 account  $2 ticket
SELECT @ticket_row FROM tickets t WHERE t.account_id = $1::bigint AND t.id = $2::bigint FOR UPDATE;

-- name: ticket_lock_free :many
-- Only what nobody holds: it never waits, so whoever holds many waits in no circle.
-- unscoped: only for who sees everything
-- $1 account  $2 tickets
SELECT @ticket_row FROM tickets t WHERE t.account_id = $1::bigint AND t.id = ANY ($2::bigint[])
 ORDER BY t.id FOR UPDATE SKIP LOCKED;

-- name: ticket_lock_for_post :one
-- Everything a reply is decided on, in one question. A copy of the key that commits
-- while we wait for the row is met by message_key_add.
-- $1 account  $2 ticket  $3 client key
SELECT @ticket_row,
       (SELECT h.kind FROM channels h WHERE h.account_id = t.account_id AND h.id = t.channel_id AND h.is_active),
       (SELECT k.seq FROM message_client_keys k
         WHERE k.account_id = t.account_id AND k.ticket_id = t.id AND k.client_key = $3::text),
       (SELECT c.consent = 'withdrawn' FROM contacts c WHERE c.account_id = t.account_id AND c.id = t.contact_id)
  FROM tickets t
 WHERE t.account_id = $1::bigint AND t.id = (SELECT s.id FROM tickets s WHERE @visible(s) AND s.id = $2::bigint)
   FOR UPDATE;

-- name: ticket_pair_lock :many
-- Both, in the order of their ids whichever way round: two merges that cross wait for each other.
-- $1 account  $2 tickets
SELECT @ticket_row FROM tickets t
 WHERE t.account_id = $1::bigint
   AND t.id = ANY (ARRAY(SELECT s.id FROM tickets s WHERE @visible(s) AND s.id = ANY ($2::bigint[])))
 ORDER BY t.id FOR UPDATE;

-- name: ticket_heir(k) :text
-- The live ticket into which one of this customer's was merged: what they say goes on there, for as long as it is
-- the same person's and can be answered.
(SELECT heir.id FROM tickets gone
   JOIN tickets heir ON heir.account_id = gone.account_id AND heir.id = gone.merged_into
  WHERE gone.account_id = k.account_id AND gone.channel_id = k.channel_id AND gone.identity_id = k.identity_id
    AND gone.merged_into IS NOT NULL AND heir.state <> 'closed' AND heir.contact_id = gone.contact_id
    AND (heir.window_ends_at IS NULL OR heir.window_ends_at > k.opened_at)
  ORDER BY gone.id DESC LIMIT 1);

-- name: ticket_lock_live :opt
-- Their own live ticket, or else that one's heir. Whether it still asks is looked up for the bot's only.
-- $1 account  $2 channel  $3 identity  $4 now
SELECT @ticket_row,
       CASE WHEN t.state = 'bot'
            THEN (SELECT i.needs FROM intakes i WHERE i.account_id = t.account_id AND i.ticket_id = t.id AND i.state = 'asking') END
  FROM tickets t
 WHERE t.account_id = $1::bigint AND t.state <> 'closed'
   AND t.id = (SELECT coalesce((SELECT own.id FROM tickets own
                                 WHERE own.account_id = $1 AND own.channel_id = $2 AND own.identity_id = $3
                                   AND own.state <> 'closed'), @ticket_heir(k))
                 FROM (VALUES ($1, $2::bigint, $3::bigint, $4::timestamptz))
                   AS k (account_id, channel_id, identity_id, opened_at))
   FOR UPDATE;

-- name: ticket_lock_just_closed :opt
-- Their last one and no other: a live one that came between has the last word. Of one that was merged the other, when it
-- is still the same person's, also where that lives on and only may be written to no more.
-- $1 account  $2 channel  $3 identity  $4 since
SELECT @ticket_row
  FROM (SELECT own.account_id, own.id, own.merged_into, own.contact_id, own.closed_at FROM tickets own
         WHERE own.account_id = $1::bigint AND own.channel_id = $2::bigint AND own.identity_id = $3::bigint
         ORDER BY own.id DESC LIMIT 1) k
  JOIN tickets t ON t.account_id = k.account_id AND t.id = coalesce(k.merged_into, k.id) AND t.contact_id = k.contact_id
 WHERE CASE WHEN t.state = 'closed' THEN t.merged_into IS NULL AND t.closed_at > $4::timestamptz
            ELSE k.merged_into IS NOT NULL AND k.closed_at > $4 END
   FOR UPDATE OF t;

-- name: start_ways :many
-- Each channel that the caller may use beside each way in to this contact that its network knows, with the
-- ticket that is open there (or into which theirs was merged), until when the customer may be written to freely, and whether they ever wrote.
-- $1 account  $2 contact  $3 kinds of channel  $4 the kinds of identity they reach  $5 channel (NULL: all)
-- $6 identity (NULL: all)  $7 now
SELECT h.id, h.kind, h.department_id, i.id, i.kind,
       CASE WHEN i.kind = 'visitor' THEN 'visitor' WHEN @masks::int & 1 = 0 OR i.kind <> 'phone' THEN i.address
            ELSE mask_phone(i.address) END,
       live.id, live.protocol, live.is_seen, past.ends_at, past.has_written
  FROM unnest($3::text[], $4::text[]) AS reach (channel_kind, identity_kind)
  JOIN channels h ON h.account_id = $1::bigint AND h.kind = reach.channel_kind AND h.is_active
   AND (@channels::bigint[] IS NULL OR h.id = ANY (@channels)) AND ($5::bigint IS NULL OR h.id = $5)
  JOIN contact_identities i ON i.account_id = $1 AND i.contact_id = $2::bigint AND i.alias_of IS NULL
   AND i.kind = reach.identity_kind AND ($6::bigint IS NULL OR i.id = $6)
  LEFT JOIN LATERAL (SELECT t.id, t.protocol, coalesce((@visible(t)), false) AS is_seen
                       FROM (VALUES ($1, h.id, i.id, $7::timestamptz)) AS k (account_id, channel_id, identity_id, opened_at)
                       JOIN tickets t ON t.account_id = k.account_id AND t.state <> 'closed'
                        AND t.id = coalesce((SELECT own.id FROM tickets own
                                              WHERE own.account_id = $1 AND own.channel_id = h.id AND own.identity_id = i.id
                                                AND own.state <> 'closed'), @ticket_heir(k))) live ON true
 CROSS JOIN LATERAL (SELECT max(t.window_ends_at) AS ends_at, count(*) > 0 AS has_written FROM tickets t
                      WHERE t.account_id = $1 AND t.identity_id = i.id AND t.channel_id = h.id) past
 ORDER BY past.has_written DESC, h.name, h.id, i.id LIMIT 100;

-- name: ticket_set_confidential :exec
-- As its department is, for whom it moves to.
-- $1 account  $2 ticket  $3 department
UPDATE tickets t SET is_confidential = d.is_confidential
  FROM departments d
 WHERE t.account_id = $1::bigint AND t.id = $2::bigint AND d.account_id = t.account_id AND d.id = $3::bigint;

-- name: ticket_wanted(t) :text
-- In coalesce() the planner takes all of it for a coin toss. Conditions side by side it multiplies, one
-- row seems to be left of thousands, and it would rather sort them all than walk the index in order.
coalesce(($3::bigint[] IS NULL OR t.department_id = ANY ($3)) AND ($4::bigint[] IS NULL OR t.channel_id = ANY ($4))
         AND ($5::bigint IS NULL OR t.assignee_id = $5) AND (NOT $6::boolean OR t.unread_count > 0)
         AND ($7::bigint IS NULL OR t.type_id = $7) AND ($8::bigint IS NULL OR t.reason_id = $8)
         AND ($9::bigint IS NULL OR $9 = ANY (t.tag_ids)) AND (t.snoozed_until IS NOT NULL) = $10::boolean, false);

-- name: ticket_filters(t) :text
@ticket_wanted(t) AND @visible(t);

-- name: ticket_newer_first(t) :text
AND ($11::timestamptz IS NULL OR (t.last_activity_at, t.id) < ($11, $12::bigint))
ORDER BY t.last_activity_at DESC, t.id DESC LIMIT $13::int;

-- name: ticket_older_first(t) :text
AND ($11::timestamptz IS NULL OR (t.last_activity_at, t.id) > ($11, $12::bigint))
ORDER BY t.last_activity_at, t.id LIMIT $13::int;

-- name: ticket_list_newest :many
-- For those who see the account: the index of the state, as it lies.
-- $1 account  $2 state  $3 departments  $4 channels  $5 assignee  $6 unread only
-- $7 type  $8 reason  $9 tag  $10 asleep  $11 after: time  $12 after: id  $13 limit
SELECT @ticket_row FROM tickets t
 WHERE t.account_id = $1::bigint AND t.state = $2::text AND @ticket_filters(t) @ticket_newer_first(t);

-- name: ticket_list_oldest :many
-- The same, whoever waits longest first.
-- $1 account  $2 state  $3 departments  $4 channels  $5 assignee  $6 unread only
-- $7 type  $8 reason  $9 tag  $10 asleep  $11 after: time  $12 after: id  $13 limit
SELECT @ticket_row FROM tickets t
 WHERE t.account_id = $1::bigint AND t.state = $2::text AND @ticket_filters(t) @ticket_older_first(t);

-- name: ticket_list_assignee :many
-- One person's tickets: their own index, however many others the state holds.
-- $1 account  $2 state  $3 departments  $4 channels  $5 assignee  $6 unread only
-- $7 type  $8 reason  $9 tag  $10 asleep  $11 after: time  $12 after: id  $13 limit
SELECT @ticket_row FROM tickets t
 WHERE t.account_id = $1::bigint AND t.state = $2::text AND t.assignee_id = $5::bigint
   AND @ticket_filters(t) @ticket_newer_first(t);

-- name: ticket_list_departments :many
-- Some departments' tickets: the newest few of each from its own index, then the newest of all.
-- $1 account  $2 state  $3 departments  $4 channels  $5 assignee  $6 unread only
-- $7 type  $8 reason  $9 tag  $10 asleep  $11 after: time  $12 after: id  $13 limit
SELECT @ticket_row
  FROM unnest($3::bigint[]) AS d (id)
 CROSS JOIN LATERAL (
       SELECT * FROM tickets x
        WHERE x.account_id = $1::bigint AND x.department_id = d.id AND x.state = $2::text
          AND @ticket_filters(x) @ticket_newer_first(x)) t
 ORDER BY t.last_activity_at DESC, t.id DESC LIMIT $13;

-- Where the tickets of somebody who does not see the account can lie, one index for each way of seeing
-- them: the arms of @visible, apart. Each takes a page from its index; the page of all is asked
-- @visible once more, so nothing is seen by a mistake made here.

-- name: ticket_on_channel(t) :text
t.account_id = $1::bigint AND (@channels::bigint[] IS NULL OR t.channel_id = ANY (@channels::bigint[]));

-- name: ticket_awake(t) :text
@ticket_on_channel(t) AND t.snoozed_until IS NULL;

-- name: ticket_reach(t) :text
@ticket_on_channel(t) AND t.state = $2::text AND @ticket_wanted(t);

-- name: ticket_of_me(t) :text
t.assignee_id = @member::bigint AND @ticket_reach(t);

-- name: ticket_places :text
unnest(CASE WHEN $2 = 'waiting' THEN @departments::bigint[] || @pick_departments::bigint[]
            ELSE @departments::bigint[] END) AS d (id);

-- name: ticket_of_place(t) :text
t.department_id = d.id AND (t.assignee_id IS NULL OR d.id = ANY (@departments::bigint[])) AND @ticket_reach(t);

-- name: ticket_of_branch(t) :text
t.branch_id = b.id AND @ticket_reach(t);

-- name: ticket_of_bot(t) :text
$2 = 'bot' AND (@is_bot::boolean OR @sees_bot::boolean) AND (@is_bot::boolean OR t.department_id IS NULL)
AND @ticket_reach(t);

-- name: ticket_of_history(t) :text
$2 = 'closed' AND @sees_history::boolean AND NOT t.is_confidential
AND t.contact_id = ANY (ARRAY(SELECT mine.contact_id FROM tickets mine
                               WHERE mine.account_id = $1 AND mine.assignee_id = @member::bigint
                                 AND mine.state IN ('serving', 'surveying')))
AND @ticket_reach(t);

-- name: ticket_of_invite(t) :text
t.id = ANY (ARRAY(SELECT r.ticket_id FROM ticket_readers r
                   WHERE r.account_id = $1 AND r.member_id = @member::bigint)) AND @ticket_reach(t);

-- name: ticket_list_mine :many
-- $1 account  $2 state  $3 departments  $4 channels  $5 assignee  $6 unread only
-- $7 type  $8 reason  $9 tag  $10 asleep  $11 after: time  $12 after: id  $13 limit
SELECT @ticket_row
  FROM (SELECT x.id FROM (SELECT t.id FROM tickets t WHERE @ticket_of_me(t) @ticket_newer_first(t)) x
        UNION
        SELECT x.id FROM @ticket_places CROSS JOIN LATERAL (
               SELECT t.id FROM tickets t WHERE @ticket_of_place(t) @ticket_newer_first(t)) x
        UNION
        SELECT x.id FROM unnest(@branches::bigint[]) AS b (id) CROSS JOIN LATERAL (
               SELECT t.id FROM tickets t WHERE @ticket_of_branch(t) @ticket_newer_first(t)) x
        UNION
        SELECT x.id FROM (SELECT t.id FROM tickets t WHERE @ticket_of_bot(t) @ticket_newer_first(t)) x
        UNION
        SELECT x.id FROM (SELECT t.id FROM tickets t WHERE @ticket_of_history(t) @ticket_newer_first(t)) x
        UNION
        SELECT x.id FROM (SELECT t.id FROM tickets t WHERE @ticket_of_invite(t) @ticket_newer_first(t)) x) found
  JOIN tickets t ON t.account_id = $1 AND t.id = found.id
 WHERE @visible(t)
 ORDER BY t.last_activity_at DESC, t.id DESC LIMIT $13;

-- name: ticket_list_mine_oldest :many
-- The same, whoever waits longest first.
-- $1 account  $2 state  $3 departments  $4 channels  $5 assignee  $6 unread only
-- $7 type  $8 reason  $9 tag  $10 asleep  $11 after: time  $12 after: id  $13 limit
SELECT @ticket_row
  FROM (SELECT x.id FROM (SELECT t.id FROM tickets t WHERE @ticket_of_me(t) @ticket_older_first(t)) x
        UNION
        SELECT x.id FROM @ticket_places CROSS JOIN LATERAL (
               SELECT t.id FROM tickets t WHERE @ticket_of_place(t) @ticket_older_first(t)) x
        UNION
        SELECT x.id FROM unnest(@branches::bigint[]) AS b (id) CROSS JOIN LATERAL (
               SELECT t.id FROM tickets t WHERE @ticket_of_branch(t) @ticket_older_first(t)) x
        UNION
        SELECT x.id FROM (SELECT t.id FROM tickets t WHERE @ticket_of_bot(t) @ticket_older_first(t)) x
        UNION
        SELECT x.id FROM (SELECT t.id FROM tickets t WHERE @ticket_of_history(t) @ticket_older_first(t)) x
        UNION
        SELECT x.id FROM (SELECT t.id FROM tickets t WHERE @ticket_of_invite(t) @ticket_older_first(t)) x) found
  JOIN tickets t ON t.account_id = $1 AND t.id = found.id
 WHERE @visible(t)
 ORDER BY t.last_activity_at, t.id LIMIT $13;

-- name: ticket_marked(t) :text
-- What carries a mark, found by the mark: my favourites, a tag's tickets, those asleep. Who sees them is
-- asked of each, so this drives everybody's list, whatever their scope.
t.account_id = $1::bigint AND t.state = $2::text
AND t.id = ANY (CASE WHEN $14::boolean THEN ARRAY(SELECT f.ticket_id FROM ticket_favourites f
                                                   WHERE f.account_id = $1 AND f.member_id = @member::bigint)
                     WHEN $9::bigint IS NOT NULL THEN ARRAY(SELECT g.ticket_id FROM ticket_tags g
                                                     WHERE g.account_id = $1 AND g.tag_id = $9)
                     ELSE ARRAY(SELECT s.id FROM tickets s
                                 WHERE s.account_id = $1 AND s.snoozed_until IS NOT NULL) END)
AND @ticket_filters(t);

-- name: ticket_list_marked :many
-- $1 account  $2 state  $3 departments  $4 channels  $5 assignee  $6 unread only
-- $7 type  $8 reason  $9 tag  $10 asleep  $11 after: time  $12 after: id  $13 limit
-- $14 my favourites
SELECT @ticket_row FROM tickets t WHERE @ticket_marked(t) @ticket_newer_first(t);

-- name: ticket_list_marked_oldest :many
-- $1 account  $2 state  $3 departments  $4 channels  $5 assignee  $6 unread only
-- $7 type  $8 reason  $9 tag  $10 asleep  $11 after: time  $12 after: id  $13 limit
-- $14 my favourites
SELECT @ticket_row FROM tickets t WHERE @ticket_marked(t) @ticket_older_first(t);

-- name: ticket_away(t) :text
-- What came when nobody was there and was not answered since, found by that.
t.account_id = $1::bigint AND t.state = $2::text AND t.out_of_hours_at IS NOT NULL
AND (NOT $14::boolean OR EXISTS (SELECT FROM ticket_favourites f WHERE f.account_id = $1
                                    AND f.member_id = @member::bigint AND f.ticket_id = t.id))
AND @ticket_filters(t);

-- name: ticket_list_away :many
-- $1 account  $2 state  $3 departments  $4 channels  $5 assignee  $6 unread only
-- $7 type  $8 reason  $9 tag  $10 asleep  $11 after: time  $12 after: id  $13 limit
-- $14 my favourites
SELECT @ticket_row FROM tickets t WHERE @ticket_away(t) @ticket_newer_first(t);

-- name: ticket_list_away_oldest :many
-- $1 account  $2 state  $3 departments  $4 channels  $5 assignee  $6 unread only
-- $7 type  $8 reason  $9 tag  $10 asleep  $11 after: time  $12 after: id  $13 limit
-- $14 my favourites
SELECT @ticket_row FROM tickets t WHERE @ticket_away(t) @ticket_older_first(t);

-- name: ticket_list_promised :many
-- What is due first, by its own index; nothing else is in it. $14: short, late, or all of them.
-- $1 account  $2 state  $3 departments  $4 channels  $5 assignee  $6 unread only
-- $7 type  $8 reason  $9 tag  $10 asleep  $11 after: due  $12 after: id  $13 limit
-- $14 my favourites  $15 which  $16 now
SELECT @ticket_row FROM tickets t
 WHERE t.account_id = $1::bigint AND t.state = $2::text AND t.sla_due_at IS NOT NULL
   AND ($15::text IS NULL OR ($15 = 'short' AND t.sla_warn_at <= $16::timestamptz) OR t.sla_due_at <= $16)
   AND (NOT $14::boolean OR EXISTS (SELECT FROM ticket_favourites f WHERE f.account_id = $1
                                       AND f.member_id = @member::bigint AND f.ticket_id = t.id))
   AND @ticket_filters(t)
   AND ($11::timestamptz IS NULL OR (t.sla_due_at, t.id) > ($11, $12::bigint))
 ORDER BY t.sla_due_at, t.id LIMIT $13::int;

-- name: ticket_search :many
-- A protocol (or its beginning), or part of a name or phone; every state. Under a mask a phone is
-- only found by all of it.
-- $1 account  $2 what was typed  $3 after: time  $4 after: id  $5 limit
SELECT @ticket_row FROM tickets t
 WHERE @visible(t)
   AND (t.contact_id = ANY (ARRAY(SELECT contact_id FROM gate.search_contacts($2::text, 500, @masks::int & 1 = 0)))
        OR t.id = ANY (ARRAY(SELECT p.id FROM tickets p
                              WHERE p.account_id = $1 AND p.protocol >= $2 AND p.protocol < $2 || '~'
                              ORDER BY p.protocol LIMIT 200)))
   AND ($3::timestamptz IS NULL OR (t.last_activity_at, t.id) < ($3, $4::bigint))
 ORDER BY t.last_activity_at DESC, t.id DESC LIMIT $5::int;

-- name: ticket_list_ids :many
-- $1 account  $2 tickets
SELECT @ticket_row FROM tickets t WHERE @visible(t) AND t.id = ANY ($2::bigint[]) LIMIT 500;

-- name: ticket_list_contact :many
-- $1 account  $2 contact  $3 after: id  $4 limit
SELECT @ticket_row FROM tickets t
 WHERE @visible(t) AND t.contact_id = $2::bigint AND ($3::bigint IS NULL OR t.id < $3)
 ORDER BY t.id DESC LIMIT $4::int;

-- name: chapter_list :many
-- The tickets that were merged into one, in the order in which they came. Who sees that one reads them.
-- $1 account  $2 ticket
SELECT @ticket_row
  FROM tickets w JOIN tickets t ON t.account_id = w.account_id AND t.id = ANY (w.merged_ids) AND t.merged_into = w.id
 WHERE @visible(w) AND w.id = $2::bigint
 ORDER BY array_position(w.merged_ids, t.id) LIMIT 100;

-- name: ticket_counts :one
-- What the tabs hold for those who see the account: the lists' own rows, counted up to a thousand;
-- what sleeps is in none of them.
-- $1 account  $2 me
SELECT (SELECT count(*) FROM (SELECT FROM tickets t WHERE @visible(t) AND t.assignee_id = $2::bigint
           AND t.state = 'serving' AND t.snoozed_until IS NULL LIMIT 1000) x),
       (SELECT count(*) FROM (SELECT FROM tickets t WHERE @visible(t) AND t.assignee_id = $2
           AND t.state = 'serving' AND t.snoozed_until IS NULL AND t.unread_count > 0 LIMIT 1000) x),
       (SELECT count(*) FROM (SELECT FROM tickets t WHERE @visible(t)
           AND t.state = 'serving' AND t.snoozed_until IS NULL LIMIT 1000) x),
       (SELECT count(*) FROM (SELECT FROM tickets t WHERE @visible(t)
           AND t.state = 'waiting' AND t.snoozed_until IS NULL LIMIT 1000) x),
       (SELECT count(*) FROM (SELECT FROM tickets t WHERE @visible(t)
           AND t.state = 'bot' AND t.snoozed_until IS NULL LIMIT 1000) x);

-- name: ticket_counts_mine :one
-- The same for those who do not: the arms of their lists, a thousand of each state and place at most,
-- each counted once.
-- $1 account  $2 me
WITH tabs (state) AS (VALUES ('serving'), ('waiting'), ('bot')),
seen AS (
    SELECT a.* FROM tabs CROSS JOIN LATERAL (
           SELECT x.id, x.state FROM tickets x
            WHERE @ticket_awake(x) AND x.assignee_id = $2::bigint AND x.state = tabs.state LIMIT 1000) a
    UNION
    SELECT a.* FROM tabs CROSS JOIN unnest(@departments::bigint[]) AS d (id) CROSS JOIN LATERAL (
           SELECT x.id, x.state FROM tickets x
            WHERE @ticket_awake(x) AND x.department_id = d.id AND x.state = tabs.state LIMIT 1000) a
    UNION
    SELECT a.* FROM unnest(@pick_departments::bigint[]) AS d (id) CROSS JOIN LATERAL (
           SELECT x.id, x.state FROM tickets x
            WHERE @ticket_awake(x) AND x.department_id = d.id AND x.state = 'waiting'
              AND x.assignee_id IS NULL LIMIT 1000) a
    UNION
    SELECT a.* FROM tabs CROSS JOIN unnest(@branches::bigint[]) AS b (id) CROSS JOIN LATERAL (
           SELECT x.id, x.state FROM tickets x
            WHERE @ticket_awake(x) AND x.branch_id = b.id AND x.state = tabs.state LIMIT 1000) a
    UNION
    SELECT a.* FROM (SELECT x.id, x.state FROM tickets x
                      WHERE (@is_bot::boolean OR @sees_bot::boolean) AND @ticket_awake(x) AND x.state = 'bot'
                        AND (@is_bot::boolean OR x.department_id IS NULL) LIMIT 1000) a
    UNION
    SELECT x.id, x.state FROM ticket_readers r JOIN tickets x ON x.account_id = r.account_id AND x.id = r.ticket_id
     WHERE r.account_id = $1 AND r.member_id = $2 AND x.state IN ('serving', 'waiting', 'bot') AND @ticket_awake(x)
)
SELECT (SELECT count(*) FROM (SELECT FROM tickets t WHERE @ticket_awake(t) AND t.assignee_id = $2
           AND t.state = 'serving' LIMIT 1000) x),
       (SELECT count(*) FROM (SELECT FROM tickets t WHERE @ticket_awake(t) AND t.assignee_id = $2
           AND t.state = 'serving' AND t.unread_count > 0 LIMIT 1000) x),
       least(count(*) FILTER (WHERE state = 'serving'), 1000),
       least(count(*) FILTER (WHERE state = 'waiting'), 1000),
       least(count(*) FILTER (WHERE state = 'bot'), 1000)
  FROM seen;

-- name: ticket_count_waiting :many
-- How long the queues are is no secret inside an account: whoever transfers is shown it.
-- $1 account
SELECT d.id, (SELECT count(*) FROM (SELECT FROM tickets t WHERE t.account_id = $1::bigint
                AND t.department_id = d.id AND t.state = 'waiting' LIMIT 1000) x)
  FROM departments d WHERE d.account_id = $1 LIMIT 500;

-- name: ticket_count_serving :many
-- $1 account
SELECT m.id, (SELECT count(*) FROM (SELECT FROM tickets t WHERE t.account_id = $1::bigint
                AND t.assignee_id = m.id AND t.state = 'serving' LIMIT 1000) x)
  FROM memberships m WHERE m.account_id = $1 LIMIT 2000;

-- name: ticket_held :many
-- unscoped: the member leaves, whoever sees their tickets
-- $1 account  $2 member
SELECT id FROM tickets
 WHERE account_id = $1::bigint AND assignee_id = $2::bigint AND state = 'serving' ORDER BY id LIMIT 5000;

-- name: reader_add :exec
-- $1 account  $2 ticket  $3 member  $4 by  $5 now
INSERT INTO ticket_readers (account_id, ticket_id, member_id, invited_by, invited_at)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::timestamptz)
    ON CONFLICT DO NOTHING;

-- name: reader_remove :exec
-- $1 account  $2 ticket  $3 member
DELETE FROM ticket_readers WHERE account_id = $1::bigint AND ticket_id = $2::bigint AND member_id = $3::bigint;

-- name: reader_list :many
-- $1 account  $2 ticket
SELECT member_id, invited_by, invited_at FROM ticket_readers
 WHERE account_id = $1::bigint AND ticket_id = $2::bigint ORDER BY invited_at, member_id LIMIT 100;

-- name: ticket_welcome(t) :text
-- What its customer is greeted with: the channel's words, else the department's, else the account's.
coalesce((SELECT nullif(h.welcome_text, '') FROM channels h WHERE h.account_id = t.account_id AND h.id = t.channel_id),
         (SELECT nullif(d.welcome_text, '') FROM departments d WHERE d.account_id = t.account_id AND d.id = t.department_id),
         (SELECT s.welcome_text FROM account_settings s WHERE s.account_id = t.account_id));

-- name: ticket_needs(c) :text
-- What its customer is asked before anybody serves them, bits as in intake/script.h: the terms whenever
-- they accepted others or none, the rest of whoever is new.
(SELECT CASE WHEN s.requires_terms AND c.terms_version < s.terms_version THEN 1 ELSE 0 END
      + CASE WHEN s.contact_restriction = 'none' OR c.asked_at IS NOT NULL OR c.created_by IS NOT NULL THEN 0 ELSE
             CASE WHEN s.asks_consent AND NOT EXISTS (SELECT FROM consent_events e WHERE e.account_id = c.account_id
                        AND e.contact_id = c.id AND e.kind = 'data_storage' AND e.act = 'granted') THEN 2 ELSE 0 END
           + CASE WHEN s.asks_birth_date AND c.birth_on IS NULL THEN 4 ELSE 0 END
           + CASE WHEN s.asks_document AND NOT EXISTS (SELECT FROM contact_customers l
                        WHERE l.account_id = c.account_id AND l.contact_id = c.id) THEN 8 ELSE 0 END END
   FROM account_settings s WHERE s.account_id = c.account_id);

-- name: reader_user :opt
-- $1 account  $2 member
SELECT user_id FROM memberships WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: ticket_seen :opt
-- $1 account  $2 ticket
SELECT t.id FROM tickets t WHERE @visible(t) AND t.id = $2::bigint;

-- name: ticket_flow(c) :text
-- Whether a flow speaks first ($3 channel, $5 department, $7 what was written, folded; NULL: nobody wrote; $8 the flow whose
-- template was answered; $9 what brought them). Whoever wants no messages is not spoken to by a program. Which flow it is: flows_host.sql.
$7::text IS NOT NULL AND c.consent <> 'withdrawn' AND (EXISTS (
    SELECT FROM flow_starts s JOIN flows f ON f.account_id = s.account_id AND f.id = s.flow_id
      LEFT JOIN flow_agents g ON g.account_id = s.account_id AND g.id = s.agent_id
     WHERE s.account_id = c.account_id AND (s.channel_id IS NULL OR s.channel_id = $3) AND g.is_on IS NOT false
       AND (s.kind = 'channel' OR (s.kind = 'first_text' AND s.first_text = $7)
            OR (s.kind = 'ad' AND s.ad_id = $9::text::json ->> 'ad_id')
            OR (s.kind = 'link' AND lower(s.ref COLLATE "C") = lower(($9::text::json ->> 'ref') COLLATE "C"))
            OR (s.kind = 'department' AND s.department_id = $5))
       AND f.is_enabled AND f.live_number IS NOT NULL AND f.removed_at IS NULL)
    OR ($8::text <> '' AND EXISTS (
    SELECT FROM flows f WHERE f.account_id = c.account_id AND f.key = $8
       AND f.is_enabled AND f.live_number IS NOT NULL AND f.removed_at IS NULL)));

-- name: ticket_add :one
-- $1 account  $2 protocol  $3 channel  $4 identity  $5 department  $6 now  $7 first words, folded  $8 key of a flow
-- $9 what brought them
INSERT INTO tickets AS t (account_id, protocol, channel_id, identity_id, contact_id, contact_name,
                     contact_kind, contact_address, department_id, branch_id, is_confidential, state,
                     controller, last_activity_at, opened_at, queued_at, origin)
SELECT $1::bigint, $2::text, $3::bigint, i.id, i.contact_id, c.name, i.kind, i.address, $5::bigint,
       (SELECT h.branch_id FROM channels h WHERE h.account_id = $1 AND h.id = $3),
       coalesce((SELECT d.is_confidential FROM departments d WHERE d.account_id = $1 AND d.id = $5), false),
       CASE WHEN n.is_bots THEN 'bot' ELSE 'waiting' END, CASE WHEN n.is_bots THEN 'bot' ELSE 'queue' END,
       $6::timestamptz, $6, CASE WHEN NOT n.is_bots THEN $6 END, $9
  FROM contact_identities i JOIN contacts c ON c.account_id = i.account_id AND c.id = i.contact_id
 CROSS JOIN LATERAL (SELECT @ticket_needs(c) <> 0 OR (@ticket_flow(c)) AS is_bots OFFSET 0) n
 WHERE i.account_id = $1 AND i.id = $4::bigint
RETURNING @ticket_row, @ticket_welcome(t),
       CASE WHEN t.state = 'bot' THEN (SELECT @ticket_needs(k) FROM contacts k WHERE k.account_id = t.account_id AND k.id = t.contact_id) END,
       (SELECT d.acts FROM distributions d WHERE d.account_id = t.account_id AND d.department_id = t.department_id),
       @ticket_heir(t) IS NOT NULL;

-- name: ticket_department_flow :one
-- Whether a flow speaks to whoever comes into this department, before its people do: once in a ticket, and to nobody who
-- wants no messages.
-- unscoped: the ticket was locked by whoever sees it
-- $1 account  $2 ticket  $3 department
SELECT EXISTS (
    SELECT FROM tickets t
      JOIN contacts c ON c.account_id = t.account_id AND c.id = t.contact_id
      JOIN flow_starts s ON s.account_id = t.account_id AND s.kind = 'department' AND s.department_id = $3::bigint
      JOIN flows f ON f.account_id = s.account_id AND f.id = s.flow_id
     WHERE t.account_id = $1::bigint AND t.id = $2::bigint AND c.consent <> 'withdrawn'
       AND f.is_enabled AND f.live_number IS NOT NULL AND f.removed_at IS NULL
       AND NOT EXISTS (SELECT FROM flow_runs r WHERE r.account_id = t.account_id AND r.ticket_id = t.id AND r.flow_id = f.id
                          AND r.cause = 'department'));

-- name: ticket_save :exec
-- $1 account  $2 ticket  $3 state  $4 controller  $5 department  $6 assignee  $7 last seq
-- $8 unread  $9 last kind  $10 last direction  $11 last state  $12 preview  $13 last activity
-- $14 last inbound  $15 last outbound  $16 window ends  $17 queued  $18 assigned  $19 first reply
-- $20 closed at  $21 closed by  $22 reason  $23 shown seq
-- $24 last author kind  $25 last author  $26 snoozed until  $27 woken  $28 type  $29 taken from
-- $30 out of hours  $31 away until  $32 changes of controller  $33 concluded
UPDATE tickets SET state = $3::text, controller = $4::text, department_id = $5::bigint,
       assignee_id = $6::bigint, last_seq = $7::int, unread_count = $8::int, last_kind = $9::text,
       last_direction = $10::text, last_state = $11::text, last_preview = $12::text,
       last_activity_at = $13::timestamptz, last_inbound_at = $14::timestamptz,
       last_outbound_at = $15::timestamptz, window_ends_at = $16::timestamptz,
       queued_at = $17::timestamptz, assigned_at = $18::timestamptz, first_reply_at = $19::timestamptz,
       closed_at = $20::timestamptz, closed_by = $21::bigint, reason_id = $22::bigint,
       shown_seq = $23::int, last_author_kind = $24::text, last_author_id = $25::bigint,
       snoozed_until = $26::timestamptz, woken_at = $27::timestamptz, type_id = $28::bigint,
       taken_from_id = $29::bigint, out_of_hours_at = $30::timestamptz, away_until = $31::timestamptz,
       controller_epoch = $32::bigint, is_concluded = $33::boolean
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: ticket_promise :exec
-- $1 account  $2 ticket  $3 what is shown  $4 warns  $5 due
UPDATE tickets SET sla = $3::text, sla_warn_at = $4::timestamptz, sla_due_at = $5::timestamptz
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: ticket_read :exec
-- Read up to here is read, unless the customer wrote again since; lines of ours do not count.
-- $1 account  $2 ticket  $3 seq read
UPDATE tickets t SET unread_count = 0, woken_at = NULL
 WHERE @visible(t) AND t.id = $2::bigint AND t.unread_count > 0
   AND (t.last_seq <= $3::int
        OR NOT EXISTS (SELECT FROM messages m
                        WHERE m.account_id = t.account_id AND m.ticket_id = t.id AND m.seq > $3
                          AND m.direction = 'in' AND m.created_at >= t.opened_at));
