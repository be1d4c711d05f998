-- name: hours_version :opt
-- $1 account
SELECT version FROM hours_versions WHERE account_id = $1::bigint;

-- name: hours_account :one
-- What was never said is as if it were empty.
-- $1 account
SELECT a.time_zone, h.uf, h.period_id, coalesce(h.away_text, '')
  FROM accounts a LEFT JOIN account_hours h ON h.account_id = a.id
 WHERE a.id = $1::bigint;

-- name: hours_periods :many
-- $1 account
SELECT p.id, p.name, p.branch_id, p.keeps_holidays, b.time_zone, b.uf
  FROM service_periods p LEFT JOIN branches b ON b.account_id = p.account_id AND b.id = p.branch_id
 WHERE p.account_id = $1::bigint ORDER BY p.id LIMIT 200;

-- name: hours_ranges :many
-- $1 account
SELECT period_id, day, from_min, until_min FROM period_ranges
 WHERE account_id = $1::bigint ORDER BY period_id, day, from_min;

-- name: hours_exceptions :many
-- A row for each range, or one without where there is none.
-- $1 account
SELECT e.period_id, e.on_date - DATE '1970-01-01', e.name, r.from_min, r.until_min
  FROM period_exceptions e
  LEFT JOIN exception_ranges r ON r.account_id = e.account_id AND r.period_id = e.period_id AND r.on_date = e.on_date
 WHERE e.account_id = $1::bigint ORDER BY e.period_id, e.on_date, r.from_min;

-- name: hours_city :many
-- $1 account
SELECT branch_id, name, on_date - DATE '1970-01-01', every_year FROM city_holidays
 WHERE account_id = $1::bigint ORDER BY on_date, id LIMIT 500;

-- name: hours_switches :many
-- $1 account
SELECT code, is_kept FROM holiday_switches WHERE account_id = $1::bigint;

-- name: hours_shifts :many
-- $1 account
SELECT id, name, from_min, until_min FROM shifts WHERE account_id = $1::bigint ORDER BY from_min, id LIMIT 50;

-- name: hours_departments :many
-- Those that follow a period or have words of their own; the same of channels.
-- $1 account
SELECT id, period_id, away_text FROM departments
 WHERE account_id = $1::bigint AND (period_id IS NOT NULL OR away_text <> '') ORDER BY id LIMIT 500;

-- name: hours_channels :many
-- $1 account
SELECT id, period_id, away_text FROM channels
 WHERE account_id = $1::bigint AND (period_id IS NOT NULL OR away_text <> '') ORDER BY id LIMIT 200;

-- name: period_lock :many
-- Whoever changes the hours of an account does it one after the other.
-- $1 account
SELECT id FROM service_periods WHERE account_id = $1::bigint ORDER BY id FOR UPDATE;

-- name: period_add :one
-- $1 account  $2 name  $3 branch  $4 keeps holidays  $5 now
INSERT INTO service_periods (account_id, name, branch_id, keeps_holidays, created_at)
VALUES ($1::bigint, $2::text, $3::bigint, $4::boolean, $5::timestamptz) RETURNING id;

-- name: period_save :exec
-- $1 account  $2 period  $3 name  $4 branch  $5 keeps holidays
UPDATE service_periods SET name = $3::text, branch_id = $4::bigint, keeps_holidays = $5::boolean
 WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: period_empty :exec
-- $1 account  $2 period
WITH gone AS (DELETE FROM period_ranges WHERE account_id = $1::bigint AND period_id = $2::bigint)
DELETE FROM period_exceptions WHERE account_id = $1 AND period_id = $2;

-- name: period_fill :exec
-- $1 account  $2 period  $3 days  $4 from  $5 until
INSERT INTO period_ranges (account_id, period_id, day, from_min, until_min)
SELECT $1::bigint, $2::bigint, x.* FROM unnest($3::smallint[], $4::smallint[], $5::smallint[]) x;

-- name: period_except :exec
-- $1 account  $2 period  $3 dates  $4 names
INSERT INTO period_exceptions (account_id, period_id, on_date, name)
SELECT $1::bigint, $2::bigint, DATE '1970-01-01' + x.day, x.name FROM unnest($3::int[], $4::text[]) x (day, name);

-- name: exception_fill :exec
-- $1 account  $2 period  $3 dates  $4 from  $5 until
INSERT INTO exception_ranges (account_id, period_id, on_date, from_min, until_min)
SELECT $1::bigint, $2::bigint, DATE '1970-01-01' + x.day, x.from_min, x.until_min
  FROM unnest($3::int[], $4::smallint[], $5::smallint[]) x (day, from_min, until_min);

-- name: period_is_followed :one
-- $1 account  $2 period
SELECT EXISTS (SELECT FROM departments WHERE account_id = $1::bigint AND period_id = $2::bigint)
    OR EXISTS (SELECT FROM channels WHERE account_id = $1 AND period_id = $2)
    OR EXISTS (SELECT FROM account_hours WHERE account_id = $1 AND period_id = $2)
    OR EXISTS (SELECT FROM flow_agents WHERE account_id = $1 AND period_id = $2);

-- name: period_remove :exec
-- $1 account  $2 period
DELETE FROM service_periods WHERE account_id = $1::bigint AND id = $2::bigint;

-- name: branch_exists :one
-- $1 account  $2 branch
SELECT EXISTS (SELECT FROM branches WHERE account_id = $1::bigint AND id = $2::bigint);

