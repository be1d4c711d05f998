-- locks: brief
-- The address book as a file, and workbooks among the files that become contacts.
SET ROLE balcao_owner;

-- An identity that goes asks whether an alias points to it: an import of 100,000 people that is taken back asks 100,000 times.
CREATE INDEX contact_identities_of_first ON contact_identities (account_id, alias_of) WHERE alias_of IS NOT NULL;

-- What a member's list shows, written in pieces, fetched by them alone for a few days, then gone.
CREATE TABLE contact_exports (
    account_id   bigint NOT NULL REFERENCES accounts,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    state        text NOT NULL CHECK (state IN ('running', 'done', 'canceled', 'access_lost', 'failed', 'expired')),
    why          text, -- slug, when failed
    format       text NOT NULL CHECK (format IN ('csv', 'xlsx')),
    locale       text NOT NULL CHECK (locale IN ('pt-BR', 'en')), -- of its titles
    filter       text NOT NULL, -- the query of the list
    path         text NOT NULL, -- relative to the media store
    epoch        bigint NOT NULL DEFAULT 0, -- of the access it is written with; 0: not begun
    field_ids    bigint[] NOT NULL DEFAULT '{}', -- the account's own columns, as they were when it began
    after_id     bigint, -- written up to this contact; NULL: none yet
    size_bytes   bigint NOT NULL DEFAULT 0, -- that long the file was then
    sheet_bytes  bigint NOT NULL DEFAULT 0, -- of a workbook: its sheet so far, before it was packed
    sheet_crc    bigint NOT NULL DEFAULT 0,
    done_count   int NOT NULL DEFAULT 0,
    total_count  int, -- NULL: not counted yet
    member_id    bigint NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz, -- once it is done
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id, member_id) REFERENCES memberships,
    CONSTRAINT failed_export_has_reason CHECK (state <> 'failed' OR why IS NOT NULL),
    CONSTRAINT done_export_expires CHECK (state <> 'done' OR expires_at IS NOT NULL)
);
CREATE INDEX contact_exports_of_member ON contact_exports (account_id, member_id, id DESC);
CALL protect('contact_exports', 'SELECT, INSERT, UPDATE');

-- A workbook is unpacked first: its rows as text lie beside it until they are read.
ALTER TABLE contact_imports ADD COLUMN is_unpacked boolean NOT NULL DEFAULT false;
RESET ROLE;
