/**
 * Programs as actors: what their tokens hold, which rows those show, said from nothing but the specification; and an
 * operator, who is of no account. A program has several tokens of one kind, which take turns: each may ask so often a minute.
 */

import type { Answer } from '../support/answer.ts';
import { Browser } from '../support/browser.ts';
import { sql } from '../support/database.ts';
import type { Route } from './routes.ts';
import { sees } from './rules.ts';
import type { Ticket, Twin, Who } from './twins.ts';

type Program = { permissions: readonly string[]; departments?: readonly string[]; channels?: readonly string[] } & (
  | { kind: 'service' | 'chatbot' }
  | { kind: 'personal'; member: Who }
);

const TALKING = ['tickets.view', 'tickets.reply', 'tickets.transfer', 'tickets.close', 'contacts.view', 'contacts.edit'];

export const PROGRAMS = {
  service: { kind: 'service', permissions: [...TALKING, 'contacts.view_all', 'channels.view', 'departments.view', 'users.view', 'tokens.view'] },
  sales: { kind: 'service', permissions: [...TALKING, 'tickets.view_bot'], departments: ['vendas'], channels: ['site', 'loja'] },
  /* More than its member holds: channels are not for agents. */
  personal: { kind: 'personal', member: 'colleague', permissions: [...TALKING, 'tickets.pick', 'channels.view', 'users.view'] },
  chatbot: { kind: 'chatbot', permissions: TALKING, channels: ['site'] },
} as const satisfies Record<string, Program>;
export type ProgramName = keyof typeof PROGRAMS;
export const PROGRAM_NAMES = Object.keys(PROGRAMS) as ProgramName[];

/** What only somebody does who then holds the ticket, or was it that said something. */
const FOR_PERSONS = ['tickets.pick', 'tickets.take_over', 'tickets.start', 'tickets.invite', 'tickets.whisper'];

/** Kept for whoever is signed in; of a program without a member nobody's. */
const OF_A_PERSON = ['PUT /api/v1/tickets/:id/draft', 'PUT /api/v1/tickets/:id/favourite', 'DELETE /api/v1/tickets/:id/favourite'];

export class Caller extends Browser {
  readonly #secrets: string[];
  #turn = 0;

  constructor(secrets: string[]) {
    super();
    this.#secrets = secrets;
  }

  override ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const secret = this.#secrets[this.#turn++ % this.#secrets.length] ?? '';
    return super.ask(method, path, body, { Authorization: `Bearer ${secret}`, ...headers });
  }
}

const TOKENS_EACH = 8;

export async function programsOf(twin: Twin): Promise<(name: ProgramName) => Caller> {
  const callers = new Map<ProgramName, Caller>();
  for (const name of PROGRAM_NAMES) {
    const program: Program = PROGRAMS[name];
    const secrets: string[] = [];
    const ids: number[] = [];
    for (let turn = 0; turn < TOKENS_EACH; turn++) {
      const made = await twin.as('owner').post('/api/v1/tokens', {
        kind: program.kind === 'chatbot' ? 'chatbot' : 'service',
        name: `${name} ${twin.mark}`,
        permissions: program.permissions.filter((one) => program.kind !== 'personal' || !FOR_PERSONS.includes(one)),
        ...(program.departments === undefined ? {} : { department_ids: program.departments.map((one) => twin.departments[one]) }),
        ...(program.channels === undefined ? {} : { channel_ids: program.channels.map((one) => twin.channels[one]) }),
      });
      const { secret, token } = made.ok<{ secret: string; token: { id: number } }>(201);
      secrets.push(secret);
      ids.push(token.id);
    }
    /* Members make their own; whoever this is about may not. */
    if (program.kind === 'personal')
      await sql(
        `UPDATE api_tokens SET kind = 'personal', member_id = ${twin.members[program.member]}, permissions = :'held'
          WHERE account_id = ${twin.id} AND id IN (${ids.join()})`,
        { held: `{${program.permissions.join()}}` },
      );
    callers.set(name, new Caller(secrets));
  }
  return (name) => callers.get(name) ?? new Caller([]);
}

/** A personal token holds what its member holds too. */
export function held(twin: Twin, name: ProgramName): Set<string> {
  const program: Program = PROGRAMS[name];
  const theirs = program.kind === 'personal' ? twin.permissions(program.member) : undefined;
  return new Set(program.permissions.filter((one) => theirs === undefined || theirs.has(one)));
}

/** Why this program is refused before any row; undefined: it is not. */
export function refusal(twin: Twin, name: ProgramName, { method, path, permission, flags }: Route): 'token_not_allowed' | 'permission_denied' | undefined {
  const isForPeople = permission === '@self' || flags.includes('step_up') || flags.includes('no_token');
  const isForPersons = FOR_PERSONS.includes(permission) || OF_A_PERSON.includes(`${method} ${path}`);
  if (isForPeople || (PROGRAMS[name].kind !== 'personal' && isForPersons)) return 'token_not_allowed';
  return held(twin, name).has(permission) ? undefined : 'permission_denied';
}

const isAmong = (list: readonly string[] | undefined, one: string | null): boolean => list === undefined || (one !== null && list.includes(one));

export function programSees(twin: Twin, name: ProgramName, ticket: Ticket): boolean {
  const program: Program = PROGRAMS[name];
  if (!isAmong(program.channels, ticket.channel)) return false;
  if (program.kind === 'chatbot') return ticket.state === 'bot';
  if (program.kind === 'personal') return sees({ ...twin, permissions: () => held(twin, name) }, program.member, ticket);
  const isUnsorted = ticket.state === 'bot' && ticket.department === null;
  return isAmong(program.departments, ticket.department) || (isUnsorted && held(twin, name).has('tickets.view_bot'));
}

export const programSeesContact = (twin: Twin, name: ProgramName, contact_id: number): boolean =>
  held(twin, name).has('contacts.view_all') || twin.tickets.some((ticket) => ticket.contact_id === contact_id && programSees(twin, name, ticket));
