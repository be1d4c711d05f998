-- name: flow_version_row :text
v.number, v.note, v.published_by, v.published_at, v.content_hash, v.logic_hash, v.draft_revision, v.reverts_to,
v.number IS NOT DISTINCT FROM f.live_number,
v.logic_hash IS NOT DISTINCT FROM (SELECT p.logic_hash FROM flow_versions p WHERE p.account_id = v.account_id
                                      AND p.flow_id = v.flow_id AND p.number = v.number - 1);

-- name: flow_version_list :many
-- $1 account  $2 flow  $3 before  $4 limit
SELECT @flow_version_row, NULL FROM flow_versions v
  JOIN flows f ON f.account_id = v.account_id AND f.id = v.flow_id AND f.removed_at IS NULL
 WHERE v.account_id = $1::bigint AND v.flow_id = $2::bigint AND ($3::int IS NULL OR v.number < $3)
 ORDER BY v.number DESC LIMIT $4::int;

-- name: flow_version_get :one
-- $1 account  $2 flow  $3 number
SELECT @flow_version_row, v.document FROM flow_versions v
  JOIN flows f ON f.account_id = v.account_id AND f.id = v.flow_id AND f.removed_at IS NULL
 WHERE v.account_id = $1::bigint AND v.flow_id = $2::bigint AND v.number = $3::int;

-- name: flow_version_of_draft :opt
-- $1 account  $2 flow  $3 revision
SELECT v.number FROM flow_versions v
 WHERE v.account_id = $1::bigint AND v.flow_id = $2::bigint AND v.draft_revision = $3::int;

-- name: flow_version_add :one
-- $1 account  $2 flow  $3 document  $4 content hash  $5 logic hash  $6 note  $7 member  $8 now  $9 revision  $10 reverts to
WITH added AS (
  INSERT INTO flow_versions (account_id, flow_id, number, document, content_hash, logic_hash, note, published_by, published_at,
                             draft_revision, reverts_to)
  SELECT $1::bigint, $2::bigint, coalesce(max(v.number), 0) + 1, $3::text, $4::text, $5::text, $6::text, $7::bigint,
         $8::timestamptz, $9::int, $10::int
    FROM flow_versions v WHERE v.account_id = $1 AND v.flow_id = $2
  RETURNING account_id, flow_id, number)
UPDATE flows f SET live_number = added.number FROM added WHERE f.account_id = added.account_id AND f.id = added.flow_id
RETURNING f.live_number;

-- name: flow_live :one
-- $1 account  $2 flow
SELECT f.live_number, v.reverts_to FROM flows f
  LEFT JOIN flow_versions v ON v.account_id = f.account_id AND v.flow_id = f.id AND v.number = f.live_number
 WHERE f.account_id = $1::bigint AND f.id = $2::bigint;
