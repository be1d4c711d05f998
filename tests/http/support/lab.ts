/** The lab's control API: what customers, phones and networks do. */
import { house } from './house.ts';

export type Entry = {
  seq: number;
  kind: string;
  phone_number_id?: string;
  person_id?: string;
  status?: number;
  method?: string;
  path?: string;
  request?: Record<string, unknown>;
  message_id?: string;
  message?: Record<string, unknown>;
  state?: string;
  code?: number;
  body?: unknown;
};

export async function lab<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${house.lab}/lab/api${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  const said = (await answer.json()) as T;
  if (!answer.ok) throw new Error(`lab: ${method} ${path} → ${answer.status} ${JSON.stringify(said)}`);
  return said;
}

export type Watch = { kind?: string; phone_number_id?: string; person_id?: string; after?: number; count?: number };

/** The entries of the journal that fit, as soon as there are `count` of them. */
export async function watch({ count = 1, after = 0, ...filter }: Watch): Promise<Entry[]> {
  const query = new URLSearchParams({ ...filter, count: String(count), after: String(after), timeout_ms: '10000' });
  const { entries } = await lab<{ entries: Entry[] }>('GET', `/wait?${query}`);
  if (entries.length < count)
    throw new Error(`the lab waited for ${count} of ${JSON.stringify(filter)} and has ${entries.length}`);
  return entries;
}

/** The present end of the journal: `after` for what comes next. */
export async function now(): Promise<number> {
  return (await lab<{ seq: number }>('GET', '/config')).seq;
}
