-- The account of the peers' workload: its departments and people. The passwords are the demo's.
-- :slug    of the account and of its people's addresses
-- :agents  how many people
BEGIN;
CREATE TEMP TABLE made ON COMMIT DROP AS
WITH a AS (INSERT INTO accounts (name, slug) VALUES ('Banco de provas', :'slug') RETURNING id),
     c AS (INSERT INTO companies (account_id, name) SELECT id, 'Banco de provas' FROM a RETURNING account_id, id)
SELECT account_id, id AS company_id FROM c;

UPDATE account_security SET allows_several_sessions = true WHERE account_id = (SELECT account_id FROM made);

-- Everybody sees everything, as with the peers.
UPDATE groups SET scope = 'account' WHERE builtin = 'agent' AND account_id = (SELECT account_id FROM made);

INSERT INTO departments (account_id, company_id, name, position)
SELECT account_id, company_id, name, position
  FROM made, (VALUES ('Suporte', 1), ('Financeiro', 2), ('Comercial', 3)) d (name, position);

INSERT INTO users (email, name, password_hash)
SELECT 'agente' || n || '@' || :'slug' || '.exemplo', 'Agente ' || n,
       (SELECT password_hash FROM users WHERE email = 'ana@redepinhao.exemplo')
  FROM generate_series(1, :agents) n;

-- The first one also sets the channel up.
INSERT INTO memberships (account_id, user_id, group_id, display_name, is_agent)
SELECT m.account_id, u.id, g.id, u.name, true
  FROM made m
  JOIN users u ON u.email LIKE 'agente%@' || :'slug' || '.exemplo'
  JOIN groups g ON g.account_id = m.account_id
   AND g.builtin = CASE WHEN u.email = 'agente1@' || :'slug' || '.exemplo' THEN 'administrator' ELSE 'agent' END
 ORDER BY u.id;

INSERT INTO department_members (account_id, department_id, member_id)
SELECT m.account_id, d.id, s.id FROM made m
  JOIN departments d USING (account_id) JOIN memberships s USING (account_id)
 WHERE s.id % 3 = d.id % 3;

SELECT json_build_object('account', account_id, 'department', (SELECT min(id) FROM departments d WHERE d.account_id = m.account_id))
  FROM made m;
COMMIT;
