-- locks: long
-- Contacts as an address book: found, grouped, described, blocked, asked for consent, tied to customers,
-- merged, imported. (Two generated columns rewrite contacts and contact_identities.)
SET ROLE balcao_owner;

ALTER TABLE contacts
    ADD COLUMN active_at     timestamptz NOT NULL DEFAULT now(), -- a conversation of theirs last began, changed hands or ended
    ADD COLUMN created_by    bigint, -- member; NULL: wrote to us
    ADD COLUMN email_key     text GENERATED ALWAYS AS (lower(email)) STORED,
    ADD COLUMN consent       text NOT NULL DEFAULT 'none' CHECK (consent IN ('none', 'granted', 'withdrawn')), -- to messages: the last of consent_events
    ADD COLUMN blocked_at    timestamptz,
    ADD COLUMN blocked_by    bigint,
    ADD COLUMN block_reason  text NOT NULL DEFAULT '',
    ADD COLUMN blocked_count int NOT NULL DEFAULT 0, -- messages kept since
    ADD COLUMN deleted_at    timestamptz, -- a mark: who writes again is back
    ADD COLUMN deleted_by    bigint,
    ADD COLUMN delete_reason text NOT NULL DEFAULT '',
    ADD COLUMN merged_into   bigint, -- deleted because it was somebody else too
    ADD CONSTRAINT contact_has_creator FOREIGN KEY (account_id, created_by) REFERENCES memberships,
    ADD CONSTRAINT block_has_member FOREIGN KEY (account_id, blocked_by) REFERENCES memberships,
    ADD CONSTRAINT deletion_has_member FOREIGN KEY (account_id, deleted_by) REFERENCES memberships,
    ADD CONSTRAINT merged_into_contact FOREIGN KEY (account_id, merged_into) REFERENCES contacts,
    ADD CONSTRAINT merged_is_deleted CHECK (merged_into IS NULL OR deleted_at IS NOT NULL);
UPDATE contacts c SET active_at = coalesce((SELECT max(t.last_activity_at) FROM tickets t
                                             WHERE t.account_id = c.account_id AND t.contact_id = c.id), c.created_at);
