-- locks: none
-- A question is found by what it offers too: its options stand beside its text (openapi: Message.detail).
SET ROLE balcao_gate;

CREATE FUNCTION gate.offered_words(m public.messages) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT string_agg(concat_ws(' ', '', o ->> 'label', o ->> 'description'), '')
      FROM json_array_elements(CASE WHEN m.kind = 'question' AND json_typeof(m.detail -> 'options') = 'array'
                                    THEN m.detail -> 'options' ELSE '[]' END) o
$$;

-- What is said of a message: its text, what it offers, and the names of its files.
CREATE OR REPLACE FUNCTION gate.search_words_of(m public.messages) RETURNS tsvector
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT public.search_words(m.body || coalesce(gate.offered_words(m), '') || coalesce(
               (SELECT string_agg(' ' || f.filename, '') FROM public.attachments f
                 WHERE m.attachments > 0 AND f.account_id = m.account_id AND f.ticket_id = m.ticket_id AND f.seq = m.seq), ''))
     WHERE m.direction <> 'system' AND m.deleted_at IS NULL
$$;
RESET ROLE;