-- name: follow_account :exec
-- $1 account  $2 period  $3 away text
INSERT INTO account_hours (account_id, period_id, away_text) VALUES ($1::bigint, $2::bigint, $3::text)
    ON CONFLICT (account_id) DO UPDATE SET period_id = excluded.period_id, away_text = excluded.away_text;

-- name: follow_departments :many
-- $1 account  $2 departments  $3 their periods, 0 for none
WITH wish AS (SELECT * FROM unnest($2::bigint[], $3::bigint[]) w (id, period_id)),
before AS MATERIALIZED (
    SELECT d.id, d.period_id FROM departments d
     WHERE d.account_id = $1::bigint AND d.id = ANY ($2) ORDER BY d.id FOR UPDATE)
UPDATE departments d SET period_id = nullif(w.period_id, 0) FROM wish w JOIN before b ON b.id = w.id
 WHERE d.account_id = $1 AND d.id = w.id
RETURNING d.id, b.period_id, d.period_id;

-- name: follow_channels :many
-- $1 account  $2 channels  $3 their periods, 0 for none  $4 their away texts
WITH wish AS (SELECT * FROM unnest($2::bigint[], $3::bigint[], $4::text[]) w (id, period_id, away_text)),
before AS MATERIALIZED (
    SELECT c.id, c.period_id, c.away_text FROM channels c
     WHERE c.account_id = $1::bigint AND c.id = ANY ($2) ORDER BY c.id FOR UPDATE)
UPDATE channels c SET period_id = nullif(w.period_id, 0), away_text = w.away_text
  FROM wish w JOIN before b ON b.id = w.id
 WHERE c.account_id = $1 AND c.id = w.id
RETURNING c.id, b.period_id, c.period_id, b.away_text, c.away_text;

-- name: switches_save :exec
-- $1 account  $2 codes  $3 kept ones among them
WITH gone AS (DELETE FROM holiday_switches WHERE account_id = $1::bigint AND NOT code = ANY ($2::text[]))
INSERT INTO holiday_switches (account_id, code, is_kept)
SELECT $1, code, code = ANY ($3::text[]) FROM unnest($2) code
    ON CONFLICT (account_id, code) DO UPDATE SET is_kept = excluded.is_kept
 WHERE holiday_switches.is_kept <> excluded.is_kept;

-- name: city_clear :exec
-- $1 account
DELETE FROM city_holidays WHERE account_id = $1::bigint;

-- name: city_fill :exec
-- $1 account  $2 branches, 0 for every place  $3 names  $4 dates  $5 whether every year
INSERT INTO city_holidays (account_id, branch_id, name, on_date, every_year)
SELECT $1::bigint, nullif(x.branch_id, 0), x.name, DATE '1970-01-01' + x.day, x.every_year
  FROM unnest($2::bigint[], $3::text[], $4::int[], $5::boolean[]) x (branch_id, name, day, every_year);

-- name: shifts_clear :exec
-- $1 account
DELETE FROM shifts WHERE account_id = $1::bigint;

-- name: shifts_keep :exec
-- Those that were there stay who they are, whatever they are called now: flows name them by number.
-- $1 account  $2 ids, 0 for a new one  $3 names  $4 from  $5 until
INSERT INTO shifts (account_id, id, name, from_min, until_min) OVERRIDING SYSTEM VALUE
SELECT $1::bigint, x.* FROM unnest($2::bigint[], $3::text[], $4::smallint[], $5::smallint[]) x (id, name, from_min, until_min)
 WHERE x.id > 0;

-- name: shifts_fill :exec
-- The new ones of the same.
-- $1 account  $2 ids, 0 for a new one  $3 names  $4 from  $5 until
INSERT INTO shifts (account_id, name, from_min, until_min)
SELECT $1::bigint, x.name, x.from_min, x.until_min
  FROM unnest($2::bigint[], $3::text[], $4::smallint[], $5::smallint[]) x (id, name, from_min, until_min)
 WHERE x.id = 0;

-- name: place_list :many
-- $1 account
SELECT id, name, city, time_zone, uf FROM branches WHERE account_id = $1::bigint ORDER BY name, id LIMIT 500;

-- name: place_account :exec
-- $1 account  $2 uf
INSERT INTO account_hours (account_id, uf) VALUES ($1::bigint, $2::text)
    ON CONFLICT (account_id) DO UPDATE SET uf = excluded.uf;

-- name: place_branches :many
-- $1 account  $2 branches  $3 zones, empty for none  $4 states, empty for none
UPDATE branches b SET time_zone = nullif(w.time_zone, ''), uf = nullif(w.uf, '')
  FROM unnest($2::bigint[], $3::text[], $4::text[]) w (id, time_zone, uf)
 WHERE b.account_id = $1::bigint AND b.id = w.id
RETURNING b.id;

-- name: hours_department_list :many
-- $1 account
SELECT id, period_id FROM departments WHERE account_id = $1::bigint ORDER BY position, name LIMIT 500;

-- name: hours_channel_list :many
-- $1 account
SELECT id, period_id, away_text FROM channels WHERE account_id = $1::bigint ORDER BY name, id LIMIT 200;

-- name: hours_subject_exists :one
-- $1 account  $2 department  $3 channel
SELECT ($2::bigint IS NULL OR EXISTS (SELECT FROM departments WHERE account_id = $1::bigint AND id = $2))
   AND ($3::bigint IS NULL OR EXISTS (SELECT FROM channels WHERE account_id = $1 AND id = $3::bigint));
