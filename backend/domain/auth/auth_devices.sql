-- name: device_trusted :one
-- no account: a device belongs to the person
-- $1 user  $2 device  $3 hash presented  $4 hash of the next  $5 now
SELECT gate.device_trusted($1::bigint, $2::bigint, $3::bytea, $4::bytea, $5::timestamptz);

-- name: device_trusted_until :opt
-- no account: a device belongs to the person
-- $1 user  $2 device  $3 now
SELECT trusted_until FROM gate.person_devices($1::bigint, $3::timestamptz) WHERE id = $2::bigint;

-- name: device_keep :one
-- no account: a device belongs to the person
-- $1 user  $2 device, as this browser says  $3 hash of its next secret  $4 agent  $5 address  $6 now
SELECT gate.device_keep($1::bigint, $2::bigint, $3::bytea, $4::text, $5::text, $6::timestamptz);

-- name: device_trust :exec
-- no account: a device belongs to the person
-- $1 user  $2 device  $3 hash of its secret  $4 until
SELECT gate.device_trust($1::bigint, $2::bigint, $3::bytea, $4::timestamptz);

-- name: device_forget :one
-- no account: a device belongs to the person
-- $1 user  $2 device, NULL: all
SELECT gate.person_devices_forget($1::bigint, $2::bigint);
