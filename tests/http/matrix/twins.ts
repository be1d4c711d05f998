/**
 * Two accounts of the same shape. Every word in one of them carries its mark, so an answer that holds the other's mark
 * has leaked, whatever it is. Made in the database, because no API may make people and past conversations.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, statSync, writeFileSync, chownSync } from 'node:fs';

import { Browser } from '../support/browser.ts';
import { sql, value } from '../support/database.ts';
import { aPng } from '../support/files.ts';
import { conf } from '../support/house.ts';
import { until } from '../support/until.ts';

export type Scope = 'own' | 'department' | 'branch' | 'account';
export type Actor = {
  /** A built-in group, or nobody's: then a group of its own is made of the rest. */
  builtin?: string;
  scope: Scope;
  permissions?: string[];
  channels?: string[];
  masks?: number;
  departments?: string[];
  branches?: string[];
};

const SERVING = ['tickets.view', 'tickets.reply', 'tickets.whisper', 'tickets.pick', 'tickets.transfer', 'tickets.close'];
const CONTACTS = ['contacts.view', 'contacts.edit', 'departments.view'];

/** Who asks: the built-in groups, a group of each scope, one that sees few channels and no phones. Programs are in programs.ts. */
export const ACTORS = {
  owner: { builtin: 'owner', scope: 'account' },
  administrator: { builtin: 'administrator', scope: 'account' },
  manager: { builtin: 'manager', scope: 'department', departments: ['suporte', 'vendas'] },
  agent: { builtin: 'agent', scope: 'own', departments: ['suporte'] },
  colleague: { builtin: 'agent', scope: 'own', departments: ['suporte', 'vendas', 'ouvidoria'] },
  finance: { builtin: 'finance', scope: 'account' },
  integrator: { builtin: 'integrator', scope: 'account' },
  own: { scope: 'own', permissions: [...SERVING, ...CONTACTS], departments: ['cobranca'] },
  department: { scope: 'department', permissions: [...SERVING, ...CONTACTS, 'tickets.view_bot', 'tickets.take_over'], departments: ['vendas'] },
  branch: { scope: 'branch', permissions: [...SERVING, ...CONTACTS, 'tickets.view_history'], departments: ['cobranca'], branches: ['norte'] },
  reading: { scope: 'account', permissions: ['tickets.view', 'contacts.view', 'contacts.view_all', 'channels.view'] },
  narrow: { scope: 'account', permissions: [...SERVING, ...CONTACTS], channels: ['site'], masks: 31 },
} as const satisfies Record<string, Actor>;
export type Who = keyof typeof ACTORS;
export const WHO = Object.keys(ACTORS) as Who[];

export type Ticket = {
  id: number;
  state: 'bot' | 'waiting' | 'serving' | 'surveying' | 'closed';
  channel: string;
  branch: string | null;
  department: string | null;
  holder: Who | null;
  contact_id: number;
  is_confidential: boolean;
  readers: Who[];
  attachment_id: number;
};

/** A quick answer: whose it is, or of which department, or everybody's. */
export type Answer = { id: number; owner: Who | null; department: string | null; file_id: number };

/** What colleagues say among themselves: who takes part, and the file that one of them sent. */
export type Chat = { id: number; kind: 'pair' | 'group'; members: Who[]; file_id: number | null };

type Made = {
  id: number;
  companies: number[];
  branches: number[];
  departments: Record<string, number>;
  channels: Record<string, number>;
  channel_keys: Record<string, string>;
  members: Record<Who, number>;
  groups: Record<string, number>;
  reason_id: number;
  break_reason_id: number;
  breaks: { id: number; of: Who }[];
  tag_id: number;
  other_tag_id: number;
  type_id: number;
  bulk_id: number;
  period_id: number;
  policy_id: number;
  flow_id: number;
  template_id: number;
  unsent_id: number;
  answers: Answer[];
  chats: Chat[];
  scheduled: { id: number; ticket_id: number }[];
  tickets: Ticket[];
};
export type Twin = Made & { own_contact_id: number; own_identity_id: number; customer_id: number; merge_id: number; import_id: number; export_id: number; contact_group_id: number; contact_field_id: number; push_id: number; mark: string; invite_id: number; token_id: number; audit_id: number; as: (who: Who) => Browser; permissions: (who: Who) => Set<string> };

