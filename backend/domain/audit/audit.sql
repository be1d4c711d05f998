-- name: audit_add :exec
-- $1 account  $2 now  $3 action  $4 actor kind  $5 actor  $6 session  $7 address
-- $8 request  $9 subject kind  $10 subject  $11 detail  $12 token  $13 port
INSERT INTO audit_events (account_id, at, action, actor_kind, actor_id, session_id, address,
                          request_id, subject_kind, subject_id, detail, token_id, port)
VALUES ($1::bigint, $2::timestamptz, $3::text, $4::text, $5::bigint, $6::bigint, $7::text,
        $8::text, $9::text, $10::bigint, $11::text, $12::bigint, $13::int);

-- name: audit_unsealed :many
-- no account: the sealer works for all of them
-- $1 how many
SELECT account_id, id, at, action, actor_kind, actor_id, session_id, token_id, address, port,
       request_id, subject_kind, subject_id, detail, xid, head_seq, head_hash
  FROM gate.audit_unsealed($1::int);

-- name: audit_seal :exec
-- no account: the sealer works for all of them
-- $1 accounts  $2 seqs  $3 times  $4 events  $5 hashes, hex  $6 xid and  $7 id of the last
SELECT gate.audit_seal($1::bigint[], $2::bigint[], $3::timestamptz[], $4::bigint[], $5::text[],
                       $6::xid8, $7::bigint);

-- name: audit_unsigned :many
-- no account: the sealer works for all of them
-- $1 now  $2 how many
SELECT account_id, seq, hash FROM gate.audit_unsigned($1::timestamptz, $2::int);

-- name: audit_sign :exec
-- $1 account  $2 seq  $3 statement  $4 public key  $5 signature  $6 now
SELECT gate.audit_sign($1::bigint, $2::bigint, $3::text, $4::bytea, $5::bytea, $6::timestamptz);

-- name: audit_unverified :opt
-- no account: the verifier looks for one
-- $1 now
SELECT account_id FROM gate.audit_unverified($1::timestamptz);

-- name: audit_verified :exec
-- $1 account  $2 seq  $3 fault or NULL  $4 its seq or NULL  $5 now
SELECT gate.audit_verified($1::bigint, $2::bigint, $3::text, $4::bigint, $5::timestamptz);

-- name: audit_head :opt
-- $1 account
SELECT seq, hash FROM audit_heads WHERE account_id = $1::bigint;

-- name: audit_walk :many
-- Links and the events they cover; an event that is gone leaves its columns empty.
-- $1 account  $2 after seq  $3 how many
SELECT c.seq, c.hash, c.event_id, e.account_id, e.id, e.at, e.action, e.actor_kind, e.actor_id,
       e.session_id, e.token_id, e.address, e.port, e.request_id, e.subject_kind, e.subject_id, e.detail
  FROM audit_chain c
  LEFT JOIN audit_events e ON e.account_id = c.account_id AND e.at = c.event_at AND e.id = c.event_id
 WHERE c.account_id = $1::bigint AND c.seq > $2::bigint
 ORDER BY c.seq LIMIT $3::int;

-- name: audit_link_at :opt
-- $1 account  $2 seq
SELECT hash FROM audit_chain WHERE account_id = $1::bigint AND seq = $2::bigint;

-- name: audit_inserted :opt
-- $1 account
SELECT event_id FROM gate.audit_inserted($1::bigint);

-- name: audit_checkpoints :many
-- $1 account
SELECT statement, public_key, signature FROM audit_checkpoints WHERE account_id = $1::bigint ORDER BY seq;

-- name: audit_accounts :many
-- no account: all of them, for balcaoctl
SELECT id FROM accounts ORDER BY id;

-- name: audit_rebase :exec
-- After a restore into a new cluster, with everything of before sealed: ids go on, transactions start anew.
-- no account: for balcaoctl, as the owner
UPDATE audit_cursor
   SET base_id = coalesce((SELECT max(id) FROM audit_events), 0), xid = '0', event_id = 0;

-- name: audit_unsealed_by_id :many
-- What a restore left unsealed, in the order of ids: old transactions say nothing in a new cluster.
-- no account: for balcaoctl, as the owner
-- $1 how many
SELECT e.account_id, e.id, e.at, e.action, e.actor_kind, e.actor_id, e.session_id, e.token_id, e.address,
       e.port, e.request_id, e.subject_kind, e.subject_id, e.detail, '0', h.seq, h.hash
  FROM audit_events e LEFT JOIN audit_heads h ON h.account_id = e.account_id
 WHERE NOT EXISTS (SELECT FROM audit_chain c WHERE c.account_id = e.account_id AND c.event_id = e.id)
 ORDER BY e.id LIMIT $1::int;

-- name: audit_shown :text
-- A row as screens and exports show it, with its link when the sealer has been there. The name is the
-- person's of now, in this account.
e.account_id, e.id, e.at, e.action, e.actor_kind, e.actor_id, e.session_id, e.token_id, e.address, e.port,
       e.request_id, e.subject_kind, e.subject_id, e.detail, c.seq, c.hash, m.display_name
  FROM audit_events e
  LEFT JOIN audit_chain c ON c.account_id = $1::bigint AND c.event_id = e.id
  LEFT JOIN memberships m ON m.account_id = $1 AND m.user_id = e.actor_id AND e.actor_kind IN ('user', 'token')
 WHERE e.account_id = $1
   AND e.at >= coalesce($6::timestamptz, '-infinity') AND e.at < coalesce($7::timestamptz, 'infinity')
   AND (e.at, e.id) < (coalesce($8::timestamptz, 'infinity'), coalesce($9::bigint, 9223372036854775807));

