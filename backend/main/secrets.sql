-- name: secrets_sealed :many
-- no account: the operator's look at all of them.
SELECT account_id, id FROM channels WHERE secrets IS NOT NULL ORDER BY account_id, id;
