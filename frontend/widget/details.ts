import type { Config, Field } from './api';
import { isSigned } from './identity';
import type { State } from './store';

export type Asked = Config['prechat'][number];

/**
 * What the pre-chat form has to ask now; empty for nothing. What the host page already told is not
 * asked again, and neither is anything of somebody who already has a conversation.
 */
export function fieldsToAsk(state: State): readonly Asked[] {
  const { config, details, identity, token } = state;
  if (details !== null) return [];
  const fields = config.prechat.filter(({ name }) => identity?.[name] === undefined);
  if (token === null) return fields;
  const isNewHere = isSigned(identity) && state.history === 'ready' && state.ticket === 'none';
  return isNewHere && state.outgoing.length === 0 ? fields : [];
}

/* Only what a hand mistypes. Whether the address exists is not ours to know. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;
const LENGTHS: Record<Field, number> = { name: 120, email: 254, phone: 30 };

/** The word for what is wrong with an answer, or null. */
export function faultOf(name: Field, value: string, isRequired: boolean) {
  const answer = value.trim();
  if (answer === '') return isRequired ? (`${name}_missing` as const) : null;
  if (answer.length > LENGTHS[name]) return 'too_long';
  if (name === 'email' && !EMAIL.test(answer)) return 'email_invalid';
  if (name === 'phone') {
    const digits = answer.replace(/\D/g, '').length;
    if (digits < 8 || digits > 15 || /[^\d\s()+.-]/.test(answer)) return 'phone_invalid';
  }
  return null;
}
