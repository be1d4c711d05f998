-- locks: brief
-- How an account is organised, and what it says by itself: companies and branches as their papers
-- name them, departments with their colour, their words and their people, the texts of the account
-- and the rules of closing.
SET ROLE balcao_owner;

ALTER TABLE companies ADD COLUMN phone text NOT NULL DEFAULT ''; -- as customers are told it

ALTER TABLE branches ADD CONSTRAINT branch_name_is_taken UNIQUE (account_id, company_id, name);

-- Words with a fixed meaning are domains (0004 says why).
CREATE DOMAIN department_color AS text CHECK (VALUE IN ('sand', 'blue', 'green', 'clay', 'violet', 'teal'));

ALTER TABLE departments
    ADD COLUMN color             department_color NOT NULL DEFAULT 'sand',
    ADD COLUMN serves            boolean NOT NULL DEFAULT true, -- tickets may wait in it
    ADD COLUMN notifies_transfer boolean NOT NULL DEFAULT true, -- of its members, unless one chose otherwise
    ADD COLUMN welcome_text      text NOT NULL DEFAULT '', -- to whoever opens a ticket in it; empty: the account's
    ADD COLUMN away_text         text NOT NULL DEFAULT ''; -- outside its hours; empty: nothing

ALTER TABLE department_members
    ADD COLUMN is_responsible    boolean NOT NULL DEFAULT false,
    ADD COLUMN notifies_transfer boolean; -- NULL: as the department does

ALTER TABLE close_reasons
    ADD COLUMN forces_message boolean NOT NULL DEFAULT false, -- whoever closes can neither change nor leave out its message
    ADD CONSTRAINT forced_has_message CHECK (NOT forces_message OR message <> '');

-- What an account says and asks for by itself. A row for each account, made with it.
CREATE TABLE account_settings (
    account_id           bigint PRIMARY KEY REFERENCES accounts,
    welcome_text         text NOT NULL DEFAULT '', -- when a ticket begins; empty: nothing
    closing_text         text NOT NULL DEFAULT '', -- when it ends and its reason has none of its own
    campaign_interval_s  int NOT NULL DEFAULT 30 CHECK (campaign_interval_s BETWEEN 5 AND 3600), -- between two sends
    requires_reason      boolean NOT NULL DEFAULT true -- to close
);
CALL protect('account_settings', 'SELECT, UPDATE');
GRANT INSERT ON account_settings TO balcao_gate;
INSERT INTO account_settings (account_id) SELECT id FROM accounts;
RESET ROLE;

SET ROLE balcao_gate;
-- What every account is born with.
CREATE OR REPLACE FUNCTION gate.equip_account(account bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO public.groups (account_id, builtin, name, scope, masks)
    SELECT account, b.word, b.word, b.scope, b.masks
      FROM (VALUES ('owner', 'account', 0), ('administrator', 'account', 0), ('manager', 'department', 0),
                   ('agent', 'own', 4), ('finance', 'account', 0), ('integrator', 'account', 4)) b (word, scope, masks);
    INSERT INTO public.account_security (account_id) VALUES (account);
    INSERT INTO public.account_settings (account_id) VALUES (account);
$$;
RESET ROLE;
