-- name: company_list :many
-- $1 account
SELECT id, name, legal_name, document, phone FROM companies
 WHERE account_id = $1::bigint ORDER BY name, id LIMIT 200;

-- name: company_lock :one
-- $1 account  $2 company
SELECT id, name, legal_name, document, phone FROM companies
 WHERE account_id = $1::bigint AND id = $2::bigint FOR NO KEY UPDATE;

-- name: company_add :one
-- $1 account  $2 name  $3 legal name  $4 document  $5 phone
INSERT INTO companies (account_id, name, legal_name, document, phone)
VALUES ($1::bigint, $2::text, $3::text, $4::text, $5::text)
RETURNING id, name, legal_name, document, phone;

-- name: company_save :one
-- $1 account  $2 company  $3 name  $4 legal name  $5 document  $6 phone
UPDATE companies SET name = $3::text, legal_name = $4::text, document = $5::text, phone = $6::text
 WHERE account_id = $1::bigint AND id = $2::bigint
RETURNING id, name, legal_name, document, phone;

-- name: company_remove :exec
-- $1 account  $2 company
DELETE FROM companies WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: branch_list :many
-- $1 account
SELECT id, company_id, name, city FROM branches WHERE account_id = $1::bigint ORDER BY name, id LIMIT 500;

-- name: branch_lock :one
-- $1 account  $2 branch
SELECT id, company_id, name, city FROM branches
 WHERE account_id = $1::bigint AND id = $2::bigint FOR NO KEY UPDATE;

-- name: branch_add :opt
-- None: the account has no such company.
-- $1 account  $2 company  $3 name  $4 city
INSERT INTO branches (account_id, company_id, name, city)
SELECT c.account_id, c.id, $3::text, $4::text FROM companies c WHERE c.account_id = $1::bigint AND c.id = $2::bigint
RETURNING id, company_id, name, city;

-- name: branch_save :opt
-- None: the account has no such company.
-- $1 account  $2 branch  $3 company  $4 name  $5 city
UPDATE branches b SET company_id = c.id, name = $4::text, city = $5::text
  FROM companies c
 WHERE b.account_id = $1::bigint AND b.id = $2::bigint AND c.account_id = b.account_id AND c.id = $3::bigint
RETURNING b.id, b.company_id, b.name, b.city;

-- name: branch_remove :exec
-- $1 account  $2 branch
DELETE FROM branches WHERE account_id = $1::bigint AND id = $2::bigint;
