-- name: ctl_account :opt
-- no account: it is looked for by its word
-- $1 slug
SELECT id FROM accounts WHERE slug = $1::text;
