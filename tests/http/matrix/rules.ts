/**
 * Who sees what, said a second time and from nothing but the specification: the matrix compares it with the answers of
 * the house. It knows groups and departments as people made them, never what the house compiled from them.
 */
import { ACTORS, type Actor, type Answer, type Chat, type Ticket, type Twin, type Who } from './twins.ts';

const isLive = ({ state }: Ticket): boolean => state === 'serving' || state === 'surveying';
const among = (list: readonly string[] | undefined, one: string | null): boolean => one !== null && (list ?? []).includes(one);

export function sees(twin: Twin, who: Who, ticket: Ticket): boolean {
  const actor: Actor = ACTORS[who];
  const may = (permission: string): boolean => twin.permissions(who).has(permission);
  if (actor.channels !== undefined && !actor.channels.includes(ticket.channel)) return false;
  const reachesDepartments = actor.scope === 'department' || actor.scope === 'branch';
  const serves = twin.tickets.some((one) => isLive(one) && one.holder === who && one.contact_id === ticket.contact_id);
  return (
    actor.scope === 'account' ||
    ticket.holder === who ||
    (reachesDepartments && among(actor.departments, ticket.department)) ||
    (actor.scope === 'branch' && among(actor.branches, ticket.branch)) ||
    (ticket.state === 'waiting' && ticket.holder === null && may('tickets.pick') && among(actor.departments, ticket.department)) ||
    (ticket.state === 'bot' && ticket.department === null && may('tickets.view_bot')) ||
    (ticket.state === 'closed' && !ticket.is_confidential && may('tickets.view_history') && serves) ||
    ticket.readers.includes(who)
  );
}

/** What is told as it happens: the same without the past. */
export function hears(twin: Twin, who: Who, ticket: Ticket): boolean {
  return sees({ ...twin, tickets: [] }, who, ticket);
}

export function seesContact(twin: Twin, who: Who, contact_id: number): boolean {
  return (
    twin.permissions(who).has('contacts.view_all') ||
    twin.tickets.some((ticket) => ticket.contact_id === contact_id && sees(twin, who, ticket))
  );
}

export function seesAnswer(who: Who, { owner, department }: Answer): boolean {
  const actor: Actor = ACTORS[who];
  return owner === null && department === null ? true : owner !== null ? owner === who : actor.scope === 'account' || among(actor.departments, department);
}

/** Whose it is decides who may write it. */
export function writesAnswer(twin: Twin, who: Who, { owner, department }: Answer): boolean {
  const of = owner !== null ? 'own' : department !== null ? 'department' : 'account';
  return twin.permissions(who).has(`canned.edit_${of}`);
}

/** Oneself, who serves in one of one's departments, or everybody for those who see everything. */
export function supervises(who: Who, of: Who): boolean {
  const [actor, other]: Actor[] = [ACTORS[who], ACTORS[of]];
  const reachesDepartments = actor?.scope === 'department' || actor?.scope === 'branch';
  return who === of || actor?.scope === 'account' || (reachesDepartments && (actor?.departments ?? []).some((one) => among(other?.departments, one)));
}

/** Those who take part, and no group or scope beyond them: not even an owner. */
export const seesChat = (who: Who, { members }: Chat): boolean => members.includes(who);

/** A registration of whom one sees, or any for those who see everything. */
export function seesCustomer(twin: Twin, who: Who): boolean {
  return ACTORS[who].scope === 'account' || seesContact(twin, who, twin.own_contact_id);
}

export const visible = (twin: Twin, who: Who): Ticket[] => twin.tickets.filter((ticket) => sees(twin, who, ticket));
