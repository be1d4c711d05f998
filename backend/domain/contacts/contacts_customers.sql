-- name: visible_customer(k) :text
-- Registration k: of a contact that I see, or made by me; all of them for those who see the account.
k.account_id = $1::bigint
AND (@sees_account::boolean OR @sees_contacts::boolean OR k.created_by = @member::bigint
     OR EXISTS (SELECT FROM contact_customers seen JOIN contacts c ON c.account_id = seen.account_id AND c.id = seen.contact_id
                 WHERE seen.account_id = $1 AND seen.customer_id = k.id AND @visible_contact(c)));

-- name: customer_row(k) :text
k.id, k.kind, CASE WHEN @masks::int & 4 = 0 THEN k.document ELSE mask_document(k.document) END, k.name,
CASE WHEN @masks::int & 2 = 0 THEN k.email ELSE mask_email(k.email) END,
CASE WHEN @masks::int & 1 = 0 THEN k.phone ELSE mask_phone(k.phone) END,
CASE WHEN @masks::int & 8 = 0 THEN k.birth_on::text ELSE '••/••/' || extract(year FROM k.birth_on)::text END,
CASE WHEN @masks::int & 16 = 0 THEN k.street ELSE '' END, k.city, k.state, k.created_at;

-- name: customer_get :one
-- $1 account  $2 customer
SELECT @customer_row(k) FROM customers k WHERE @visible_customer(k) AND k.id = $2::bigint;

-- name: customer_lock :one
-- $1 account  $2 customer
SELECT k.id, k.kind, k.document, k.name, k.email, k.phone, k.birth_on::text, k.street, k.city, k.state
  FROM customers k WHERE @visible_customer(k) AND k.id = $2::bigint FOR NO KEY UPDATE;

-- name: customer_find :opt
-- By the whole document, whoever sees it: who types all of it knows it.
-- $1 account  $2 document
SELECT id FROM customers WHERE account_id = $1::bigint AND document = $2::text;

-- name: customer_add :one
-- Two who type the same at once: the second finds it.
-- $1 account  $2 kind  $3 document  $4 name  $5 member  $6 now
INSERT INTO customers (account_id, kind, document, name, created_by, created_at)
VALUES ($1::bigint, $2::text, $3::text, $4::text, $5::bigint, $6::timestamptz)
    ON CONFLICT (account_id, document) DO UPDATE SET document = gate.ask_again()
RETURNING id;

-- name: customer_save :exec
-- Empty forgets, NULL leaves.
-- $1 account  $2 customer  $3 name  $4 e-mail  $5 phone  $6 birth  $7 street  $8 city  $9 state
UPDATE customers SET name = coalesce($3::text, name), email = nullif(coalesce($4::text, email), ''),
       phone = nullif(coalesce($5::text, phone), ''),
       birth_on = CASE WHEN $6::text IS NULL THEN birth_on ELSE nullif($6, '')::date END,
       street = coalesce($7::text, street), city = coalesce($8::text, city), state = coalesce($9::text, state)
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: customer_link :exec
-- $1 account  $2 contact  $3 customer  $4 now
INSERT INTO contact_customers (account_id, contact_id, customer_id, linked_at)
VALUES ($1::bigint, $2::bigint, $3::bigint, $4::timestamptz) ON CONFLICT DO NOTHING;

-- name: customer_unlink :exec
-- $1 account  $2 contact  $3 customer
DELETE FROM contact_customers WHERE account_id = $1::bigint AND contact_id = $2::bigint AND customer_id = $3::bigint;

-- name: customers_of_contact :many
-- $1 account  $2 contact
SELECT @customer_row(k) FROM contacts c
  JOIN contact_customers l ON l.account_id = c.account_id AND l.contact_id = c.id
  JOIN customers k ON k.account_id = l.account_id AND k.id = l.customer_id
 WHERE @visible_contact(c) AND c.id = $2::bigint ORDER BY l.linked_at, k.id LIMIT 50;