-- One for each order of the list, one for each of its filters that few match.
CREATE INDEX contacts_by_activity ON contacts (account_id, active_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX contacts_by_name ON contacts (account_id, search_name, id) WHERE deleted_at IS NULL;
CREATE INDEX contacts_by_consent ON contacts (account_id, consent, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX contacts_blocked ON contacts (account_id, id DESC) WHERE blocked_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX contacts_deleted ON contacts (account_id, id DESC) WHERE deleted_at IS NOT NULL;
CREATE INDEX contacts_by_email ON contacts (account_id, email_key) WHERE email_key IS NOT NULL;
CREATE INDEX contacts_of_creator ON contacts (account_id, created_by) WHERE created_by IS NOT NULL;
CREATE INDEX contacts_merged ON contacts (account_id, merged_into) WHERE merged_into IS NOT NULL;

ALTER TABLE contact_identities
    -- The end of a phone: what two spellings of one number have in common, and what a slip of the finger leaves
    -- alone. Stored, because a function of a
    -- column would not reach an index under row-level security.
    ADD COLUMN tail text GENERATED ALWAYS AS (CASE WHEN kind = 'phone' THEN right(key, 8) END) STORED,
    ADD COLUMN ending text GENERATED ALWAYS AS (CASE WHEN kind = 'phone' THEN right(key, 4) END) STORED;
CREATE INDEX contact_identities_by_tail ON contact_identities (account_id, tail) WHERE tail IS NOT NULL;
CREATE INDEX contact_identities_by_ending ON contact_identities (account_id, ending) WHERE ending IS NOT NULL;

-- The list follows conversations as they begin, change hands and end; a message alone does not move it.
CREATE FUNCTION contacts_follow_ticket() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.contacts SET active_at = NEW.last_activity_at
     WHERE account_id = NEW.account_id AND id = NEW.contact_id AND active_at < NEW.last_activity_at - interval '1 minute';
    RETURN NULL;
END $$;
CREATE TRIGGER contacts_follow_new_ticket AFTER INSERT ON tickets
    FOR EACH ROW EXECUTE FUNCTION contacts_follow_ticket();
CREATE TRIGGER contacts_follow_ticket AFTER UPDATE OF state ON tickets
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION contacts_follow_ticket();

-- What a blocked contact wrote: kept, but no ticket, no bell.
CREATE TABLE blocked_messages (
    account_id   bigint NOT NULL,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    contact_id   bigint NOT NULL,
    channel_id   bigint NOT NULL,
    provider_id  text NOT NULL,
    kind         text NOT NULL,
    body         text NOT NULL,
    received_at  timestamptz NOT NULL,
    PRIMARY KEY (account_id, id),
    CONSTRAINT blocked_message_is_kept_once UNIQUE (account_id, channel_id, provider_id),
    FOREIGN KEY (account_id, contact_id) REFERENCES contacts,
    FOREIGN KEY (account_id, channel_id) REFERENCES channels
);
CREATE INDEX blocked_messages_of_contact ON blocked_messages (account_id, contact_id, id DESC);
CALL protect('blocked_messages', 'SELECT, INSERT, DELETE');

-- What an account wants to know of its contacts beyond what everybody has.
CREATE TABLE contact_fields (
    account_id   bigint NOT NULL REFERENCES accounts,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    name         text NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('text', 'number', 'date', 'flag', 'choice')),
    choices      text[] NOT NULL DEFAULT '{}', -- of a choice
    is_required  boolean NOT NULL DEFAULT false,
    position     int NOT NULL DEFAULT 0,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (account_id, id),
    CONSTRAINT field_name_is_taken UNIQUE (account_id, name),
    CONSTRAINT choice_has_choices CHECK ((kind = 'choice') = (cardinality(choices) > 0))
);
CALL protect('contact_fields');

CREATE TABLE contact_values (
    account_id  bigint NOT NULL,
    contact_id  bigint NOT NULL,
    field_id    bigint NOT NULL,
    value       text NOT NULL, -- as its kind is written: 12.5, 2026-11-27, true
    PRIMARY KEY (account_id, contact_id, field_id),
    FOREIGN KEY (account_id, contact_id) REFERENCES contacts,
    CONSTRAINT value_has_field FOREIGN KEY (account_id, field_id) REFERENCES contact_fields ON DELETE CASCADE
);
CREATE INDEX contact_values_of_field ON contact_values (account_id, field_id);
CALL protect('contact_values');

CREATE TABLE contact_groups (
    account_id    bigint NOT NULL REFERENCES accounts,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    name          text NOT NULL,
    description   text NOT NULL DEFAULT '',
    member_count  int NOT NULL DEFAULT 0, -- kept up by the trigger below
    created_at    timestamptz NOT NULL,
    PRIMARY KEY (account_id, id),
    CONSTRAINT contact_group_name_is_taken UNIQUE (account_id, name)
);
CALL protect('contact_groups');

CREATE TABLE contact_group_members (
    account_id  bigint NOT NULL,
    group_id    bigint NOT NULL,
    contact_id  bigint NOT NULL,
    added_at    timestamptz NOT NULL,
    PRIMARY KEY (account_id, group_id, contact_id),
    CONSTRAINT member_has_contact_group FOREIGN KEY (account_id, group_id) REFERENCES contact_groups ON DELETE CASCADE,
    FOREIGN KEY (account_id, contact_id) REFERENCES contacts
);
CREATE INDEX contact_group_members_of_contact ON contact_group_members (account_id, contact_id);
CALL protect('contact_group_members');

CREATE FUNCTION contact_groups_count() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.contact_groups g SET member_count = g.member_count + CASE TG_OP WHEN 'INSERT' THEN n.n ELSE -n.n END
      FROM (SELECT account_id, group_id, count(*)::int AS n FROM changed GROUP BY 1, 2) n
     WHERE g.account_id = n.account_id AND g.id = n.group_id;
    RETURN NULL;
END $$;
CREATE TRIGGER contact_groups_count_more AFTER INSERT ON contact_group_members
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION contact_groups_count();
CREATE TRIGGER contact_groups_count_less AFTER DELETE ON contact_group_members
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION contact_groups_count();

-- Who agreed to what, when, in which words, and by which message it shows. Only ever added to.
CREATE TABLE consent_events (
    account_id    bigint NOT NULL,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    contact_id    bigint NOT NULL,
    kind          text NOT NULL CHECK (kind IN ('messages', 'marketing', 'terms')),
    act           text NOT NULL CHECK (act IN ('granted', 'withdrawn')),
    source        text NOT NULL CHECK (source IN ('contact', 'member', 'import')),
    channel_id    bigint,
    wording       text NOT NULL DEFAULT '', -- version of the text that was shown
    note          text NOT NULL DEFAULT '',
    ticket_id     bigint, -- the message that proves it
    seq           int,
    member_id     bigint, -- who recorded it
    at            timestamptz NOT NULL,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, contact_id) REFERENCES contacts,
    CONSTRAINT consent_channel_exists FOREIGN KEY (account_id, channel_id) REFERENCES channels,
    CONSTRAINT consent_proof_exists FOREIGN KEY (account_id, ticket_id) REFERENCES tickets,
    CONSTRAINT consent_member_exists FOREIGN KEY (account_id, member_id) REFERENCES memberships
);
CREATE INDEX consent_events_of_contact ON consent_events (account_id, contact_id, id DESC);
CALL protect('consent_events', 'SELECT, INSERT');

