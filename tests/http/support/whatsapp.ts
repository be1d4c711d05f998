/** A WhatsApp number: set up in the product as an administrator would, known to the lab as the provider would. */
import { randomInt } from 'node:crypto';

import type { Account } from './account.ts';
import type { Schemas } from './answer.ts';
import { house } from './house.ts';
import { type Entry, lab, watch } from './lab.ts';
import { writeSecrets } from './secrets.ts';

export type Raw = { status: number; body: string; headers: Record<string, string> };

export type Phone = { message_id: string; type: string; content: Record<string, unknown> };

const given = new Set<string>();

function newPhone(): string {
  let wa_id;
  do wa_id = `55499${randomInt(80_000_000, 99_999_999)}`;
  while (given.has(wa_id));
  given.add(wa_id);
  return wa_id;
}

export class Whatsapp {
  readonly channel: Schemas['Channel'];
  readonly number: string;
  readonly secret: string;

  constructor(channel: Schemas['Channel'], secret: string) {
    this.channel = channel;
    this.number = channel.settings.phone_number_id ?? '';
    this.secret = secret;
  }

  get id(): number {
    return this.channel.id;
  }

  get hook(): string {
    return new URL(this.channel.hook_url).pathname;
  }

  /** Exactly these faults. */
  async faults(faults: Record<string, unknown>): Promise<void> {
    await lab('PUT', `/numbers/${this.number}/faults`, faults);
  }

  /** Somebody new with a phone, which nobody got before: of 1,500 people two would have the same one time in twenty. */
  async customer(more: Record<string, unknown> = {}): Promise<Customer> {
    const wa_id = newPhone();
    const draft = { id: `p${wa_id}`, name: `Rita ${wa_id.slice(-8)}`, wa_id, ...more };
    return new Customer(this, await lab<Person>('POST', '/people', draft));
  }

  /** Any webhook of the provider. */
  async webhook(field: string, value: Record<string, unknown>): Promise<void> {
    await lab('POST', `/numbers/${this.number}/webhooks`, { field, value });
  }

  /** A status of a message, whatever really became of it. */
  async status(message_id: string, status: string, more: Record<string, unknown> = {}): Promise<void> {
    await lab('POST', `/numbers/${this.number}/statuses`, { message_id, status, ...more });
  }

  /** One request with exactly these bytes; signed only when asked. */
  raw(request: {
    body?: string;
    body_base64?: string;
    sign?: boolean;
    headers?: Record<string, string>;
    method?: string;
    query?: string;
  }): Promise<Raw> {
    return lab<Raw>('POST', `/numbers/${this.number}/raw`, request);
  }

  /** What the product asked of the Graph API, sends and others. */
  async calls(count: number, where: (entry: Entry) => boolean = () => true): Promise<Entry[]> {
    const found = async (wanted: number): Promise<Entry[]> => {
      const entries = await watch({ kind: 'call', phone_number_id: this.number, count: wanted });
      const fitting = entries.filter(where);
      return fitting.length >= count ? fitting : found(entries.length + 1);
    };
    return found(count);
  }
}

type Person = { id: string; name: string; wa_id?: string; user_id?: string };

export class Customer {
  readonly whatsapp: Whatsapp;
  readonly id: string;
  readonly name: string;
  readonly wa_id: string | undefined;
  readonly user_id: string | undefined;

  constructor(whatsapp: Whatsapp, { id, name, wa_id, user_id }: Person) {
    this.whatsapp = whatsapp;
    this.id = id;
    this.name = name;
    this.wa_id = wa_id;
    this.user_id = user_id;
  }

  say(text: string, more: Record<string, unknown> = {}): Promise<string> {
    return this.send({ type: 'text', text: { body: text }, ...more });
  }

  /** A fragment of `messages[]`; the id that the provider gave it. */
  async send(fragment: Record<string, unknown>): Promise<string> {
    return (await lab<{ message_id: string }>('POST', `${this.#chat}/messages`, fragment)).message_id;
  }

  /** Looks at the conversation: what we sent becomes read. */
  async read(): Promise<void> {
    await lab('POST', `${this.#chat}/read`);
  }

  /** How long ago the provider thinks that they last wrote. */
  async lastWrote(ago_ms: number): Promise<void> {
    await lab('PUT', `${this.#chat}/window`, { last_inbound_ago_ms: ago_ms });
  }

  /** Whether the phone shows that we are writing, or that it may still be written to. */
  async sees(what: 'is_typing' | 'window_is_open'): Promise<boolean> {
    return (await lab<Record<typeof what, boolean>>('GET', this.#chat))[what];
  }

  /** What is on the phone from us, as soon as there are `count` of them. */
  async received(count = 1): Promise<Phone[]> {
    if (count > 0) await watch({ kind: 'phone', phone_number_id: this.whatsapp.number, person_id: this.id, count });
    const { data } = await lab<{ data: { id: string; type: string; content: Record<string, unknown> }[] }>(
      'GET',
      `${this.#chat}/received`,
    );
    return data.map(({ id, type, content }) => ({ message_id: id, type, content }));
  }

  /** The texts among them. */
  async texts(count = 1): Promise<string[]> {
    return (await this.received(count)).map(({ content }) => wordsOf(content['body'] ?? content['caption'] ?? ''));
  }

  get #chat(): string {
    return `/chats/${this.whatsapp.number}/${this.id}`;
  }
}

/** What has buttons keeps its text one level deeper. */
const wordsOf = (body: unknown): string => (typeof body === 'object' && body !== null && 'text' in body ? String(body.text) : String(body));

export async function aWhatsapp(account: Account, more: { welcome_text?: string } = {}): Promise<Whatsapp> {
  const rafael = await account.as('rafael');
  const number = String(randomInt(100_000_000_000, 999_999_999_999));
  const secret = `secret-of-${number}`;
  const access_token = `token-of-${number}`;
  const { id } = (
    await rafael.post('/api/v1/channels', {
      kind: 'whatsapp_cloud',
      name: `WhatsApp ${number}`,
      department_id: account.departments['Suporte'],
      settings: {
        phone_number_id: number,
        waba_id: `9${number}`,
        display_phone_number: '+55 49 3222-0417',
        api_version: 'v23.0',
        base_url: `${house.lab}/graph`,
      },
      ...more,
    })
  ).ok<Schemas['Channel']>(201);
  const channel = await writeSecrets(rafael, id, { access_token, app_secret: secret });
  const known = await lab<{ verification: { ok: boolean } }>('POST', '/numbers', {
    phone_number_id: number,
    waba_id: `9${number}`,
    display_phone_number: '554932220417',
    verified_name: 'Casa',
    access_token,
    app_secret: secret,
    verify_token: channel.verify_token,
    callback_url: house.url + new URL(channel.hook_url).pathname,
    verify: true,
  });
  if (!known.verification.ok) throw new Error(`the challenge was not answered: ${JSON.stringify(known.verification)}`);
  return new Whatsapp(channel, secret);
}
