-- name: merge_lock :many
-- Both, in the order of their ids whichever way round: two merges of one pair wait for each other.
-- $1 account  $2 contacts
SELECT c.id, c.name, c.email, c.notes, c.consent, c.blocked_at IS NOT NULL, c.deleted_at IS NOT NULL, c.merged_into, c.active_at
  FROM contacts c WHERE @visible_contact(c) AND c.id = ANY ($2::bigint[]) ORDER BY c.id FOR UPDATE;

-- name: merge_hold_tickets :many
-- unscoped: whoever merges sees both contacts, and their conversations go with them
-- $1 account  $2 contacts
SELECT t.id FROM tickets t WHERE t.account_id = $1::bigint AND t.contact_id = ANY ($2::bigint[]) ORDER BY t.id FOR UPDATE;

-- name: merge_add :one
-- $1 account  $2 kept  $3 gone  $4 e-mail taken  $5 notes taken  $6 consent before  $7 consent after  $8 blocks
-- $9 member  $10 now
INSERT INTO contact_merges (account_id, kept_id, gone_id, took_email, took_notes, consent_before, consent_after, blocks,
                            merged_by, merged_at)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::text, $5::text, $6::text, $7::text, $8::boolean, $9::bigint, $10::timestamptz)
RETURNING id;

-- name: merge_identities :exec
-- $1 account  $2 kept  $3 gone  $4 merge
WITH moved AS (UPDATE contact_identities SET contact_id = $2::bigint
                WHERE account_id = $1::bigint AND contact_id = $3::bigint RETURNING id)
INSERT INTO contact_merge_moves (account_id, merge_id, kind, row_id) SELECT $1, $4::bigint, 'identity', id FROM moved;

-- name: merge_tickets :exec
-- unscoped: as merge_hold_tickets. One live ticket for each way in: those of both stay apart.
-- $1 account  $2 kept  $3 gone  $4 merge
WITH moved AS (UPDATE tickets t SET contact_id = $2::bigint,
                      contact_name = (SELECT k.name FROM contacts k WHERE k.account_id = $1 AND k.id = $2)
                WHERE t.account_id = $1::bigint AND t.contact_id = $3::bigint RETURNING t.id)
INSERT INTO contact_merge_moves (account_id, merge_id, kind, row_id) SELECT $1, $4::bigint, 'ticket', id FROM moved;

-- name: merge_customers :exec
-- What the kept one did not have; the gone one keeps its own, out of sight.
-- $1 account  $2 kept  $3 gone  $4 merge  $5 now
WITH moved AS (INSERT INTO contact_customers (account_id, contact_id, customer_id, linked_at)
               SELECT $1::bigint, $2::bigint, l.customer_id, $5::timestamptz FROM contact_customers l
                WHERE l.account_id = $1 AND l.contact_id = $3::bigint ON CONFLICT DO NOTHING RETURNING customer_id)
INSERT INTO contact_merge_moves (account_id, merge_id, kind, row_id) SELECT $1, $4::bigint, 'customer', customer_id FROM moved;

-- name: merge_groups :exec
-- $1 account  $2 kept  $3 gone  $4 merge  $5 now
WITH moved AS (INSERT INTO contact_group_members (account_id, group_id, contact_id, added_at)
               SELECT $1::bigint, m.group_id, $2::bigint, $5::timestamptz FROM contact_group_members m
                WHERE m.account_id = $1 AND m.contact_id = $3::bigint ON CONFLICT DO NOTHING RETURNING group_id)
INSERT INTO contact_merge_moves (account_id, merge_id, kind, row_id) SELECT $1, $4::bigint, 'group', group_id FROM moved;

-- name: merge_values :exec
-- $1 account  $2 kept  $3 gone  $4 merge
WITH moved AS (INSERT INTO contact_values (account_id, contact_id, field_id, value)
               SELECT $1::bigint, $2::bigint, v.field_id, v.value FROM contact_values v
                WHERE v.account_id = $1 AND v.contact_id = $3::bigint ON CONFLICT DO NOTHING RETURNING field_id, value)
