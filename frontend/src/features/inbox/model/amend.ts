import type { ChannelKind, Message } from '../api';

export type Amend = 'edit' | 'delete' | 'past';

export type AmendRules = Pick<ChannelKind, 'edit_minutes' | 'delete_minutes'> & {
  me: number;
  mayEdit: boolean;
  mayLook: boolean;
};

/** Of what is only read. */
export const NO_AMENDS: AmendRules = {
  edit_minutes: 0,
  delete_minutes: 0,
  me: 0,
  mayEdit: false,
  mayLook: false,
};

const MINUTE_MS = 60_000;
const HAD_BY_CUSTOMER = ['accepted', 'delivered', 'read'];

/** What may be done about what a message said; the server decides again. */
export function amendsOf(message: Message, rules: AmendRules, now: number): Amend[] {
  const age_ms = now - new Date(message.created_at).getTime();
  const isOwn =
    rules.mayEdit &&
    message.direction === 'out' &&
    message.author_id === rules.me &&
    message.deleted_at === null &&
    HAD_BY_CUSTOMER.includes(message.state);
  const hasPast = message.edited_at !== null || message.deleted_at !== null;
  return [
    ...(isOwn && message.text !== '' && age_ms < rules.edit_minutes * MINUTE_MS
      ? (['edit'] as const)
      : []),
    ...(isOwn && age_ms < rules.delete_minutes * MINUTE_MS ? (['delete'] as const) : []),
    ...(hasPast && rules.mayLook ? (['past'] as const) : []),
  ];
}
