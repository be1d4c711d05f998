-- locks: long
-- When somebody is there: periods of service and the days that are unlike others, who follows which period,
-- and what is known of a ticket that came when nobody was there. (The list of those needs an index of its own
-- over the tickets, and building it holds them.)
SET ROLE balcao_owner;

-- Where a branch is: the clock on its wall and the holidays that it keeps.
ALTER TABLE branches
    ADD COLUMN time_zone text, -- IANA; NULL: the account's
    ADD COLUMN uf        text CHECK (uf ~ '^[A-Z]{2}$'); -- NULL: no state's holidays

-- A named week. Its place is a branch, so that one period says the same to everybody who follows it.
CREATE TABLE service_periods (
    account_id      bigint NOT NULL REFERENCES accounts,
    id              bigint GENERATED ALWAYS AS IDENTITY,
    name            text NOT NULL,
    branch_id       bigint, -- NULL: the account's own place
    keeps_holidays  boolean NOT NULL DEFAULT true, -- false: they are days like others
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, id),
    CONSTRAINT period_name_is_taken UNIQUE (account_id, name),
    CONSTRAINT period_branch_exists FOREIGN KEY (account_id, branch_id) REFERENCES branches
);
CALL protect('service_periods');

-- Minutes after midnight; what passes it goes on beyond 1440.
CREATE TABLE period_ranges (
    account_id  bigint NOT NULL,
    period_id   bigint NOT NULL,
    day         smallint NOT NULL CHECK (day BETWEEN 0 AND 7), -- 0 is Sunday, 7 a holiday
    from_min    smallint NOT NULL CHECK (from_min BETWEEN 0 AND 1439),
    until_min   smallint NOT NULL,
    PRIMARY KEY (account_id, period_id, day, from_min),
    CONSTRAINT range_ends_within_a_day CHECK (until_min > from_min AND until_min <= from_min + 1440),
    FOREIGN KEY (account_id, period_id) REFERENCES service_periods ON DELETE CASCADE
);
CALL protect('period_ranges');

-- A date with a plan of its own: no range is closed.
CREATE TABLE period_exceptions (
    account_id  bigint NOT NULL,
    period_id   bigint NOT NULL,
    on_date     date NOT NULL,
    name        text NOT NULL DEFAULT '',
    PRIMARY KEY (account_id, period_id, on_date),
    FOREIGN KEY (account_id, period_id) REFERENCES service_periods ON DELETE CASCADE
);
CALL protect('period_exceptions');

CREATE TABLE exception_ranges (
    account_id  bigint NOT NULL,
    period_id   bigint NOT NULL,
    on_date     date NOT NULL,
    from_min    smallint NOT NULL CHECK (from_min BETWEEN 0 AND 1439),
    until_min   smallint NOT NULL,
    PRIMARY KEY (account_id, period_id, on_date, from_min),
    CONSTRAINT exception_ends_within_a_day CHECK (until_min > from_min AND until_min <= from_min + 1440),
    FOREIGN KEY (account_id, period_id, on_date) REFERENCES period_exceptions ON DELETE CASCADE
);
CALL protect('exception_ranges');

-- The country's and the states' holidays are computed; an account says where it differs from the law.
CREATE TABLE holiday_switches (
    account_id  bigint NOT NULL REFERENCES accounts,
    code        text NOT NULL,
    is_kept     boolean NOT NULL,
    PRIMARY KEY (account_id, code)
);
CALL protect('holiday_switches');

CREATE TABLE city_holidays (
    account_id  bigint NOT NULL REFERENCES accounts,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    branch_id   bigint, -- NULL: every place
    name        text NOT NULL,
    on_date     date NOT NULL,
    every_year  boolean NOT NULL,
    PRIMARY KEY (account_id, id),
    CONSTRAINT city_holiday_branch_exists FOREIGN KEY (account_id, branch_id) REFERENCES branches
);
CALL protect('city_holidays');

