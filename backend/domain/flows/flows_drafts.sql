-- name: flow_draft_get :one
-- $1 account  $2 flow
SELECT d.revision, d.document, d.content_hash, d.error_count, d.warning_count, d.saved_at, d.saved_by, f.key
  FROM flow_drafts d JOIN flows f ON f.account_id = d.account_id AND f.id = d.flow_id
 WHERE d.account_id = $1::bigint AND d.flow_id = $2::bigint AND f.removed_at IS NULL;

-- name: flow_draft_add :exec
-- $1 account  $2 flow  $3 document  $4 hash  $5 errors  $6 warnings  $7 now  $8 member
INSERT INTO flow_drafts (account_id, flow_id, document, content_hash, revision, error_count, warning_count, saved_at, saved_by)
VALUES ($1::bigint, $2::bigint, $3::text, $4::text, 1, $5::int, $6::int, $7::timestamptz, $8::bigint);

-- name: flow_draft_save :one
-- $1 account  $2 flow  $3 document  $4 hash  $5 errors  $6 warnings  $7 now  $8 member
UPDATE flow_drafts SET document = $3::text, content_hash = $4::text, revision = revision + 1, error_count = $5::int,
       warning_count = $6::int, saved_at = $7::timestamptz, saved_by = $8::bigint
 WHERE account_id = $1::bigint AND flow_id = $2::bigint
RETURNING revision;

-- name: flow_describe :exec
-- What lists show of a flow is what its draft says.
-- $1 account  $2 flow  $3 name  $4 channels
UPDATE flows SET name = $3::text, channels = $4::text[] WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: flow_refs_keep :exec
-- What a draft or a live version names from now on, and nothing else.
-- $1 account  $2 flow  $3 live  $4 refs
WITH gone AS (DELETE FROM flow_refs WHERE account_id = $1::bigint AND flow_id = $2::bigint AND is_live = $3::boolean
                 AND ref <> ALL ($4::text[]))
INSERT INTO flow_refs (account_id, flow_id, is_live, ref)
SELECT $1, $2, $3, unnest($4) ON CONFLICT DO NOTHING;
