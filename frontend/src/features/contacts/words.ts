import { phone } from '@/lib/format';
import type { Contact } from './api';

/** +5549988412076 is a phone; anything else is shown as it came. */
export const addressText = (address: string) =>
  /^\+?\d{8,15}$/.test(address) ? phone(address) : address;

/** The server puts these where somebody may not see the whole: m•••@d•••.br */
export const isMasked = (text: string | null) => text?.includes('•') ?? false;

export const nameOf = ({ name, identities }: Pick<Contact, 'name' | 'identities'>) => {
  const [first] = identities.filter(({ kind }) => kind === 'phone');
  return name || (first ? addressText(first.address) : '');
};
