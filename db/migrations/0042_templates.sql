-- locks: brief
-- Templates: texts that WhatsApp approved beforehand, and that may be sent when a customer's day is over. They belong to
-- the network's account (WABA), whose numbers share them; here is what it last told of them.
SET ROLE balcao_owner;

CREATE TABLE template_books (
    account_id  bigint NOT NULL REFERENCES accounts,
    waba_id     text NOT NULL,
    wanted_at   timestamptz, -- a reading is queued since then; NULL: none is
    read_at     timestamptz, -- what is kept is as of then; NULL: never read
    failed_at   timestamptz, -- the last reading came to nothing
    why         text, -- the slug
    PRIMARY KEY (account_id, waba_id),
    CONSTRAINT failure_has_reason CHECK ((failed_at IS NULL) = (why IS NULL))
);
CALL protect('template_books', 'SELECT, INSERT, UPDATE');

-- A row stays when its template went away: flows name it, and messages were made of it.
CREATE TABLE message_templates (
    account_id   bigint NOT NULL,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    waba_id      text NOT NULL,
    name         text NOT NULL,
    language     text NOT NULL,
    provider_id  text NOT NULL, -- another one when it was made anew under its name
    category     text NOT NULL, -- the network's words, in lower case
    status       text NOT NULL,
    quality      text NOT NULL,
    shape        text NOT NULL, -- JSON; openapi: TemplateShape
    search_name  text GENERATED ALWAYS AS (plain(name)) STORED,
    changed_at   timestamptz NOT NULL,
    gone_at      timestamptz, -- the network knows it no more
    PRIMARY KEY (account_id, id),
    CONSTRAINT template_has_book FOREIGN KEY (account_id, waba_id) REFERENCES template_books
);
CREATE UNIQUE INDEX template_is_one ON message_templates (account_id, waba_id, name, language);
CREATE INDEX templates_by_name ON message_templates (account_id, search_name, id);
CALL protect('message_templates', 'SELECT, INSERT, UPDATE');
RESET ROLE;

-- What a template offers is found like what a question does.
SET ROLE balcao_gate;
CREATE OR REPLACE FUNCTION gate.offered_words(m public.messages) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT string_agg(concat_ws(' ', '', o ->> 'label', o ->> 'description'), '')
      FROM json_array_elements(CASE WHEN m.kind IN ('question', 'template') AND json_typeof(m.detail -> 'options') = 'array'
                                    THEN m.detail -> 'options' ELSE '[]' END) o
$$;
RESET ROLE;
