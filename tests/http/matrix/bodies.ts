/** What a route is asked with, when it takes a body. */
import { randomUUID } from 'node:crypto';

import { leastBody, type Route } from './routes.ts';
import type { Twin } from './twins.ts';

const tomorrow = (): string => new Date(Date.now() + 86_400_000).toISOString();

const aPolicy = (): Record<string, unknown> => ({ name: randomUUID(), first_answer_min: 30, warn_percent: 75 });

/** Bodies that pass where the smallest that the description allows would not. */
const BODIES: Record<string, (twin: Twin) => Record<string, unknown>> = {
  'POST /api/v1/tickets/:id/close': (twin) => ({ reason_id: twin.reason_id }),
  'POST /api/v1/tickets/:id/transfer': (twin) => ({ department_id: twin.departments['vendas'] }),
  'POST /api/v1/tickets/:id/messages': () => ({ client_key: randomUUID(), mode: 'whisper', text: 'x' }),
  'POST /api/v1/tickets/:id/scheduled': () => ({ client_key: randomUUID(), text: 'x', send_at: tomorrow() }),
  'PUT /api/v1/tickets/:id/messages/:seq/reaction': () => ({ emoji: '👍' }),
  'PATCH /api/v1/tickets/:id/messages/:seq': () => ({ text: 'x' }),
  'PATCH /api/v1/scheduled/:id': () => ({ text: 'x' }),
  'POST /api/v1/chats': (twin) => ({ member_id: twin.members.colleague }),
  'POST /api/v1/chats/:id/messages': () => ({ client_key: randomUUID(), text: 'x' }),
  'POST /api/v1/internal-groups': () => ({ name: randomUUID() }),
  'PUT /api/v1/internal-groups/:id': () => ({ name: randomUUID() }),
  'POST /api/v1/internal-groups/:id/notices': () => ({ client_key: randomUUID(), text: 'x' }),
  'PATCH /api/v1/contacts/:id': () => ({ notes: 'x' }),
  'POST /api/v1/answers': () => ({ scope: 'own', title: 'x', shortcut: randomUUID().slice(0, 8), body: 'x' }),
  'PUT /api/v1/answers/:id': () => ({ scope: 'own', title: 'x', shortcut: randomUUID().slice(0, 8), body: 'x' }),
  'POST /api/v1/contacts/:id/identities': () => ({ kind: 'external', address: randomUUID() }),
  'POST /api/v1/contacts/:id/customers': () => ({ document: '529.982.247-25', name: 'x' }),
  'POST /api/v1/contact-exports': () => ({ format: 'csv', locale: 'en', filter: '' }),
  'POST /api/v1/contact-imports/:id/try': () => ({ mapping: ['name'] }),
  'POST /api/v1/contact-groups/:id/add': (twin) => ({ contact_ids: [twin.own_contact_id] }),
  'POST /api/v1/contact-groups/:id/remove': (twin) => ({ contact_ids: [twin.own_contact_id] }),
  'POST /api/v1/tickets/:id/readers': (twin) => ({ member_id: twin.members.colleague }),
  'POST /api/v1/branches': (twin) => ({ name: randomUUID(), company_id: twin.companies[0] }),
  'PUT /api/v1/branches/:id': (twin) => ({ name: randomUUID(), company_id: twin.companies[0] }),
  'POST /api/v1/departments': (twin) => ({ name: randomUUID(), company_id: twin.companies[0] }),
  'PUT /api/v1/departments': (twin) => ({ department_ids: Object.values(twin.departments) }),
  'PUT /api/v1/departments/:id/members': () => ({ members: [] }),
  'POST /api/v1/close-reasons': () => ({ name: randomUUID() }),
  'PUT /api/v1/close-reasons': (twin) => ({ reason_ids: [twin.reason_id] }),
  'POST /api/v1/tickets/:id/assign': (twin) => ({ member_id: twin.members.colleague }),
  'PUT /api/v1/departments/:id/distribution': () => ({ mode: 'manual' }),
  'POST /api/v1/break-reasons': () => ({ name: randomUUID() }),
  'PUT /api/v1/break-reasons': (twin) => ({ reason_ids: [twin.break_reason_id] }),
  'PUT /api/v1/break-limits': () => ({ max_people: 900 }),
  'POST /api/v1/tickets/:id/snooze': () => ({ until: new Date(Date.now() + 3_600_000).toISOString() }),
  'POST /api/v1/tickets/:id/classify': (twin) => ({ type_id: twin.type_id }),
  'POST /api/v1/tickets/:id/tags': (twin) => ({ tag_id: twin.tag_id }),
  'POST /api/v1/tickets/:id/messages/:seq/tags': (twin) => ({ tag_id: twin.tag_id }),
  'POST /api/v1/contacts/:id/tags': (twin) => ({ tag_id: twin.tag_id }),
  'POST /api/v1/tags': () => ({ name: randomUUID() }),
  'POST /api/v1/tags/:id/merge': (twin) => ({ tag_id: twin.other_tag_id }),
  'POST /api/v1/ticket-types': () => ({ name: randomUUID() }),
  'POST /api/v1/bulks': (twin) => ({ act: 'read', ticket_ids: [twin.tickets[0]?.id] }),
  'PUT /api/v1/me/notices': () => ({ page: [], sound: [], system: [], push: [], tune: 'soft', volume: 50, repeats: false, only_away: false }),
  'POST /api/v1/me/push': () => ({ endpoint: `https://push.example/${randomUUID()}` }),
  'PATCH /api/v1/channels/:id': () => ({ welcome_text: '' }),
  'PUT /api/v1/channels/:id/secrets': () => ({ access_token: 'x' }),
  'PUT /api/v1/timers/transfer': () => ({ rules: [] }),
  'PUT /api/v1/timers/idle': () => ({ rules: [] }),
  'POST /api/v1/sla-policies': () => aPolicy(),
  'PUT /api/v1/sla-policies': (twin) => ({ policy_ids: [twin.policy_id] }),
  'PUT /api/v1/sla-policies/:id': () => aPolicy(),
  'POST /api/v1/flows': () => ({ name: randomUUID() }),
  'PUT /api/v1/flows/:id/draft': (twin) => ({ revision: 1, document: { format: 'balcao-flow', format_version: 1, key: 'fluxo', name: twin.mark } }),
  'PUT /api/v1/flows/:id/pages/:page/pencil': () => ({ asks: false }),
  'POST /api/v1/flows/:id/simulate': () => ({ steps: [{ in: { kind: 'message', text: 'oi' } }] }),
  'POST /api/v1/flows/:id/publish': () => ({ revision: 1 }),
  'POST /api/v1/flows/:id/versions/:number/revert': () => ({ live_number: 2, note: 'x' }),
  'POST /api/v1/flows/:id/moves': () => ({ number: 2 }),
  'POST /api/v1/flow-imports': () => ({ bundle: { format: 'balcao-flow', format_version: 1, key: 'vindo', name: 'Vindo' } }),
  'POST /api/v1/flow-imports/check': () => ({ bundle: { format: 'balcao-flow', format_version: 1, key: 'vindo', name: 'Vindo' } }),
  'POST /api/v1/flow-models': () => ({ model: 'loja' }),
  'POST /api/v1/flow-models/check': () => ({ model: 'loja' }),
  'PUT /api/v1/flow-starts': () => ({ starts: [] }),
  'POST /api/v1/flow-secrets': () => ({ name: `s${randomUUID().slice(0, 8)}`, value: 'x' }),
  'PUT /api/v1/hours/periods/:id': () => ({ name: 'Outro', keeps_holidays: true, week: [{ day: 1, from_min: 480, until_min: 1116 }], exceptions: [] }),
};

export const nameOf = (route: Route): string => `${route.method} ${route.path}`;
export const bodyOf = (route: Route, twin: Twin): Record<string, unknown> => (BODIES[nameOf(route)] ?? (() => leastBody(route)))(twin);