INSERT INTO contact_merge_moves (account_id, merge_id, kind, row_id, value) SELECT $1, $4::bigint, 'value', field_id, value FROM moved;

-- name: merge_tags :exec
-- $1 account  $2 kept  $3 gone  $4 merge
WITH moved AS (INSERT INTO contact_tags (account_id, contact_id, tag_id, tagged_by, tagged_at)
               SELECT $1::bigint, $2::bigint, l.tag_id, l.tagged_by, l.tagged_at FROM contact_tags l
                WHERE l.account_id = $1 AND l.contact_id = $3::bigint ON CONFLICT DO NOTHING RETURNING tag_id)
INSERT INTO contact_merge_moves (account_id, merge_id, kind, row_id) SELECT $1, $4::bigint, 'tag', tag_id FROM moved;

-- name: merge_keep :exec
-- $1 account  $2 kept  $3 e-mail taken  $4 notes taken  $5 consent  $6 blocks  $7 gone  $8 now
UPDATE contacts k SET email = coalesce($3::text, k.email), notes = coalesce($4::text, k.notes), consent = $5::text,
       blocked_at = CASE WHEN $6::boolean THEN $8::timestamptz ELSE k.blocked_at END,
       blocked_by = CASE WHEN $6 THEN g.blocked_by ELSE k.blocked_by END,
       block_reason = CASE WHEN $6 THEN g.block_reason ELSE k.block_reason END,
       active_at = greatest(k.active_at, g.active_at)
  FROM contacts g
 WHERE k.account_id = $1::bigint AND k.id = $2::bigint AND g.account_id = $1 AND g.id = $7::bigint;

-- name: merge_hide :exec
-- $1 account  $2 gone  $3 kept  $4 member  $5 now
UPDATE contacts SET deleted_at = $5::timestamptz, deleted_by = $4::bigint, merged_into = $3::bigint
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: merge_find :one
-- Seen by whoever sees the one that stayed.
-- $1 account  $2 merge
SELECT m.id, m.kept_id, m.gone_id, m.took_email, m.took_notes, m.consent_before, m.consent_after, m.blocks,
       m.merged_at, m.undone_at
  FROM contact_merges m JOIN contacts c ON c.account_id = m.account_id AND c.id = m.kept_id
 WHERE @visible_contact(c) AND m.id = $2::bigint FOR UPDATE OF m;

-- name: merge_list :many
-- $1 account  $2 contact
SELECT m.id, m.kept_id, m.gone_id, g.name, m.merged_by, m.merged_at, m.undone_at
  FROM contacts c JOIN contact_merges m ON m.account_id = c.account_id AND m.kept_id = c.id
  JOIN contacts g ON g.account_id = m.account_id AND g.id = m.gone_id
 WHERE @visible_contact(c) AND c.id = $2::bigint ORDER BY m.id DESC LIMIT 50;

-- name: unmerge_identities :exec
-- Those that are still the kept one's.
-- $1 account  $2 kept  $3 gone  $4 merge
UPDATE contact_identities i SET contact_id = $3::bigint
  FROM contact_merge_moves v
 WHERE v.account_id = $1::bigint AND v.merge_id = $4::bigint AND v.kind = 'identity'
   AND i.account_id = $1 AND i.id = v.row_id AND i.contact_id = $2::bigint;

-- name: unmerge_tickets :exec
-- unscoped: as merge_hold_tickets. With their way in, so those opened since go along.
-- $1 account  $2 kept  $3 gone  $4 merge
UPDATE tickets t SET contact_id = $3::bigint,
       contact_name = (SELECT g.name FROM contacts g WHERE g.account_id = $1 AND g.id = $3)
 WHERE t.account_id = $1::bigint AND t.contact_id = $2::bigint
   AND (t.identity_id = ANY (ARRAY(SELECT i.id FROM contact_identities i WHERE i.account_id = $1 AND i.contact_id = $3))
        OR t.id = ANY (ARRAY(SELECT v.row_id FROM contact_merge_moves v
                              WHERE v.account_id = $1 AND v.merge_id = $4::bigint AND v.kind = 'ticket')));

