/**
 * An account of the test file's own, so that files cannot meet: made in the database as an operator would, lived in
 * through the API. The people's passwords are the demo's.
 */
import { randomBytes } from 'node:crypto';

import type { Schemas } from './answer.ts';
import { Browser } from './browser.ts';
import { value } from './database.ts';

export const PEOPLE = {
  olga: 'owner',
  rafael: 'administrator',
  camila: 'manager',
  ana: 'agent',
  bruno: 'agent',
  fabiana: 'finance',
} as const;
export type Who = keyof typeof PEOPLE;

type Made = { id: number; departments: Record<string, number>; members: Record<Who, number>; reasons: Record<string, number> };

export type Account = Made & {
  slug: string;
  email: (who: Who) => string;
  /** Signed in, looking at this account. */
  as: (who: Who) => Promise<Browser>;
  catalogue: () => Promise<Schemas['AccountCatalogue']>;
};

export async function anAccount(): Promise<Account> {
  const slug = `teste-${randomBytes(6).toString('hex')}`;
  const email = (who: Who): string => `${who}@${slug}.exemplo`;
  const made = await value<Made>(MAKE, { slug, people: JSON.stringify(PEOPLE) });
  const signedIn = new Map<Who, Promise<Browser>>();

  const enter = async (who: Who): Promise<Browser> => {
    const browser = new Browser({ account_id: made.id });
    (await browser.signIn(email(who))).ok();
    return browser;
  };
  const as = (who: Who): Promise<Browser> => {
    const browser = signedIn.get(who) ?? enter(who);
    signedIn.set(who, browser);
    return browser;
  };
  return {
    ...made,
    slug,
    email,
    as,
    catalogue: async () => (await (await as('ana')).get('/api/v1/account')).ok(),
  };
}

const MAKE = `
BEGIN;
CREATE TEMP TABLE made ON COMMIT DROP AS
WITH a AS (INSERT INTO accounts (name, slug) VALUES ('Casa ' || :'slug', :'slug') RETURNING id),
     c AS (INSERT INTO companies (account_id, name) SELECT id, 'Casa' FROM a RETURNING account_id, id)
SELECT account_id, id AS company_id FROM c;

-- Several files and browsers of one person at once; what one live session means is tested apart.
UPDATE account_security SET allows_several_sessions = true WHERE account_id = (SELECT account_id FROM made);

INSERT INTO departments (account_id, company_id, name, position, is_active)
SELECT account_id, company_id, name, position, is_active
  FROM made, (VALUES ('Suporte', 1, true), ('Vendas', 2, true), ('Antigo', 3, false)) d (name, position, is_active);

-- Agents who see their whole departments: what most tests are about is not who sees what.
UPDATE groups g SET scope = 'department' FROM made m WHERE g.account_id = m.account_id AND g.builtin IN ('agent', 'manager');

INSERT INTO users (email, name, password_hash)
SELECT who || '@' || :'slug' || '.exemplo', initcap(who) || ' de Teste',
       (SELECT password_hash FROM users WHERE email = 'ana@redepinhao.exemplo')
  FROM json_each_text(:'people') p (who, builtin);

INSERT INTO memberships (account_id, user_id, group_id, display_name, is_agent)
SELECT m.account_id, u.id, g.id, u.name, p.builtin <> 'finance'
  FROM made m
 CROSS JOIN json_each_text(:'people') p (who, builtin)
  JOIN users u ON u.email = p.who || '@' || :'slug' || '.exemplo'
  JOIN groups g ON g.account_id = m.account_id AND g.builtin = p.builtin;

INSERT INTO department_members (account_id, department_id, member_id)
SELECT m.account_id, d.id, s.id FROM made m
  JOIN departments d ON d.account_id = m.account_id AND d.is_active
  JOIN memberships s ON s.account_id = m.account_id
  JOIN groups g ON g.account_id = s.account_id AND g.id = s.group_id AND g.builtin IN ('agent', 'manager');

INSERT INTO close_reasons (account_id, name, message, position)
SELECT account_id, r.name, r.message, r.position
  FROM made, (VALUES ('Resolvido', 'Até logo, {{contact.first_name}}! Protocolo {{ticket.protocol}}.', 1), ('Engano', '', 2)) r (name, message, position);

SELECT json_build_object(
    'id', m.account_id,
    'departments', (SELECT json_object_agg(name, id) FROM departments d WHERE d.account_id = m.account_id),
    'members', (SELECT json_object_agg(split_part(u.email, '@', 1), s.id)
                  FROM memberships s JOIN users u ON u.id = s.user_id WHERE s.account_id = m.account_id),
    'reasons', (SELECT json_object_agg(name, id) FROM close_reasons r WHERE r.account_id = m.account_id))
  FROM made m;
COMMIT;`;
