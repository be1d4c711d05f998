-- name: presence_hold :opt
-- Of a member who is there; held, so that no break starts before the transaction ends.
-- $1 account  $2 member
SELECT FROM member_presence p
 WHERE p.account_id = $1::bigint AND p.member_id = $2::bigint AND p.state = 'online'
   AND EXISTS (SELECT FROM memberships m
                WHERE m.account_id = p.account_id AND m.id = p.member_id AND m.is_active AND m.is_agent)
   AND EXISTS (SELECT FROM presence_connections c JOIN live_gateways g ON g.id = c.gateway_id
                WHERE c.account_id = p.account_id AND c.member_id = p.member_id AND g.alive_until > now())
   FOR SHARE OF p;

-- name: presence_sweep :exec
-- no account: one gateway serves them all.
SELECT gate.sweep_presence();