let known: Record<string, string[]> | undefined;

/** Permissions of the built-in groups, from the programs' own table. */
async function builtins(): Promise<Record<string, string[]>> {
  known ??= await value<Record<string, string[]>>(`
    SELECT json_object_agg(g, names) FROM (
      SELECT g, (SELECT json_agg(p.name) FROM permissions p WHERE g = 'owner' OR g = ANY (p.builtins)) AS names
        FROM unnest(ARRAY['owner', 'administrator', 'manager', 'agent', 'finance', 'integrator']) g) x`);
  return known;
}

export async function aTwin(): Promise<Twin> {
  const mark = `m${randomBytes(5).toString('hex')}`;
  const held = await builtins();
  await sql(MAKE, { mark, actors: JSON.stringify(ACTORS), file: anImage(mark) });
  const made = await value<Made>(READ, { mark });
  const browsers = new Map<Who, Browser>();
  for (const who of WHO) {
    const browser = new Browser({ account_id: made.id });
    (await browser.signIn(`${who}@${mark}.exemplo`)).ok();
    browsers.set(who, browser);
  }
  /* Dangerous routes too are to answer for what they protect, not for how long ago somebody proved who they are. */
  await sql(`UPDATE sessions SET stepped_up_at = now() + interval '1 hour' WHERE ended_at IS NULL AND user_id IN
    (SELECT user_id FROM memberships WHERE account_id = ${made.id})`);
  const owner = browsers.get('owner') ?? new Browser();
  const invite = await owner.post('/api/v1/invites', { email: `convite@${mark}.exemplo`, group_id: made.groups['agent'] });
  const token = await owner.post('/api/v1/tokens', { kind: 'service', name: mark, permissions: ['tickets.view'] });
  (await owner.patch(`/api/v1/contacts/${made.tickets[0]?.contact_id ?? 0}`, { email: `contato@${mark}.exemplo` })).ok();
  const audit_id = await until('a sealed row of a contact', async () =>
    Number(await sql(`SELECT c.event_id FROM audit_chain c JOIN audit_events e ON e.account_id = c.account_id AND e.id = c.event_id
      WHERE c.account_id = ${made.id} AND e.action = 'contact.edited'`)) || undefined);
  const own_contact_id = made.tickets[0]?.contact_id ?? 0;
  const link = await owner.post(`/api/v1/contacts/${own_contact_id}/customers`, { document: '11.222.333/0001-81', name: mark });
  const other = (await owner.post('/api/v1/contacts', { name: `outra ${mark}` })).ok<{ id: number }>(201);
  (await owner.post(`/api/v1/contacts/${own_contact_id}/merge`, { contact_id: other.id })).ok();
  const merge_id = Number(await sql(`SELECT max(id) FROM contact_merges WHERE account_id = ${made.id}`));
  const import_id = Number(await sql(`INSERT INTO contact_imports (account_id, filename, path, state, size_bytes, member_id, created_at)
    VALUES (${made.id}, '${mark}.csv', '${mark}/image', 'undone', 1, ${made.members.owner}, now()) RETURNING id`));
  const export_id = Number(await sql(`INSERT INTO contact_exports (account_id, state, format, locale, filter, path, member_id, created_at)
    VALUES (${made.id}, 'canceled', 'csv', 'en', '', '${mark}/file', ${made.members.owner}, now()) RETURNING id`));
  const group = await owner.post('/api/v1/contact-groups', { name: mark });
  const push = await owner.post('/api/v1/me/push', { endpoint: `https://push.example/${mark}` });
  const field = await owner.post('/api/v1/contact-fields', { name: mark, kind: 'text' });
  return {
    ...made,
    mark,
    own_contact_id,
    own_identity_id: Number(await sql(`SELECT min(id) FROM contact_identities WHERE account_id = ${made.id} AND contact_id = ${own_contact_id}`)),
    customer_id: link.ok<{ data: { id: number }[] }>(201).data[0]?.id ?? 0,
    contact_group_id: group.ok<{ id: number }>(201).id,
    push_id: push.ok<{ id: number }>(201).id,
    merge_id,
    import_id,
    export_id,
    contact_field_id: field.ok<{ id: number }>(201).id,
    audit_id,
    invite_id: invite.ok<{ id: number }>(201).id,
    token_id: token.ok<{ token: { id: number } }>(201).token.id,
    as: (who) => browsers.get(who) ?? new Browser(),
    permissions: (who) => {
      const actor: Actor = ACTORS[who];
      return new Set(actor.builtin === undefined ? actor.permissions : held[actor.builtin]);
    },
  };
}

