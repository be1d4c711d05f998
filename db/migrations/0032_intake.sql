-- locks: long
-- What a new contact is asked before anybody serves them, and whether they are saved by themselves.
-- (Three partial indexes of contacts are built again.)
SET ROLE balcao_owner;

-- A merge takes the other's tags along.
ALTER TABLE contact_merge_moves
    DROP CONSTRAINT contact_merge_moves_kind_check,
    ADD CONSTRAINT contact_merge_moves_kind_check CHECK (kind IN ('identity', 'ticket', 'customer', 'group', 'value', 'tag'));

ALTER TABLE account_settings
    ADD COLUMN saves_contacts       boolean NOT NULL DEFAULT true, -- who writes for the first time is in the address book at once
    ADD COLUMN contact_restriction  text NOT NULL DEFAULT 'none' CHECK (contact_restriction IN ('none', 'approve')), -- approve: asked, shown, and let through
    ADD COLUMN asks_consent         boolean NOT NULL DEFAULT false, -- to keep their data
    ADD COLUMN asks_birth_date      boolean NOT NULL DEFAULT false,
    ADD COLUMN asks_document        boolean NOT NULL DEFAULT false, -- CPF or CNPJ
    ADD COLUMN request_text         text NOT NULL DEFAULT '', -- before the first of these; empty: the product's own
    ADD COLUMN intake_tries         int NOT NULL DEFAULT 3 CHECK (intake_tries BETWEEN 1 AND 10), -- wrong answers until a person takes over
    ADD COLUMN consent_version      int NOT NULL DEFAULT 0, -- of consent_wordings; 0: none yet
    ADD COLUMN terms_url            text NOT NULL DEFAULT '',
    ADD COLUMN requires_terms       boolean NOT NULL DEFAULT false,
    ADD COLUMN terms_version        int NOT NULL DEFAULT 0,
    ADD CONSTRAINT required_terms_have_link CHECK (NOT requires_terms OR terms_url <> '');

-- The very words that people agree to. Only ever added to.
CREATE TABLE consent_wordings (
    account_id  bigint NOT NULL REFERENCES accounts,
    kind        text NOT NULL CHECK (kind IN ('terms', 'data_storage')),
    version     int NOT NULL,
    body        text NOT NULL,
    made_at     timestamptz NOT NULL,
    PRIMARY KEY (account_id, kind, version)
);
CALL protect('consent_wordings', 'SELECT, INSERT');

ALTER TABLE consent_events
    DROP CONSTRAINT consent_events_kind_check,
    ADD CONSTRAINT consent_events_kind_check CHECK (kind IN ('messages', 'marketing', 'terms', 'data_storage')),
    ADD COLUMN provider_id text NOT NULL DEFAULT ''; -- the channel's own name of the message that proves it

-- Whoever is here already was known before there were any questions.
ALTER TABLE contacts
    ADD COLUMN is_saved       boolean NOT NULL DEFAULT true, -- in the address book; else only in conversations
    ADD COLUMN asked_at       timestamptz DEFAULT now(), -- answered the first questions, or came when there were none
    ADD COLUMN terms_version  int NOT NULL DEFAULT 0, -- of the terms that they accepted last; 0: none
    ADD COLUMN birth_on       date;
ALTER TABLE contacts ALTER COLUMN asked_at DROP DEFAULT;
DROP INDEX contacts_by_activity, contacts_by_name, contacts_by_consent;
CREATE INDEX contacts_by_activity ON contacts (account_id, active_at DESC, id DESC) WHERE deleted_at IS NULL AND is_saved;
CREATE INDEX contacts_by_name ON contacts (account_id, search_name, id) WHERE deleted_at IS NULL AND is_saved;
CREATE INDEX contacts_by_consent ON contacts (account_id, consent, id DESC) WHERE deleted_at IS NULL AND is_saved;
CREATE INDEX contacts_unsaved ON contacts (account_id, id DESC) WHERE NOT is_saved AND deleted_at IS NULL;

-- Who said that a registration is theirs is known.
ALTER TABLE contact_customers
    ADD COLUMN source text NOT NULL DEFAULT 'member' CHECK (source IN ('member', 'contact')); -- contact: they said so themselves

-- The first questions of a ticket and how far they went.
CREATE TABLE intakes (
    account_id   bigint NOT NULL,
    ticket_id    bigint NOT NULL,
    state        text NOT NULL CHECK (state IN ('asking', 'done', 'given_up', 'refused', 'blocked', 'overridden', 'taken')),
    asked        int NOT NULL, -- what it began with, bits as in intake.h
    needs        int NOT NULL, -- what is not answered yet
    wrong_count  int NOT NULL DEFAULT 0, -- answers to the present question
    asked_at     timestamptz NOT NULL, -- the present question
    started_at   timestamptz NOT NULL,
    ended_at     timestamptz,
    ended_by     bigint, -- member who overrode it
    reason       text NOT NULL DEFAULT '', -- of whoever overrode it
    PRIMARY KEY (account_id, ticket_id),
    FOREIGN KEY (account_id, ticket_id) REFERENCES tickets,
    CONSTRAINT intake_ender_exists FOREIGN KEY (account_id, ended_by) REFERENCES memberships,
    CONSTRAINT asking_is_not_over CHECK ((state = 'asking') = (ended_at IS NULL)),
    CONSTRAINT override_has_reason CHECK (state <> 'overridden' OR reason <> '')
);
CALL protect('intakes', 'SELECT, INSERT, UPDATE');

-- Whoever takes the ticket from the bot ends its questions, by whatever act.
CREATE FUNCTION intakes_follow_ticket() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.intakes SET state = 'taken', ended_at = NEW.last_activity_at
     WHERE account_id = NEW.account_id AND ticket_id = NEW.id AND state = 'asking';
    RETURN NULL;
END $$;
CREATE TRIGGER intakes_follow_ticket AFTER UPDATE OF state ON tickets
    FOR EACH ROW WHEN (OLD.state = 'bot' AND NEW.state <> 'bot') EXECUTE FUNCTION intakes_follow_ticket();
RESET ROLE;
