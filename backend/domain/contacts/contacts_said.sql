-- name: contact_say_birth :exec
-- $1 account  $2 contact  $3 date
UPDATE contacts SET birth_on = $3::date WHERE account_id = $1::bigint AND id = $2::bigint AND birth_on IS NULL;

-- name: contact_say_document :exec
-- $1 account  $2 contact  $3 document  $4 now
WITH made AS (
    INSERT INTO customers (account_id, kind, document, name, birth_on, created_at)
    SELECT $1::bigint, CASE length($3::text) WHEN 11 THEN 'person' ELSE 'company' END, $3, coalesce(nullif(c.name, ''), $3),
           CASE length($3) WHEN 11 THEN c.birth_on END, $4::timestamptz
      FROM contacts c WHERE c.account_id = $1 AND c.id = $2::bigint
        ON CONFLICT (account_id, document) DO NOTHING RETURNING id)
INSERT INTO contact_customers (account_id, contact_id, customer_id, source, linked_at)
SELECT $1, $2, k.id, 'contact', $4
  FROM (SELECT id FROM made UNION ALL SELECT id FROM customers WHERE account_id = $1 AND document = $3) k
    ON CONFLICT DO NOTHING;

-- name: contact_let_through :exec
-- $1 account  $2 contact  $3 kept  $4 now
UPDATE contacts c SET asked_at = $4::timestamptz, is_saved = c.is_saved OR ($3::boolean AND s.saves_contacts)
  FROM account_settings s WHERE s.account_id = $1::bigint AND c.account_id = $1 AND c.id = $2::bigint;

-- name: contact_save :exec
-- $1 account  $2 contact
UPDATE contacts SET is_saved = true WHERE account_id = $1::bigint AND id = $2::bigint;