/** Relative to the media store; owned as the store is, so that nginx may read it. */
function anImage(mark: string): string {
  const store = conf('MEDIA_DIR');
  const { uid, gid } = statSync(store);
  mkdirSync(`${store}/${mark}`, { mode: 0o750 });
  writeFileSync(`${store}/${mark}/image`, aPng(mark), { mode: 0o640 });
  for (const place of [`${store}/${mark}`, `${store}/${mark}/image`]) chownSync(place, uid, gid);
  return `${mark}/image`;
}

/** Who holds what is dealt out in turns, so that everybody holds something in every state somewhere. */
const MAKE = `
BEGIN;
CREATE TEMP TABLE me ON COMMIT DROP AS
WITH a AS (INSERT INTO accounts (name, slug) VALUES ('Conta ' || :'mark', :'mark') RETURNING id) SELECT id FROM a;

INSERT INTO companies (account_id, name) SELECT id, c || ' ' || :'mark' FROM me, unnest(ARRAY['primeira', 'segunda']) c;
INSERT INTO branches (account_id, company_id, name)
SELECT me.id, c.id, b.name FROM me, (VALUES ('centro', 'primeira'), ('norte', 'primeira'), ('sul', 'segunda')) b (name, company)
  JOIN companies c ON c.name = b.company || ' ' || :'mark' WHERE c.account_id = me.id;
INSERT INTO departments (account_id, company_id, name, description, position, is_confidential)
SELECT me.id, (SELECT min(id) FROM companies c WHERE c.account_id = me.id), d.name, :'mark', d.position, d.name = 'ouvidoria'
  FROM me, (VALUES ('suporte', 1), ('vendas', 2), ('cobranca', 3), ('ouvidoria', 4)) d (name, position);
INSERT INTO channels (account_id, kind, name, department_id, branch_id, hook_token, public_key, state)
SELECT me.id, 'webchat', c.name, d.id, b.id, c.name || :'mark', c.name || :'mark', 'connected'
  FROM me CROSS JOIN (VALUES ('site', 'suporte', 'centro'), ('loja', 'vendas', 'norte'), ('app', 'cobranca', NULL)) c (name, department, branch)
  JOIN departments d ON d.account_id = me.id AND d.name = c.department
  LEFT JOIN branches b ON b.account_id = me.id AND b.name = c.branch;
INSERT INTO close_reasons (account_id, name, message) SELECT id, 'Resolvido ' || :'mark', '' FROM me;
INSERT INTO break_reasons (account_id, name, planned_min) SELECT id, 'Almoço ' || :'mark', 60 FROM me;
INSERT INTO tags (account_id, name, color, description, created_at) SELECT id, n || ' ' || :'mark', 'plain', :'mark', now() FROM me, unnest(ARRAY['boleto', 'fibra']) n;
INSERT INTO ticket_types (account_id, name) SELECT id, 'Dúvida ' || :'mark' FROM me;
INSERT INTO sla_policies (account_id, name, position, is_active, department_ids, channel_ids, priorities, first_answer_min, warn_percent, valid_from)
SELECT id, 'Política ' || :'mark', 1, false, '{}', '{}', '{}', 30, 75, now() FROM me;
INSERT INTO service_periods (account_id, name) SELECT id, 'Horário ' || :'mark' FROM me;
INSERT INTO flows (account_id, key, name, channels, created_at) SELECT id, 'fluxo', 'Fluxo ' || :'mark', '{webchat}', now() FROM me;
CREATE TEMP TABLE flow ON COMMIT DROP AS
SELECT f.account_id, f.id, '{"cards":[],"channels":["webchat"],"connectors":[],"format":"balcao-flow","format_version":1,"key":"fluxo","name":"Fluxo '
  || :'mark' || '","notes":[],"refs":[],"settings":{},"variables":[]}' AS document FROM me JOIN flows f ON f.account_id = me.id;
INSERT INTO flow_drafts (account_id, flow_id, document, content_hash, revision, error_count, warning_count, saved_at)
SELECT account_id, id, document, :'mark', 1, 0, 0, now() FROM flow;
INSERT INTO flow_versions (account_id, flow_id, number, document, content_hash, logic_hash, note, published_at, draft_revision)
SELECT account_id, id, n, document, :'mark', :'mark', 'Nota ' || :'mark', now(), n FROM flow, generate_series(1, 2) n;
INSERT INTO template_books (account_id, waba_id, read_at) SELECT id, :'mark', now() FROM me;
INSERT INTO message_templates (account_id, waba_id, name, language, provider_id, category, status, quality, shape, changed_at)
SELECT id, :'mark', 'modelo_' || :'mark', 'pt_BR', '1', 'utility', 'approved', 'green',
       '{"is_named":false,"header":null,"body":"Olá","footer":"","buttons":[],"variables":[],"unfit":null}', now() FROM me;
INSERT INTO flow_secrets (account_id, name, value, set_at) SELECT id, 'segredo_' || id, 'x', now() FROM me;
UPDATE flows f SET live_number = 2 FROM me WHERE f.account_id = me.id;

CREATE TEMP TABLE actors ON COMMIT DROP AS
SELECT key AS who, value AS a, row_number() OVER () AS place FROM json_each(:'actors');
INSERT INTO groups (account_id, name, permissions, scope, channels, masks)
SELECT me.id, who || ' ' || :'mark', ARRAY(SELECT json_array_elements_text(a -> 'permissions')), a ->> 'scope',
       CASE WHEN a -> 'channels' IS NOT NULL THEN ARRAY(SELECT c.id FROM channels c, json_array_elements_text(a -> 'channels') n
                                                        WHERE c.account_id = me.id AND c.name = n) END,
       coalesce((a ->> 'masks')::int, 0)
  FROM me, actors WHERE a ->> 'builtin' IS NULL;
INSERT INTO users (email, name, password_hash)
SELECT who || '@' || :'mark' || '.exemplo', who || ' ' || :'mark', (SELECT password_hash FROM users WHERE email = 'ana@redepinhao.exemplo')
  FROM actors ORDER BY place;
INSERT INTO memberships (account_id, user_id, group_id, display_name)
SELECT me.id, u.id, g.id, u.name FROM me CROSS JOIN actors
  JOIN users u ON u.email = who || '@' || :'mark' || '.exemplo'
  JOIN groups g ON g.account_id = me.id AND (g.builtin = a ->> 'builtin' OR g.name = who || ' ' || :'mark') ORDER BY place;
CREATE TEMP TABLE members ON COMMIT DROP AS
SELECT who, a, m.id FROM me JOIN memberships m ON m.account_id = me.id JOIN users u ON u.id = m.user_id
  JOIN actors ON who = split_part(u.email, '@', 1);
INSERT INTO department_members (account_id, department_id, member_id)
SELECT me.id, d.id, m.id FROM me CROSS JOIN members m CROSS JOIN json_array_elements_text(coalesce(a -> 'departments', '[]')) n
  JOIN departments d ON d.account_id = me.id AND d.name = n;
INSERT INTO breaks (account_id, member_id, reason_id, planned_min, started_at)
SELECT me.id, m.id, r.id, 60, now() FROM me, members m, break_reasons r WHERE r.account_id = me.id AND m.who IN ('agent', 'own');
INSERT INTO member_branches (account_id, branch_id, member_id)
SELECT me.id, b.id, m.id FROM me CROSS JOIN members m CROSS JOIN json_array_elements_text(coalesce(a -> 'branches', '[]')) n
  JOIN branches b ON b.account_id = me.id AND b.name = n;

CREATE TEMP TABLE drawn ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY s.place, d.id NULLS LAST, c.id) AS n, s.state, d.id AS department_id, d.name AS department,
       d.is_confidential, c.id AS channel_id, c.branch_id
  FROM me CROSS JOIN (VALUES ('serving', 1), ('surveying', 2), ('closed', 3), ('waiting', 4), ('bot', 5)) s (state, place)
 CROSS JOIN channels c CROSS JOIN (SELECT d.* FROM departments d UNION ALL SELECT (NULL::departments).*) d
 WHERE c.account_id = me.id AND (d.account_id = me.id OR (d.id IS NULL AND s.state IN ('bot', 'closed')));
INSERT INTO contacts (account_id, name, email, notes)
SELECT me.id, 'Pessoa ' || n || ' ' || :'mark', 'p' || n || '@' || :'mark' || '.exemplo', :'mark' FROM me, drawn ORDER BY n;
CREATE TEMP TABLE people ON COMMIT DROP AS
SELECT substring(c.name FROM 'Pessoa (\\d+)')::int AS n, c.id FROM me JOIN contacts c ON c.account_id = me.id;
INSERT INTO contact_identities (account_id, contact_id, kind, key, address, is_verified)
SELECT me.id, p.id, 'phone', '55499' || lpad((me.id * 1000 + n)::text, 8, '0'), '55499' || lpad((me.id * 1000 + n)::text, 8, '0'), true
  FROM me, people p;

INSERT INTO tickets (account_id, protocol, channel_id, branch_id, identity_id, contact_id, contact_name, contact_kind, contact_address,
                     department_id, is_confidential, assignee_id, state, controller, last_seq, shown_seq, unread_count, last_kind, last_direction,
                     last_preview, last_activity_at, last_inbound_at, opened_at, queued_at, assigned_at, closed_at)
SELECT me.id, to_char(d.n, 'FM0000') || '-' || :'mark', d.channel_id, d.branch_id, i.id, c.id, c.name, i.kind, i.address,
       d.department_id, coalesce(d.is_confidential, false),
       CASE WHEN d.state IN ('serving', 'surveying') OR (d.state = 'closed' AND d.department_id IS NOT NULL) THEN holders.ids[1 + d.n % array_length(holders.ids, 1)] END,
       d.state, CASE d.state WHEN 'bot' THEN 'bot' WHEN 'waiting' THEN 'queue' WHEN 'serving' THEN 'user' ELSE 'none' END,
       2, 1, d.n % 2, 'text', 'in', 'dito ' || d.n || ' ' || :'mark', now() - d.n * interval '1 minute', now() - d.n * interval '1 minute',
       now() - interval '3 hours', now() - interval '3 hours', CASE WHEN d.state IN ('serving', 'surveying') THEN now() END,
       CASE WHEN d.state = 'closed' THEN now() END
  FROM me CROSS JOIN drawn d
  CROSS JOIN (SELECT array_agg(id ORDER BY id) AS ids FROM members WHERE who <> ALL ('{owner,administrator,finance,integrator,reading}')) holders
  JOIN people p ON p.n = d.n JOIN contact_identities i ON i.account_id = me.id AND i.contact_id = p.id
  /* Every second closed ticket is the past of somebody who is being served now. */
  JOIN people q ON q.n = CASE WHEN d.state = 'closed' AND d.n % 2 = 0 THEN d.n - 24 ELSE d.n END
  JOIN contacts c ON c.account_id = me.id AND c.id = q.id
 ORDER BY d.n;
CREATE TEMP TABLE mine ON COMMIT DROP AS
SELECT left(t.protocol, 4)::int AS n, t.id, t.opened_at FROM me JOIN tickets t ON t.account_id = me.id;
INSERT INTO messages (account_id, ticket_id, seq, created_at, direction, author_kind, kind, body, attachments, state)
SELECT me.id, t.id, s.seq, now() - interval '2 hours', s.direction, s.author, s.kind, s.body || n || ' ' || :'mark', s.files, s.state
  FROM me, mine t, (VALUES (1, 'in', 'contact', 'image', 'dito ', 1, 'received'), (2, 'note', 'member', 'text', 'entre nós ', 0, 'internal'))
       s (seq, direction, author, kind, body, files, state);
/* A conversation with the flow in each, of the ticket's own number; it is over, so that no act wakes it. */
INSERT INTO flow_runs (account_id, id, flow_id, number, ticket_id, channel_id, cause, pins, epoch, seq, phase, state, started_at, stepped_at, ended_at, end_reason)
OVERRIDING SYSTEM VALUE
SELECT me.id, t.id, f.id, 2, t.id, t.channel_id, 'inbound', json_build_array(json_build_object('flow', 'fluxo', 'id', f.id, 'version', 2)), 0, 1, 'ended', '{}', now() - interval '1 hour', now(), now(), 'finished' FROM me
  JOIN flow f ON f.account_id = me.id JOIN tickets t ON t.account_id = me.id;
INSERT INTO flow_run_inputs (account_id, run_id, input_id, seq, at) SELECT me.id, t.id, 'msg:1', 1, now() FROM me, mine t;
/* A move of the flow, of its own number; it is over. */
INSERT INTO flow_moves (account_id, id, flow_id, number, state, started_at, finished_at) OVERRIDING SYSTEM VALUE
SELECT me.id, f.id, f.id, 2, 'done', now(), now() FROM me JOIN flow f ON f.account_id = me.id;
INSERT INTO flow_trace (account_id, run_id, seq, n, at, flow_id, number, card, type, visit, event, via)
SELECT me.id, t.id, 1, 1, now(), f.id, 2, 'ola', 'question', 1, 'enter', 'start' FROM me, flow f, mine t;
INSERT INTO attachments (account_id, ticket_id, seq, state, kind, mime, filename, size_bytes, path, created_at)
SELECT me.id, t.id, 1, 'ready', 'image', 'image/png', :'mark' || '.png', 100, :'file', now() FROM me, mine t;
INSERT INTO attachments (account_id, member_id, state, kind, mime, filename, size_bytes, path, created_at)
SELECT me.id, m.id, 'ready', 'image', 'image/png', :'mark' || '.png', 100, :'file', now() FROM me, members m WHERE m.who = 'agent';
INSERT INTO answers (account_id, scope, member_id, department_id, title, shortcut, body)
SELECT me.id, 'account', NULL::bigint, NULL::bigint, 'Para todos ' || :'mark', 'todos', :'mark' FROM me
UNION ALL SELECT me.id, 'own', m.id, NULL, 'De ' || m.who || ' ' || :'mark', m.who, :'mark' FROM me, members m
UNION ALL SELECT me.id, 'department', NULL, d.id, 'Do ' || d.name || ' ' || :'mark', d.name, :'mark' FROM me JOIN departments d ON d.account_id = me.id;
WITH files AS (
  INSERT INTO attachments (account_id, state, kind, mime, filename, size_bytes, path, created_at)
  SELECT n.account_id, 'ready', 'image', 'image/png', n.shortcut || :'mark' || '.png', 100, :'file', now() FROM me JOIN answers n ON n.account_id = me.id
  RETURNING account_id, id, filename)
INSERT INTO answer_files (account_id, answer_id, position, attachment_id)
SELECT n.account_id, n.id, 1, f.id FROM answers n JOIN files f ON f.account_id = n.account_id AND f.filename = n.shortcut || :'mark' || '.png';
INSERT INTO chats (account_id, member_a, member_b, name, last_seq, last_at, created_at)
SELECT me.id, least(x.id, y.id), greatest(x.id, y.id), NULL, 2, now(), now() FROM me, members x, members y WHERE (x.who, y.who) IN (('agent', 'colleague'), ('manager', 'finance'))
UNION ALL SELECT me.id, NULL, NULL, 'Plantão ' || :'mark', 1, now(), now() FROM me;
INSERT INTO chat_seats (account_id, member_id, chat_id) SELECT me.id, m.id, c.id FROM me JOIN chats c ON c.account_id = me.id JOIN members m ON m.id IN (c.member_a, c.member_b) OR (c.name IS NOT NULL AND m.who IN ('agent', 'finance'));
INSERT INTO chat_group_people (account_id, chat_id, member_id) SELECT me.id, c.id, s.member_id FROM me JOIN chats c ON c.account_id = me.id AND c.name IS NOT NULL JOIN chat_seats s ON s.account_id = me.id AND s.chat_id = c.id;
WITH file AS (
  INSERT INTO attachments (account_id, state, kind, mime, filename, size_bytes, path, created_at)
  SELECT me.id, 'ready', 'image', 'image/png', 'chat' || c.id || :'mark' || '.png', 100, :'file', now() FROM me JOIN chats c ON c.account_id = me.id AND c.name IS NULL
  RETURNING id, filename)
INSERT INTO chat_messages (account_id, chat_id, seq, author_id, body, attachment_id, created_at)
SELECT me.id, c.id, n, c.member_a, 'entre nós ' || :'mark', CASE WHEN n = 2 THEN f.id END, now() FROM me JOIN chats c ON c.account_id = me.id
  LEFT JOIN file f ON f.filename = 'chat' || c.id || :'mark' || '.png' CROSS JOIN generate_series(1, 2) n WHERE n <= c.last_seq;
INSERT INTO ticket_readers (account_id, ticket_id, member_id, invited_by, invited_at)
SELECT me.id, t.id, m.id, (SELECT id FROM members WHERE who = 'owner'), now()
  FROM me, members m JOIN mine t ON (m.who, t.n % 7) IN (('own', 3), ('agent', 5), ('narrow', 2));
INSERT INTO scheduled_messages (account_id, ticket_id, member_id, client_key, body, send_at, created_at)
SELECT me.id, t.id, m.id, 'depois-' || n, 'depois ' || :'mark', now() + interval '9 days', now() FROM me, members m, mine t WHERE m.who = 'agent';
INSERT INTO ticket_tags (account_id, ticket_id, tag_id, tagged_at)
SELECT me.id, t.id, g.id, now() FROM me JOIN tags g ON g.account_id = me.id AND g.name LIKE 'boleto%', mine t WHERE t.n % 3 = 0;
INSERT INTO bulks (account_id, member_id, act, wish, state, started_at, finished_at)
SELECT me.id, m.id, 'read', '{"act":"read"}', 'done', now(), now() FROM me, members m WHERE m.who = 'owner';
INSERT INTO ticket_favourites (account_id, member_id, ticket_id, marked_at)
SELECT me.id, m.id, t.id, now() FROM me, members m, mine t WHERE t.n % 4 = 0;
INSERT INTO drafts (account_id, ticket_id, member_id, mode, body, updated_at)
SELECT me.id, t.id, m.id, 'reply', 'rascunho ' || :'mark', now() FROM me, members m, mine t WHERE t.n % 9 = 1;
SELECT gate.search_again();
COMMIT;`;

