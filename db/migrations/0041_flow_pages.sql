-- locks: brief
-- Who has a flow open, and who of them holds the pencil: one page at a time. A page says every few seconds that it
-- lives; what says nothing more holds nothing more.
SET ROLE balcao_owner;

CREATE TABLE flow_pages (
    account_id   bigint NOT NULL,
    flow_id      bigint NOT NULL,
    member_id    bigint NOT NULL,
    page         bigint NOT NULL, -- a number that the page gave itself: a person may have several open
    opened_at    timestamptz NOT NULL,
    alive_until  timestamptz NOT NULL,
    pencil_at    timestamptz, -- holds the pencil since
    asked_at     timestamptz, -- wants it of whoever holds it, since
    PRIMARY KEY (account_id, flow_id, member_id, page),
    CONSTRAINT page_has_flow FOREIGN KEY (account_id, flow_id) REFERENCES flows,
    CONSTRAINT page_is_somebodys FOREIGN KEY (account_id, member_id) REFERENCES memberships,
    CONSTRAINT whoever_holds_does_not_ask CHECK (num_nonnulls(pencil_at, asked_at) < 2)
) WITH (fillfactor = 50);
CREATE UNIQUE INDEX flow_has_one_pencil ON flow_pages (account_id, flow_id) WHERE pencil_at IS NOT NULL;
CALL protect('flow_pages', 'SELECT, INSERT, UPDATE, DELETE');
RESET ROLE;
