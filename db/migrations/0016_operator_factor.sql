-- locks: brief
-- Operators show a second factor as well. They are no persons, so theirs are rows of their own; what is
-- counted and mailed on the way is the same as for persons. What operators do to themselves belongs to
-- no account and has a trail of its own.
SET ROLE balcao_owner;

ALTER TABLE operators DROP COLUMN factor; -- nobody ever wrote it

CREATE TABLE operator_factors (
    operator_id  bigint PRIMARY KEY REFERENCES operators,
    version      bigint NOT NULL,            -- bound into the seal, never given twice
    secret       bytea NOT NULL,             -- sealed with totp|operator|<operator>|<version>
    enrolled_at  timestamptz NOT NULL,
    last_step    bigint NOT NULL,            -- of the code used last: none at or before it is taken again
    drift        int NOT NULL DEFAULT 0 CHECK (drift BETWEEN -2 AND 2) -- steps its clock is ahead of ours
);

CREATE TABLE operator_recovery_codes (
    operator_id  bigint NOT NULL REFERENCES operators,
    number       int NOT NULL CHECK (number BETWEEN 0 AND 9), -- the code's own first digit
    hash         text NOT NULL,
    used_at      timestamptz,
    PRIMARY KEY (operator_id, number)
);

-- Only ever added to.
CREATE TABLE operator_events (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at           timestamptz NOT NULL,
    operator_id  bigint NOT NULL REFERENCES operators,
    action       text NOT NULL,
    actor_kind   audit_actor NOT NULL, -- operator: they themselves
    session_id   bigint,
    address      text,
    request_id   text,
    CONSTRAINT operator_event_has_actor CHECK (actor_kind IN ('operator', 'ctl'))
);
CREATE INDEX operator_events_of_operator ON operator_events (operator_id, id);

GRANT SELECT, INSERT, UPDATE ON operator_factors, operator_recovery_codes TO balcao_operator;
GRANT INSERT ON operator_events TO balcao_operator;

-- Tries are counted where everybody's are: those tables name nobody.
GRANT SELECT, INSERT, UPDATE, DELETE ON signin_throttle TO balcao_operator;
GRANT SELECT, INSERT, UPDATE ON signin_tickets TO balcao_operator;

-- Whoever is in has shown a password only.
UPDATE operator_sessions SET ended_at = now() WHERE ended_at IS NULL;
RESET ROLE;

SET ROLE balcao_gate;
GRANT EXECUTE ON FUNCTION gate.mail_add(text, text, text, bytea, bigint, timestamptz) TO balcao_operator;
RESET ROLE;
