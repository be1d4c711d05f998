-- name: tx_begin :exec
-- no account: opens a transaction, whose statements see what others have committed meanwhile; they lock what they decide on.
BEGIN ISOLATION LEVEL READ COMMITTED;

-- name: tx_commit :exec
-- no account: ends it.
COMMIT;

-- name: tx_rollback :exec
-- no account: undoes it.
ROLLBACK;

-- name: account_set :exec
-- Until the transaction ends, and never longer: connections are shared by all accounts.
-- $1 account
SELECT set_config('balcao.account', $1::bigint::text, true);