-- The registration behind contacts: one for each CPF or CNPJ.
CREATE TABLE customers (
    account_id   bigint NOT NULL REFERENCES accounts,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    kind         text NOT NULL CHECK (kind IN ('person', 'company')),
    document     text NOT NULL, -- normal form: digits of a CPF, digits and capitals of a CNPJ
    name         text NOT NULL,
    email        text,
    phone        text,
    birth_on     date,
    street       text NOT NULL DEFAULT '',
    city         text NOT NULL DEFAULT '',
    state        text NOT NULL DEFAULT '',
    created_by   bigint,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (account_id, id),
    CONSTRAINT document_is_taken UNIQUE (account_id, document),
    CONSTRAINT document_fits_kind CHECK (length(document) = CASE kind WHEN 'person' THEN 11 ELSE 14 END),
    CONSTRAINT customer_has_creator FOREIGN KEY (account_id, created_by) REFERENCES memberships
);
CALL protect('customers');

CREATE TABLE contact_customers (
    account_id   bigint NOT NULL,
    contact_id   bigint NOT NULL,
    customer_id  bigint NOT NULL,
    linked_at    timestamptz NOT NULL,
    PRIMARY KEY (account_id, contact_id, customer_id),
    FOREIGN KEY (account_id, contact_id) REFERENCES contacts,
    CONSTRAINT link_has_customer FOREIGN KEY (account_id, customer_id) REFERENCES customers
);
CREATE INDEX contact_customers_of_customer ON contact_customers (account_id, customer_id, contact_id);
CALL protect('contact_customers');

-- 52998224725 → •••.982.247-••, 12ABC34501DE35 → ••.ABC.345/••••-••
CREATE FUNCTION mask_document(document text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE length(document)
        WHEN 11 THEN '•••.' || substr(document, 4, 3) || '.' || substr(document, 7, 3) || '-••'
        WHEN 14 THEN '••.' || substr(document, 3, 3) || '.' || substr(document, 6, 3) || '/••••-••'
        ELSE '•••' END
$$;
GRANT EXECUTE ON FUNCTION mask_document(text) TO balcao_api, balcao_worker, balcao_gate;

-- Two contacts that were one person: what went from one to the other, so that it can go back.
CREATE TABLE contact_merges (
    account_id      bigint NOT NULL,
    id              bigint GENERATED ALWAYS AS IDENTITY,
    kept_id         bigint NOT NULL,
    gone_id         bigint NOT NULL,
    took_email      text, -- what the kept one had not and took over; NULL: nothing
    took_notes      text,
    consent_before  text NOT NULL, -- of the kept one
    consent_after   text NOT NULL,
    blocks          boolean NOT NULL, -- the kept one was blocked by it
    merged_by       bigint, -- NULL: a program that is nobody's
    merged_at       timestamptz NOT NULL,
    undone_by       bigint,
    undone_at       timestamptz,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, kept_id) REFERENCES contacts,
    FOREIGN KEY (account_id, gone_id) REFERENCES contacts,
    FOREIGN KEY (account_id, merged_by) REFERENCES memberships,
    FOREIGN KEY (account_id, undone_by) REFERENCES memberships
);
CREATE INDEX contact_merges_of_kept ON contact_merges (account_id, kept_id, id DESC);
CREATE INDEX contact_merges_of_gone ON contact_merges (account_id, gone_id, id DESC);
CALL protect('contact_merges', 'SELECT, INSERT, UPDATE');

CREATE TABLE contact_merge_moves (
    account_id  bigint NOT NULL,
    merge_id    bigint NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('identity', 'ticket', 'customer', 'group', 'value')),
    row_id      bigint NOT NULL, -- of a value: its field
    value       text, -- of a value: as it was taken over
    PRIMARY KEY (account_id, merge_id, kind, row_id),
    FOREIGN KEY (account_id, merge_id) REFERENCES contact_merges
);
CALL protect('contact_merge_moves', 'SELECT, INSERT');

