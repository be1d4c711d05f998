-- locks: brief
-- Conversations that somebody moves to the version that is live, each written down before any is moved: whoever is killed
-- in between goes on where it was, and what has begun meanwhile is none of them.
SET ROLE balcao_owner;

CREATE TABLE flow_moves (
    account_id   bigint NOT NULL,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    flow_id      bigint NOT NULL,
    number       int NOT NULL, -- to which: what was live when it was decided
    member_id    bigint, -- who decided; NULL: a program
    state        text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'cancelled', 'overtaken')), -- overtaken: another was published
    started_at   timestamptz NOT NULL,
    finished_at  timestamptz,
    PRIMARY KEY (account_id, id),
    CONSTRAINT move_has_version FOREIGN KEY (account_id, flow_id, number) REFERENCES flow_versions,
    CONSTRAINT move_member_exists FOREIGN KEY (account_id, member_id) REFERENCES memberships,
    CONSTRAINT move_ends CHECK ((state = 'running') = (finished_at IS NULL))
);
CREATE UNIQUE INDEX flow_moves_once ON flow_moves (account_id, flow_id) WHERE state = 'running';
CALL protect('flow_moves', 'SELECT, INSERT, UPDATE');

CREATE TABLE flow_move_items (
    account_id  bigint NOT NULL,
    move_id     bigint NOT NULL,
    run_id      bigint NOT NULL,
    state       text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'moved', 'stayed')),
    reason      text, -- why it stayed; move.h
    look_at     timestamptz NOT NULL, -- not before: it waited for an answer from outside
    PRIMARY KEY (account_id, move_id, run_id),
    CONSTRAINT item_has_move FOREIGN KEY (account_id, move_id) REFERENCES flow_moves,
    CONSTRAINT item_has_run FOREIGN KEY (account_id, run_id) REFERENCES flow_runs,
    CONSTRAINT stayed_says_why CHECK ((state = 'stayed') = (reason IS NOT NULL))
);
CREATE INDEX flow_move_items_next ON flow_move_items (account_id, move_id, look_at, run_id) WHERE state = 'pending';
CALL protect('flow_move_items', 'SELECT, INSERT, UPDATE');

-- A visit that is moved ends in one version and begins in another.
ALTER TABLE flow_counters DROP CONSTRAINT flow_counters_what_check,
    ADD CONSTRAINT flow_counters_what_check CHECK (what IN ('start', 'jump', 'return', 'entry', 'run', 'left', 'abandoned', 'finished',
        'interrupted', 'moved', 'moved_in', 'invalid', 'answered', 'answered_first', 'sent'));
RESET ROLE;
