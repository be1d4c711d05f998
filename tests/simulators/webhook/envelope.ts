/** Webhook bodies in the provider's shape, alone or several updates in one. */
import { type BusinessNumber, digitsOf } from '../numbers.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import { type Person, visiblePhone } from '../people.ts';

/** One thing to tell the product: `entry[].changes[]` of a webhook. */
export type Update = {
  waba_id: string;
  field: string;
  value: JsonObject;
  /** In words, for the journal: `text`, `status delivered`. */
  what: string;
  /** Called once the product answered 200 to it, at whichever attempt. */
  received?: () => void;
};

export function messageUpdate(number: BusinessNumber, person: Person, message: JsonObject): Update {
  const isSystem = message['type'] === 'system';
  return {
    waba_id: number.waba_id,
    field: 'messages',
    value: {
      ...metadata(number),
      ...(isSystem ? {} : { contacts: [contact(person)] }),
      messages: [message],
    },
    what: String(message['type']),
  };
}

export function statusUpdate(number: BusinessNumber, person: Person | undefined, status: JsonObject): Update {
  const tellsWho = person !== undefined && status['status'] !== 'failed';
  return {
    waba_id: number.waba_id,
    field: 'messages',
    value: {
      ...metadata(number),
      ...(tellsWho ? { contacts: [contact(person)] } : {}),
      statuses: [status],
    },
    what: `status ${String(status['status'])}`,
  };
}

/** Keys that are absent when the person keeps the phone hidden, or has no user id. */
export function who(person: Person, phoneKey: string, userKey: string): JsonObject {
  const phone = visiblePhone(person);
  return {
    ...(phone === undefined ? {} : { [phoneKey]: phone }),
    ...(person.user_id === undefined ? {} : { [userKey]: person.user_id }),
  };
}

/** One body for all updates: an entry per account, and neighbours with the same people share a value. */
export function envelope(updates: Update[], at_ms: number): Json {
  const entries: { id: string; time: number; changes: { field: string; value: JsonObject }[] }[] = [];
  for (const { waba_id, field, value } of updates) {
    let entry = entries.find(({ id }) => id === waba_id);
    if (!entry) entries.push((entry = { id: waba_id, time: Math.floor(at_ms / 1000), changes: [] }));
    const last = entry.changes.at(-1);
    if (!last || !join(last, field, value)) entry.changes.push({ field, value: { ...value } });
  }
  return { object: 'whatsapp_business_account', entry: entries };
}

function join(change: { field: string; value: JsonObject }, field: string, value: JsonObject): boolean {
  if (change.field !== field || JSON.stringify(change.value['metadata']) !== JSON.stringify(value['metadata'])) return false;
  const list = 'messages' in value ? 'messages' : 'statuses';
  const [ours, theirs] = [change.value[list], value[list]];
  if (!Array.isArray(ours) || !Array.isArray(theirs)) return false;
  change.value[list] = [...ours, ...theirs];
  change.value['contacts'] = [...contactsOf(change.value), ...contactsOf(value)].filter(
    (one, at, all) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === at,
  );
  return true;
}

function contactsOf(value: JsonObject): Json[] {
  return Array.isArray(value['contacts']) ? value['contacts'].filter(isObject) : [];
}

function metadata(number: BusinessNumber): JsonObject {
  return {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: digitsOf(number), phone_number_id: number.phone_number_id },
  };
}

function contact(person: Person): JsonObject {
  return {
    profile: { name: person.name, ...(person.username === undefined ? {} : { username: person.username }) },
    ...who(person, 'wa_id', 'user_id'),
  };
}
