/** A webchat channel, and the visitors who write through it. */
import { createHmac, randomUUID } from 'node:crypto';

import type { Account } from './account.ts';
import { type Answer, call, json, type Schemas } from './answer.ts';
import { writeSecrets } from './secrets.ts';
import { Stream } from './stream.ts';
import { until } from './until.ts';

export type VisitorMessage = Schemas['VisitorMessage'];
export type Conversation = { data: VisitorMessage[]; has_older: boolean; unread: number; state: string };

export const HOST_PAGE = 'https://loja.exemplo';

export class Webchat {
  readonly channel: Schemas['Channel'];
  readonly identity_key: string;

  constructor(channel: Schemas['Channel'], identity_key: string) {
    this.channel = channel;
    this.identity_key = identity_key;
  }

  get path(): string {
    return `/api/v1/widget/${this.channel.public_key}`;
  }

  config(origin = HOST_PAGE): Promise<Answer> {
    return call({ method: 'GET', path: `${this.path}/config`, headers: { Origin: origin } });
  }

  enter(who: Record<string, unknown> = {}, origin = HOST_PAGE): Promise<Answer> {
    const { body, headers } = json(who);
    return call({ method: 'POST', path: `${this.path}/visitors`, body, headers: { ...headers, Origin: origin } });
  }

  /** What the host page's server computes for its signed in customer. */
  hash(identifier: string, key = this.identity_key): string {
    return createHmac('sha256', key).update(identifier).digest('hex');
  }

  async visitor(who: Record<string, unknown> = {}): Promise<Visitor> {
    const name = `Visita ${randomUUID().slice(0, 8)}`;
    const { token } = (await this.enter({ name, ...who })).ok<{ token: string }>(201);
    return new Visitor(token, String(who['name'] ?? name));
  }
}

export class Visitor {
  readonly token: string;
  readonly name: string;

  constructor(token: string, name: string) {
    this.token = token;
    this.name = name;
  }

  ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const said = body === undefined ? {} : Buffer.isBuffer(body) ? { body, headers: {} } : json(body);
    return call({
      method,
      path,
      ...said,
      headers: { Authorization: `Bearer ${this.token}`, Origin: HOST_PAGE, ...said.headers, ...headers },
    });
  }

  /** Kept, not yet in the conversation. */
  say(text: string, more: Record<string, unknown> = {}): Promise<Answer> {
    return this.ask('POST', '/api/v1/widget/messages', { client_key: randomUUID(), text, ...more });
  }

  async conversation(query = 'limit=100'): Promise<Conversation> {
    return (await this.ask('GET', `/api/v1/widget/messages?${query}`)).ok<Conversation>();
  }

  /** The conversation, once it fits. */
  seeing(what: string, fits: (conversation: Conversation) => boolean): Promise<Conversation> {
    return until(`the visitor seeing ${what}`, async () => {
      const conversation = await this.conversation();
      return fits(conversation) && conversation;
    });
  }

  upload(filename: string, type: string, bytes: Buffer): Promise<Answer> {
    return this.ask('PUT', `/api/v1/widget/uploads?filename=${encodeURIComponent(filename)}`, bytes, { 'Content-Type': type });
  }

  media(id: number): Promise<Answer> {
    return call({
      method: 'GET',
      path: `/media/${id}?visitor=${encodeURIComponent(this.token)}`,
      headers: { Origin: HOST_PAGE },
    });
  }

  async read(id: string, state: 'delivered' | 'read' = 'read'): Promise<void> {
    (await this.ask('POST', '/api/v1/widget/read', { id, state })).ok(204);
  }

  live(after?: string): Promise<Stream> {
    return Stream.open(`/live/widget?token=${encodeURIComponent(this.token)}`, {
      Origin: HOST_PAGE,
      ...(after === undefined ? {} : { 'Last-Event-ID': after }),
    });
  }
}

export async function aWebchat(
  account: Account,
  settings: Record<string, unknown> = {},
  more: { welcome_text?: string; department_id?: number | undefined; has_key?: false } = {},
): Promise<Webchat> {
  const { has_key = true, ...own } = more;
  const rafael = await account.as('rafael');
  const identity_key = `identity-${randomUUID()}`;
  const channel = (
    await rafael.post('/api/v1/channels', {
      kind: 'webchat',
      name: 'Chat do site',
      department_id: account.departments['Suporte'],
      settings,
      ...own,
    })
  ).ok<Schemas['Channel']>(201);
  if (has_key) await writeSecrets(rafael, channel.id, { identity_key });
  return new Webchat(channel, identity_key);
}