-- Pages of the trail, latest first. One for each index, so that a generic plan can use it: the filter
-- that leads is required, the others are looked at on the way.

-- name: audit_by_time :many
-- $1 account  $2 action  $3 actor  $4 subject kind  $5 subject  $6 from  $7 to  $8 and $9 cursor  $10 limit
SELECT @audit_shown
   AND ($2::text IS NULL OR e.action = $2) AND ($3::bigint IS NULL OR e.actor_id = $3)
   AND ($4::text IS NULL OR e.subject_kind = $4) AND ($5::bigint IS NULL OR e.subject_id = $5)
 ORDER BY e.at DESC, e.id DESC LIMIT $10::int;

-- name: audit_by_subject :many
-- $1 account  $2 action  $3 actor  $4 subject kind  $5 subject  $6 from  $7 to  $8 and $9 cursor  $10 limit
SELECT @audit_shown
   AND e.subject_kind = $4::text AND e.subject_id = $5::bigint
   AND ($2::text IS NULL OR e.action = $2) AND ($3::bigint IS NULL OR e.actor_id = $3)
 ORDER BY e.at DESC, e.id DESC LIMIT $10::int;

-- name: audit_by_actor :many
-- $1 account  $2 action  $3 actor  $4 subject kind  $5 subject  $6 from  $7 to  $8 and $9 cursor  $10 limit
SELECT @audit_shown
   AND e.actor_id = $3::bigint AND ($2::text IS NULL OR e.action = $2)
   AND ($4::text IS NULL OR e.subject_kind = $4) AND ($5::bigint IS NULL OR e.subject_id = $5)
 ORDER BY e.at DESC, e.id DESC LIMIT $10::int;

-- name: audit_by_action :many
-- $1 account  $2 action  $3 actor  $4 subject kind  $5 subject  $6 from  $7 to  $8 and $9 cursor  $10 limit
SELECT @audit_shown
   AND e.action = $2::text AND ($3::bigint IS NULL OR e.actor_id = $3)
   AND ($4::text IS NULL OR e.subject_kind = $4) AND ($5::bigint IS NULL OR e.subject_id = $5)
 ORDER BY e.at DESC, e.id DESC LIMIT $10::int;

-- name: audit_get :one
-- By its link: ids alone do not say in which month to look.
-- $1 account  $2 event
SELECT e.subject_kind, e.subject_id, e.detail
  FROM audit_chain c JOIN audit_events e ON e.account_id = c.account_id AND e.at = c.event_at AND e.id = c.event_id
 WHERE c.account_id = $1::bigint AND c.event_id = $2::bigint;

-- name: audit_state :one
-- $1 account
SELECT h.seq, h.event_at, gate.audit_oldest_unsealed(), h.verified_seq, h.verified_at, h.fault, h.fault_seq,
       coalesce(r.audit_years, 5)
  FROM (VALUES (1)) one LEFT JOIN audit_heads h ON h.account_id = $1::bigint
  LEFT JOIN account_retention r ON r.account_id = $1;

-- name: audit_years_lock :one
-- $1 account
WITH mine AS (INSERT INTO account_retention (account_id) VALUES ($1::bigint)
                  ON CONFLICT (account_id) DO UPDATE SET audit_years = account_retention.audit_years
              RETURNING audit_years)
SELECT audit_years FROM mine;

-- name: audit_years_set :exec
-- $1 account  $2 years
UPDATE account_retention SET audit_years = $2::int WHERE account_id = $1::bigint;

-- name: audit_last_checkpoint :opt
-- $1 account
SELECT statement, signature FROM audit_checkpoints WHERE account_id = $1::bigint ORDER BY seq DESC LIMIT 1;

-- name: audit_outlived :opt
-- no account: the chore looks for one
SELECT account_id FROM audit_outlived();

-- name: audit_old_links :one
-- How far the chain may be forgotten at once: its oldest links up to the first that is kept. 0: not at all.
-- $1 account  $2 how many
WITH kept AS MATERIALIZED (SELECT audit_kept_from($1::bigint) AS since),
oldest AS MATERIALIZED (
    SELECT seq, event_at, hash FROM audit_chain WHERE account_id = $1 ORDER BY seq LIMIT $2::int),
young AS (SELECT min(o.seq) AS seq FROM oldest o, kept WHERE o.event_at >= kept.since)
SELECT coalesce(l.seq, 0), l.hash, kept.since
  FROM kept CROSS JOIN young
  LEFT JOIN LATERAL (SELECT o.seq, o.hash FROM oldest o WHERE young.seq IS NULL OR o.seq < young.seq
                      ORDER BY o.seq DESC LIMIT 1) l ON true;

-- name: audit_forget :one
-- $1 account  $2 until seq  $3 statement  $4 public key  $5 signature
SELECT audit_forget($1::bigint, $2::bigint, $3::text, $4::bytea, $5::bytea);

-- name: audit_drop_months :exec
-- no account: the installation's own chore
-- $1 today
CALL drop_empty_months($1::date);

-- name: audit_last_start :opt
-- $1 account
SELECT statement, public_key, signature FROM audit_starts WHERE account_id = $1::bigint ORDER BY seq DESC LIMIT 1;