const READ = `
WITH me AS (SELECT id FROM accounts WHERE slug = :'mark'),
     people AS (SELECT m.id, split_part(u.email, '@', 1) AS who FROM me JOIN memberships m ON m.account_id = me.id JOIN users u ON u.id = m.user_id)
SELECT json_build_object('id', me.id,
  'companies', (SELECT json_agg(id ORDER BY id) FROM companies WHERE account_id = me.id),
  'branches', (SELECT json_agg(id ORDER BY id) FROM branches WHERE account_id = me.id),
  'departments', (SELECT json_object_agg(name, id) FROM departments WHERE account_id = me.id),
  'channels', (SELECT json_object_agg(name, id) FROM channels WHERE account_id = me.id),
  'channel_keys', (SELECT json_object_agg(name, public_key) FROM channels WHERE account_id = me.id),
  'members', (SELECT json_object_agg(who, id) FROM people),
  'groups', (SELECT json_object_agg(name, id) FROM groups WHERE account_id = me.id),
  'reason_id', (SELECT id FROM close_reasons WHERE account_id = me.id),
  'policy_id', (SELECT id FROM sla_policies WHERE account_id = me.id),
  'template_id', (SELECT id FROM message_templates WHERE account_id = me.id),
  'flow_id', (SELECT id FROM flows WHERE account_id = me.id),
  'break_reason_id', (SELECT id FROM break_reasons WHERE account_id = me.id),
  'breaks', (SELECT json_agg(json_build_object('id', b.id, 'of', p.who) ORDER BY b.id) FROM breaks b JOIN people p ON p.id = b.member_id WHERE b.account_id = me.id AND b.ended_at IS NULL),
  'period_id', (SELECT id FROM service_periods WHERE account_id = me.id),
  'unsent_id', (SELECT id FROM attachments WHERE account_id = me.id AND ticket_id IS NULL AND member_id IS NOT NULL),
  'answers', (SELECT json_agg(json_build_object('id', n.id, 'owner', p.who, 'department', d.name, 'file_id', f.attachment_id) ORDER BY n.id)
    FROM answers n JOIN answer_files f ON f.account_id = n.account_id AND f.answer_id = n.id
    LEFT JOIN people p ON p.id = n.member_id LEFT JOIN departments d ON d.account_id = n.account_id AND d.id = n.department_id
   WHERE n.account_id = me.id),
  'chats', (SELECT json_agg(json_build_object('id', c.id, 'kind', CASE WHEN c.name IS NULL THEN 'pair' ELSE 'group' END,
       'members', (SELECT json_agg(p.who) FROM chat_seats s JOIN people p ON p.id = s.member_id WHERE s.account_id = me.id AND s.chat_id = c.id),
       'file_id', (SELECT m.attachment_id FROM chat_messages m WHERE m.account_id = me.id AND m.chat_id = c.id AND m.attachment_id IS NOT NULL)) ORDER BY c.id)
    FROM chats c WHERE c.account_id = me.id),
  'scheduled', (SELECT json_agg(json_build_object('id', s.id, 'ticket_id', s.ticket_id) ORDER BY s.id) FROM scheduled_messages s WHERE s.account_id = me.id),
  'tag_id', (SELECT id FROM tags WHERE account_id = me.id AND name LIKE 'boleto%'),
  'other_tag_id', (SELECT id FROM tags WHERE account_id = me.id AND name LIKE 'fibra%'),
  'type_id', (SELECT id FROM ticket_types WHERE account_id = me.id),
  'bulk_id', (SELECT id FROM bulks WHERE account_id = me.id),
  'tickets', (SELECT json_agg(json_build_object('id', t.id, 'state', t.state, 'channel', c.name, 'branch', b.name, 'department', d.name,
       'holder', p.who, 'contact_id', t.contact_id, 'is_confidential', t.is_confidential,
       'readers', ARRAY(SELECT q.who FROM ticket_readers r JOIN people q ON q.id = r.member_id WHERE r.account_id = me.id AND r.ticket_id = t.id),
       'attachment_id', (SELECT a.id FROM attachments a WHERE a.account_id = me.id AND a.ticket_id = t.id)) ORDER BY t.id)
    FROM tickets t JOIN channels c ON c.account_id = me.id AND c.id = t.channel_id
    LEFT JOIN branches b ON b.account_id = me.id AND b.id = t.branch_id
    LEFT JOIN departments d ON d.account_id = me.id AND d.id = t.department_id
    LEFT JOIN people p ON p.id = t.assignee_id WHERE t.account_id = me.id))
  FROM me`;