-- Named parts of the day ("manhã"), which flows ask for.
CREATE TABLE shifts (
    account_id  bigint NOT NULL REFERENCES accounts,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    name        text NOT NULL,
    from_min    smallint NOT NULL CHECK (from_min BETWEEN 0 AND 1439),
    until_min   smallint NOT NULL,
    PRIMARY KEY (account_id, id),
    CONSTRAINT shift_name_is_taken UNIQUE (account_id, name),
    CONSTRAINT shift_ends_within_a_day CHECK (until_min > from_min AND until_min <= from_min + 1440)
);
CALL protect('shifts');

-- For those who follow no period of their own.
CREATE TABLE account_hours (
    account_id  bigint PRIMARY KEY REFERENCES accounts, -- no row: always open, nothing is said
    period_id   bigint, -- NULL: always open
    uf          text CHECK (uf ~ '^[A-Z]{2}$'),
    away_text   text NOT NULL DEFAULT '', -- outside of hours, where department and channel say nothing
    CONSTRAINT period_is_followed FOREIGN KEY (account_id, period_id) REFERENCES service_periods
);
CALL protect('account_hours');

ALTER TABLE departments
    ADD COLUMN period_id bigint, -- NULL: that of whoever asks for it
    ADD CONSTRAINT department_period_exists FOREIGN KEY (account_id, period_id) REFERENCES service_periods;
ALTER TABLE channels
    ADD COLUMN period_id bigint,
    ADD COLUMN away_text text NOT NULL DEFAULT '', -- empty: the account's
    ADD CONSTRAINT channel_period_exists FOREIGN KEY (account_id, period_id) REFERENCES service_periods;

ALTER TABLE tickets
    ADD COLUMN out_of_hours_at timestamptz, -- the customer wrote then, with nobody there, and nobody answered since
    ADD COLUMN away_until timestamptz; -- they were told so, for as long as it lasts
CREATE INDEX tickets_out_of_hours ON tickets (account_id, state, last_activity_at DESC, id DESC)
    WHERE out_of_hours_at IS NOT NULL;

-- What a process knows of an account's hours is good as long as this number is the same. From a sequence,
-- so that what was rolled back never has a number that comes again.
CREATE SEQUENCE hours_version;
CREATE TABLE hours_versions (
    account_id  bigint PRIMARY KEY REFERENCES accounts, -- no row: nobody ever said anything
    version     bigint NOT NULL
);
CALL protect('hours_versions', 'SELECT');

CREATE FUNCTION hours_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    moved  record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    INSERT INTO public.hours_versions (account_id, version)
    VALUES ((to_jsonb(moved) ->> TG_ARGV[0])::bigint, nextval('public.hours_version'))
        ON CONFLICT (account_id) DO UPDATE SET version = excluded.version;
    RETURN NULL;
END $$;

DO $$
DECLARE
    kind text;
BEGIN
    FOREACH kind IN ARRAY ARRAY['service_periods', 'period_ranges', 'period_exceptions', 'exception_ranges',
                                'holiday_switches', 'city_holidays', 'shifts', 'account_hours'] LOOP
        EXECUTE format('CREATE TRIGGER hours_moved AFTER INSERT OR UPDATE OR DELETE ON %I '
                       'FOR EACH ROW EXECUTE FUNCTION hours_moved(''account_id'')', kind);
    END LOOP;
END $$;
CREATE TRIGGER hours_moved AFTER UPDATE OF time_zone, uf ON branches
    FOR EACH ROW EXECUTE FUNCTION hours_moved('account_id');
CREATE TRIGGER hours_moved AFTER INSERT OR UPDATE OF period_id, away_text ON departments
    FOR EACH ROW EXECUTE FUNCTION hours_moved('account_id');
CREATE TRIGGER hours_moved AFTER UPDATE OF period_id, away_text ON channels
    FOR EACH ROW EXECUTE FUNCTION hours_moved('account_id');
CREATE TRIGGER hours_moved AFTER UPDATE OF time_zone ON accounts
    FOR EACH ROW WHEN (OLD.time_zone <> NEW.time_zone) EXECUTE FUNCTION hours_moved('id');
RESET ROLE;