-- Two that look alike and are not: they are not suggested again.
CREATE TABLE contact_pairs_apart (
    account_id  bigint NOT NULL,
    lower_id    bigint NOT NULL,
    higher_id   bigint NOT NULL,
    said_by     bigint,
    said_at     timestamptz NOT NULL,
    PRIMARY KEY (account_id, lower_id, higher_id),
    FOREIGN KEY (account_id, lower_id) REFERENCES contacts,
    FOREIGN KEY (account_id, higher_id) REFERENCES contacts,
    FOREIGN KEY (account_id, said_by) REFERENCES memberships,
    CONSTRAINT pair_is_in_order CHECK (lower_id < higher_id)
);
CALL protect('contact_pairs_apart', 'SELECT, INSERT');

-- A file that becomes contacts: read into lines, tried, run, and perhaps undone, each in batches whose
-- end is recorded with them.
CREATE TABLE contact_imports (
    account_id    bigint NOT NULL REFERENCES accounts,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    filename      text NOT NULL,
    path          text NOT NULL, -- relative to the media store
    state         text NOT NULL CHECK (state IN ('reading', 'mapping', 'trying', 'tried', 'running', 'done', 'canceled',
                                                 'undoing', 'undone', 'failed')),
    why           text, -- slug, when failed
    header        text[] NOT NULL DEFAULT '{}',
    divider       text NOT NULL DEFAULT '', -- of its cells
    mapping       text[] NOT NULL DEFAULT '{}', -- what each column is: name, phone, email, notes, field:7, or nothing
    group_id      bigint, -- into this one
    read_bytes    bigint NOT NULL DEFAULT 0, -- of the file, so far
    size_bytes    bigint NOT NULL,
    line_count    int NOT NULL DEFAULT 0,
    done_count    int NOT NULL DEFAULT 0, -- of the present stage
    new_count     int NOT NULL DEFAULT 0, -- as tried; once it ran, as it was
    same_count    int NOT NULL DEFAULT 0,
    wrong_count   int NOT NULL DEFAULT 0,
    kept_count    int NOT NULL DEFAULT 0, -- not undone, because somebody talked to them since
    member_id     bigint NOT NULL,
    created_at    timestamptz NOT NULL,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, member_id) REFERENCES memberships,
    CONSTRAINT import_group_exists FOREIGN KEY (account_id, group_id) REFERENCES contact_groups ON DELETE SET NULL (group_id),
    CONSTRAINT failed_import_has_reason CHECK (state <> 'failed' OR why IS NOT NULL)
);
CALL protect('contact_imports');

CREATE TABLE contact_import_lines (
    account_id   bigint NOT NULL,
    import_id    bigint NOT NULL,
    line         int NOT NULL, -- of the file's records, the head is 1
    cells        text[] NOT NULL,
    outcome      text CHECK (outcome IN ('new', 'same', 'wrong')), -- NULL: not tried yet
    why          text NOT NULL DEFAULT '', -- slug, when wrong
    column_no    int NOT NULL DEFAULT 0,   -- which cell, from 1
    name         text NOT NULL DEFAULT '', -- what the cells mean, as it is kept
    key          text NOT NULL DEFAULT '',
    email        text NOT NULL DEFAULT '',
    notes        text NOT NULL DEFAULT '',
    fields       json,
    contact_id   bigint, -- whom it made
    is_done      boolean NOT NULL DEFAULT false,
    PRIMARY KEY (account_id, import_id, line),
    FOREIGN KEY (account_id, import_id) REFERENCES contact_imports
);
-- Each stage goes through what it has not done yet, in order.
CREATE INDEX contact_import_lines_untried ON contact_import_lines (account_id, import_id, line) WHERE outcome IS NULL;
CREATE INDEX contact_import_lines_todo ON contact_import_lines (account_id, import_id, line) WHERE outcome IN ('new', 'same') AND NOT is_done;
CREATE INDEX contact_import_lines_made ON contact_import_lines (account_id, import_id, line) WHERE contact_id IS NOT NULL;
CREATE INDEX contact_import_lines_wrong ON contact_import_lines (account_id, import_id, line) WHERE outcome = 'wrong';
CREATE INDEX contact_import_lines_by_key ON contact_import_lines (account_id, import_id, key, line) WHERE key <> '';
CALL protect('contact_import_lines');

GRANT USAGE ON SEQUENCE contacts_id_seq TO balcao_worker;
RESET ROLE;