-- name: unmerge_customers :exec
-- $1 account  $2 kept  $3 merge
DELETE FROM contact_customers l USING contact_merge_moves v
 WHERE v.account_id = $1::bigint AND v.merge_id = $3::bigint AND v.kind = 'customer'
   AND l.account_id = $1 AND l.contact_id = $2::bigint AND l.customer_id = v.row_id;

-- name: unmerge_groups :exec
-- $1 account  $2 kept  $3 merge
DELETE FROM contact_group_members g USING contact_merge_moves v
 WHERE v.account_id = $1::bigint AND v.merge_id = $3::bigint AND v.kind = 'group'
   AND g.account_id = $1 AND g.contact_id = $2::bigint AND g.group_id = v.row_id;

-- name: unmerge_tags :exec
-- $1 account  $2 kept  $3 merge
DELETE FROM contact_tags l USING contact_merge_moves v
 WHERE v.account_id = $1::bigint AND v.merge_id = $3::bigint AND v.kind = 'tag'
   AND l.account_id = $1 AND l.contact_id = $2::bigint AND l.tag_id = v.row_id;

-- name: unmerge_values :exec
-- Those that nobody edited since.
-- $1 account  $2 kept  $3 merge
DELETE FROM contact_values x USING contact_merge_moves v
 WHERE v.account_id = $1::bigint AND v.merge_id = $3::bigint AND v.kind = 'value'
   AND x.account_id = $1 AND x.contact_id = $2::bigint AND x.field_id = v.row_id AND x.value = v.value;

-- name: unmerge_keep :one
-- What is still as the merge left it goes back; what is not, is told.
-- $1 account  $2 kept  $3 e-mail taken  $4 notes taken  $5 consent before  $6 consent after  $7 blocks  $8 merged at
WITH was AS (SELECT c.* FROM contacts c WHERE c.account_id = $1::bigint AND c.id = $2::bigint),
     said AS (SELECT EXISTS (SELECT FROM consent_events e WHERE e.account_id = $1 AND e.contact_id = $2
                                AND e.kind = 'messages' AND e.at > $8::timestamptz) AS since)
UPDATE contacts c SET email = CASE WHEN $3::text = was.email THEN NULL ELSE c.email END,
       notes = CASE WHEN $4::text = was.notes THEN '' ELSE c.notes END,
       consent = CASE WHEN was.consent = $6::text AND NOT said.since THEN $5::text ELSE c.consent END,
       blocked_at = CASE WHEN $7::boolean AND was.blocked_at = $8 THEN NULL ELSE c.blocked_at END,
       blocked_by = CASE WHEN $7 AND was.blocked_at = $8 THEN NULL ELSE c.blocked_by END,
       block_reason = CASE WHEN $7 AND was.blocked_at = $8 THEN '' ELSE c.block_reason END
  FROM was, said
 WHERE c.account_id = $1 AND c.id = $2
RETURNING $3::text IS NOT NULL AND $3 IS DISTINCT FROM was.email, $4::text IS NOT NULL AND $4 <> was.notes,
       $5::text <> $6::text AND (was.consent <> $6 OR said.since);

-- name: unmerge_show :exec
-- $1 account  $2 gone
UPDATE contacts SET deleted_at = NULL, deleted_by = NULL, merged_into = NULL WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: unmerge_end :exec
-- $1 account  $2 merge  $3 member  $4 now
UPDATE contact_merges SET undone_by = $3::bigint, undone_at = $4::timestamptz WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: merge_moved :one
-- How many ways in and values the merge moved.
-- $1 account  $2 merge
SELECT count(*) FILTER (WHERE kind = 'identity'), count(*) FILTER (WHERE kind = 'value')
  FROM contact_merge_moves WHERE account_id = $1::bigint AND merge_id = $2::bigint;

-- name: pair_of(x) :text
x.deleted_at IS NULL AND x.id <> p.id AND ($4::bigint IS NOT NULL OR x.id < p.id);

