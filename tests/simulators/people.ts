/** The customers of the lab. A person may have a phone, a business-scoped user id, a username, or any mix of them. */
import { userId } from './ids.ts';
import { spellings } from './wa-id.ts';

export type Person = {
  id: string;
  name: string;
  wa_id?: string;
  user_id?: string;
  username?: string;
  /** Adopted a username: webhooks about this person carry no phone. */
  hides_phone: boolean;
  /** Off: the business never learns that its messages were read. */
  read_receipts: boolean;
  /** Off the network: messages stay at `sent` until the phone is back. */
  offline: boolean;
  note?: string;
};

export type PersonDraft = Partial<Omit<Person, 'user_id'>> & { name: string; user_id?: string | null };

export class People {
  #people = new Map<string, Person>();
  #made = 0;

  /** With the `id` of somebody who exists, changes that person; otherwise creates. `user_id: null` means none. */
  save(draft: PersonDraft): Person {
    const known = draft.id === undefined ? undefined : this.#people.get(draft.id);
    const { user_id, ...rest } = draft;
    const base: Person = known ?? {
      id: draft.id ?? `p${++this.#made}`, name: draft.name, hides_phone: false, read_receipts: true, offline: false,
    };
    const person: Person = { ...base, ...rest, id: base.id };
    if (user_id === null) delete person.user_id;
    else person.user_id = user_id ?? base.user_id ?? userId();
    this.#people.set(person.id, person);
    return person;
  }

  get(id: string): Person | undefined {
    return this.#people.get(id);
  }

  list(): Person[] {
    return [...this.#people.values()];
  }

  byPhone(digits: string): Person | undefined {
    const wanted = spellings(digits);
    const people = this.list();
    return (
      people.find((person) => person.wa_id === digits) ??
      people.find((person) => person.wa_id !== undefined && wanted.includes(person.wa_id))
    );
  }

  byUserId(user_id: string): Person | undefined {
    return this.list().find((person) => person.user_id === user_id);
  }

  /** A new number is a new user id too: that is how the provider does it. */
  changePhone(person: Person, wa_id: string): Person {
    return this.save({ ...person, wa_id, user_id: userId() });
  }

  remove(id: string): boolean {
    return this.#people.delete(id);
  }

  clear(): void {
    this.#people.clear();
    this.#made = 0;
  }
}

/** The phone that webhooks and answers may show. */
export function visiblePhone(person: Person): string | undefined {
  return person.hides_phone ? undefined : person.wa_id;
}

/** Three people who between them have every shape of identity that breaks careless code. */
export const FIRST_PEOPLE: PersonDraft[] = [
  { id: 'marina', name: 'Marina Duarte Alves', wa_id: '5549988412076' },
  { id: 'jose', name: 'José Carlos Pereira', wa_id: '554991237755' },
  { id: 'padaria', name: 'Padaria Pão da Vila', username: 'paodavila', hides_phone: true },
];
