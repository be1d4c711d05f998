-- locks: none
-- A program's stream lasts as long as its token. The gateway asks, several times a second and only about the
-- tokens whose streams it keeps, which of them are no longer what they were let in as: revoked, expired, or
-- with other rights than at that epoch. No event is needed for it, so none can be forgotten.
SET ROLE balcao_gate;

-- reason NULL: it lives, and has to be let in anew.
CREATE FUNCTION gate.token_ends(accounts bigint[], tokens bigint[], epochs bigint[])
RETURNS TABLE (account_id bigint, token_id bigint, epoch bigint, reason text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT w.account_id, w.token_id, w.epoch,
           CASE WHEN t.id IS NULL OR NOT t.is_live THEN 'token_revoked'
                WHEN t.expires_at <= now() THEN 'token_expired' END
      FROM unnest(accounts, tokens, epochs) w (account_id, token_id, epoch)
      LEFT JOIN gate.token t ON t.account_id = w.account_id AND t.id = w.token_id
     WHERE t.id IS NULL OR NOT t.is_live OR t.expires_at <= now() OR t.epoch <> w.epoch
$$;
GRANT EXECUTE ON FUNCTION gate.token_ends(bigint[], bigint[], bigint[]) TO balcao_live;
RESET ROLE;
