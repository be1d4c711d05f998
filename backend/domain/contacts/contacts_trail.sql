-- name: contact_key :opt
-- $1 account  $2 contact
SELECT sealed FROM contact_keys WHERE account_id = $1::bigint AND contact_id = $2::bigint;

-- name: contact_key_add :exec
-- Two who come first at once keep the one that was there: whoever added nothing reads it again.
-- $1 account  $2 contact  $3 sealed key
INSERT INTO contact_keys (account_id, contact_id, sealed) VALUES ($1::bigint, $2::bigint, $3::bytea)
    ON CONFLICT (account_id, contact_id) DO NOTHING;

-- name: contact_before :one
-- Its fields in full, held until the edit is done: what the trail says was there before.
-- $1 account  $2 contact
SELECT c.name, c.email, c.notes FROM contacts c WHERE @visible_contact(c) AND c.id = $2::bigint FOR UPDATE;