-- name: duplicate_page :one
-- How far a window reaches: contacts in order of age, the newest first.
-- $1 account  $2 before: id  $3 window
SELECT min(id), count(*) FROM (SELECT c.id FROM contacts c WHERE c.account_id = $1::bigint AND c.deleted_at IS NULL
   AND ($2::bigint IS NULL OR c.id < $2) ORDER BY c.id DESC LIMIT $3::int) page;

-- name: duplicate_list :many
-- Who looks like somebody older, within a window of contacts (or one of them): each look is into an index
-- and takes five at most, so a window costs the same in every account.
-- $1 account  $2 before: id  $3 window  $4 only this one
WITH page AS (SELECT c.id, c.search_name, c.email_key FROM contacts c
               WHERE c.account_id = $1::bigint AND c.deleted_at IS NULL AND ($2::bigint IS NULL OR c.id < $2)
                 AND ($4::bigint IS NULL OR c.id = $4) AND @visible_contact(c) ORDER BY c.id DESC LIMIT $3::int),
alike AS (
    SELECT p.id, o.id AS other, 'phone' AS reason FROM page p
      JOIN contact_identities i ON i.account_id = $1 AND i.contact_id = p.id AND i.tail IS NOT NULL
     CROSS JOIN LATERAL (SELECT x.id FROM contact_identities y JOIN contacts x ON x.account_id = $1 AND x.id = y.contact_id
                          WHERE y.account_id = $1 AND y.tail = i.tail AND @pair_of(x) LIMIT 5) o
    UNION ALL
    SELECT p.id, o.id, 'email' FROM page p
     CROSS JOIN LATERAL (SELECT x.id FROM contacts x
                          WHERE x.account_id = $1 AND x.email_key = p.email_key AND @pair_of(x) LIMIT 5) o
    UNION ALL
    SELECT p.id, o.id, 'document' FROM page p
      JOIN contact_customers l ON l.account_id = $1 AND l.contact_id = p.id
     CROSS JOIN LATERAL (SELECT x.id FROM contact_customers k JOIN contacts x ON x.account_id = $1 AND x.id = k.contact_id
                          WHERE k.account_id = $1 AND k.customer_id = l.customer_id AND @pair_of(x) LIMIT 5) o
    UNION ALL
    SELECT p.id, o.id, 'name' FROM page p
      JOIN contact_identities i ON i.account_id = $1 AND i.contact_id = p.id AND i.ending IS NOT NULL
     CROSS JOIN LATERAL (SELECT x.id FROM contact_identities y JOIN contacts x ON x.account_id = $1 AND x.id = y.contact_id
                          WHERE y.account_id = $1 AND y.ending = i.ending AND @pair_of(x)
                            AND ext.similarity(x.search_name, p.search_name) > 0.5 LIMIT 5) o
)
SELECT a.id, a.other, string_agg(DISTINCT a.reason, ','), n.name, o.name,
       (SELECT i.address FROM contact_identities i WHERE i.account_id = $1 AND i.contact_id = a.id AND i.kind = 'phone' ORDER BY i.id LIMIT 1),
       (SELECT i.address FROM contact_identities i WHERE i.account_id = $1 AND i.contact_id = a.other AND i.kind = 'phone' ORDER BY i.id LIMIT 1),
       n.email, o.email, n.created_at, o.created_at
  FROM alike a JOIN contacts n ON n.account_id = $1 AND n.id = a.id
  JOIN contacts o ON o.account_id = $1 AND o.id = a.other
 WHERE @visible_contact(o)
   AND NOT EXISTS (SELECT FROM contact_pairs_apart q WHERE q.account_id = $1
                      AND q.lower_id = least(a.id, a.other) AND q.higher_id = greatest(a.id, a.other))
 GROUP BY a.id, a.other, n.name, o.name, n.email, o.email, n.created_at, o.created_at
 ORDER BY a.id DESC, a.other DESC LIMIT 200;

-- name: pair_apart :exec
-- $1 account  $2 lower  $3 higher  $4 member  $5 now
INSERT INTO contact_pairs_apart (account_id, lower_id, higher_id, said_by, said_at)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::bigint, $5::timestamptz) ON CONFLICT DO NOTHING;
