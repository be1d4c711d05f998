/** The rows that a route may be asked about: whose they are, and who sees them. */
import { seesAnswer, seesChat, seesContact, seesCustomer, sees, supervises, writesAnswer } from './rules.ts';
import { type Ticket, type Twin, type Who, WHO } from './twins.ts';

/** A row of a kind: whose it is, and who sees it. */
export type Row = { id: number | string; name: string; seen: (who: Who) => boolean; written?: (who: Who) => boolean };

export const aboutTicket = (twin: Twin, ticket: Ticket): Row => ({
  id: ticket.id,
  name: `${ticket.state} of ${ticket.department ?? 'no department'} at ${ticket.channel} held by ${ticket.holder ?? 'nobody'}`,
  seen: (who) => sees(twin, who, ticket),
});

/** A colleague first: nobody changes themselves, and few change an owner. */
const people = (twin: Twin): Row[] =>
  WHO.toSorted((x, y) => Number(y === 'colleague') - Number(x === 'colleague')).map((who) => ({
    id: twin.members[who], name: `member ${who}`, seen: () => true,
  }));

export const forEverybody = (twin: Twin): number => twin.answers.find(({ owner, department }) => owner === null && department === null)?.id ?? 0;

const BUILT_IN = ['owner', 'administrator', 'manager', 'agent', 'finance', 'integrator'];

/** The rows that a parameter of a path may name. A kind that is not here makes the matrix fail: it must know whom it shows to whom. */
export const KINDS: Record<string, (twin: Twin) => Row[]> = {
  ticket: (twin) => twin.tickets.map((ticket) => aboutTicket(twin, ticket)),
  contact: (twin) =>
    [...new Set(twin.tickets.map(({ contact_id }) => contact_id))].map((id) => ({
      id,
      name: 'contact',
      seen: (who) => seesContact(twin, who, id),
    })),
  company: (twin) => twin.companies.map((id) => ({ id, name: 'company', seen: () => true })),
  branch: (twin) => twin.branches.map((id) => ({ id, name: 'branch', seen: () => true })),
  department: (twin) => Object.entries(twin.departments).map(([name, id]) => ({ id, name: `department ${name}`, seen: () => true })),
  'close-reason': (twin) => [{ id: twin.reason_id, name: 'reason', seen: () => true }],
  'break-reason': (twin) => [{ id: twin.break_reason_id, name: 'reason', seen: () => true }],
  break: (twin) => twin.breaks.map(({ id, of }) => ({ id, name: `of ${of}`, seen: (who) => supervises(who, of) })),
  team: (twin) => WHO.map((of) => ({ id: twin.members[of], name: `of ${of}`, seen: (who) => supervises(who, of) })),
  channel: (twin) => Object.entries(twin.channels).map(([name, id]) => ({ id, name: `channel ${name}`, seen: () => true })),
  member: (twin) => people(twin),
  reader_member: (twin) => people(twin),
  /* One of their own first: the built-in ones refuse whatever is asked. */
  group: (twin) =>
    Object.entries(twin.groups)
      .toSorted(([x], [y]) => Number(BUILT_IN.includes(x)) - Number(BUILT_IN.includes(y)))
      .map(([name, id]) => ({ id, name: `group ${name}`, seen: () => true })),
  invite: (twin) => [{ id: twin.invite_id, name: 'invite', seen: () => true }],
  token: (twin) => [{ id: twin.token_id, name: 'token', seen: () => true }],
  audit: (twin) => [{ id: twin.audit_id, name: 'row of a contact', seen: () => true }],
  push: (twin) => [{ id: twin.push_id, name: 'browser of the owner', seen: (who) => who === 'owner' }],
  period: (twin) => [{ id: twin.period_id, name: 'period', seen: () => true }],
  flow: (twin) => [{ id: twin.flow_id, name: 'flow', seen: () => true }],
  template: (twin) => [{ id: twin.template_id, name: 'template', seen: () => true }],
  'flow-secret_name': (twin) => [{ id: `segredo_${twin.id}`, name: 'secret', seen: () => true }],
  version_number: () => [{ id: 1, name: 'first', seen: () => true }],
  move_move: (twin) => [{ id: twin.flow_id, name: 'move', seen: () => true }],
  page_page: () => [{ id: 1, name: 'own', seen: () => true }],
  run_run: (twin) => twin.tickets.map((ticket) => aboutTicket(twin, ticket)),
  'sla-policy': (twin) => [{ id: twin.policy_id, name: 'policy', seen: () => true }],
  /* An agent's own first: of the others they may not write. */
  answer: (twin) =>
    twin.answers
      .toSorted((x, y) => Number(y.owner === 'agent') - Number(x.owner === 'agent'))
      .map((answer) => ({
        id: answer.id,
        name: `answer of ${answer.owner ?? answer.department ?? 'everybody'}`,
        seen: (who) => seesAnswer(who, answer),
        written: (who) => writesAnswer(twin, who, answer),
      })),
  /* Everyone's sight of a chat is being one of its people. */
  chat: (twin) => twin.chats.map((chat) => ({ id: chat.id, name: `${chat.kind} of ${chat.members.join(' and ')}`, seen: (who) => seesChat(who, chat) })),
  'internal-group': (twin) => twin.chats.filter(({ kind }) => kind === 'group').map(({ id }) => ({ id, name: 'internal group', seen: () => true })),
  answer_answer: (twin) => [{ id: forEverybody(twin), name: 'for everybody', seen: () => true }],
  scheduled: (twin) =>
    twin.scheduled.map(({ id, ticket_id }) => {
      const ticket = twin.tickets.find((one) => one.id === ticket_id) as Ticket;
      return { ...aboutTicket(twin, ticket), id };
    }),
  tag: (twin) => [{ id: twin.tag_id, name: 'tag', seen: () => true }],
  /* Whose it is: nobody else's. */
  bulk: (twin) => [{ id: twin.bulk_id, name: 'act of the owner', seen: (who) => who === 'owner' }],
  tag_tag: (twin) => [{ id: twin.tag_id, name: 'tag', seen: () => true }],
  'ticket-type': (twin) => [{ id: twin.type_id, name: 'type', seen: () => true }],
  identity_identity: (twin) => [{ id: twin.own_identity_id, name: 'way in', seen: () => true }],
  customer: (twin) => [{ id: twin.customer_id, name: 'registration', seen: (who) => seesCustomer(twin, who) }],
  customer_customer: (twin) => [{ id: twin.customer_id, name: 'registration', seen: () => true }],
  'contact-group': (twin) => [{ id: twin.contact_group_id, name: 'group of contacts', seen: () => true }],
  'contact-field': (twin) => [{ id: twin.contact_field_id, name: 'field', seen: () => true }],
  'contact-merge': (twin) => [{ id: twin.merge_id, name: 'merge', seen: (who) => seesContact(twin, who, twin.own_contact_id) }],
  'contact-export': (twin) => [{ id: twin.export_id, name: 'export of the owner', seen: (who) => who === 'owner' }],
  'contact-import': (twin) => [{ id: twin.import_id, name: 'import', seen: () => true }],
  message_seq: () => [{ id: 1, name: 'first', seen: () => true }],
};
