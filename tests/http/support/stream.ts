/** Reads a stream of server-sent events. Every event is held against the description, as every answer is. */
import type { IncomingMessage } from 'node:http';

import { Answer, type Schemas } from './answer.ts';
import { api, checkAnswer, misfit } from './contract.ts';
import { open } from './wire.ts';

/** What the events of openapi.yaml's introduction hold. */
export type Payloads = {
  hello: { cursor: string };
  'message.created': { message: Schemas['Message']; ticket: Schemas['Ticket'] };
  'message.changed': { message: Schemas['Message']; ticket: Schemas['Ticket'] };
  'ticket.changed': { ticket: Schemas['Ticket'] };
  'ticket.transferred': { ticket_id: number; protocol: string; department_id: number | null; assignee_id: number | null; by_member_id: number | null; member_ids: number[] };
  'ticket.assigned': { ticket_id: number; protocol: string; member_id: number; by_member_id: number | null };
  'ticket.sla': { ticket_id: number; protocol: string; kind: string; due_at: string; is_late: boolean; member_ids: number[] };
  'distribution.changed': Record<string, never>;
  'ticket.gone': { ticket_id: number };
  'access.changed': Record<string, never>;
  'account.changed': Record<string, never>;
  'channel.changed': { channel_id: number };
  'flow.changed': { flow_id: number };
  'flow.pages': { flow_id: number };
  'catalogue.changed': Record<string, never>;
  'contact.changed': { contact_id: number };
  'presence.changed': { member_id: number; state: Schemas['PresenceState']; since: string };
  'contact.merged': { contact_id: number; kept_id: number };
  'chat.message': { message: Schemas['ChatMessage'] };
  'chat.read': { chat_id: number; member_id: number; read_seq: number };
  'chat.typing': { chat_id: number; member_id: number };
  typing: { ticket_id: number; seq: number; who: string; member_id: number | null };
  reset: Record<string, never>;
  signed_out: { reason: string };
  /* of a visitor */
  message: { message: Schemas['VisitorMessage'] };
  ticket: { state: string };
};
export type Kind = keyof Payloads;

export type LiveEvent<K extends Kind = Kind> = { id: string | undefined; kind: K; data: Payloads[K] };

const PATIENCE_MS = 10_000;

/**
 * A second is promised. Where several suites share the machine a look at it may come late, so that it is held to
 * ten here: still far from the twenty seconds after which a stream that nobody cut would hear of its end.
 */
const CUT_MS = 10_000;

/** Kinds of events and the names of their members, as the introduction of openapi.yaml lists them. */
type Kinds = Record<string, string[]>;

const [OF_MEMBERS = {}, OF_VISITORS = {}] = api.info.description.split('webchat visitor reads').map(kindsIn);
/** Said of members first, and true for visitors too. */
for (const kind of ['hello', 'reset', 'signed_out']) OF_VISITORS[kind] = OF_MEMBERS[kind] ?? [];

const SCHEMAS: Record<string, string> = { ticket: 'Ticket', ticket_id: 'Id', channel_id: 'Id', flow_id: 'Id', chat_id: 'Id', contact_id: 'Id', kept_id: 'Id', member_id: 'IdOrNull', department_id: 'IdOrNull', assignee_id: 'IdOrNull', by_member_id: 'IdOrNull' };

function kindsIn(text: string): Kinds {
  const lists = text.matchAll(/`([\w.]+) \{([\w, ]*)\}`/g);
  return Object.fromEntries(
    [...lists].map(([, kind = '', members = '']) => [
      kind,
      members
        .split(', ')
        .filter((name) => name !== '')
        .sort(),
    ]),
  );
}

export class Stream {
  /** Everything that came, in order. */
  readonly events: LiveEvent[] = [];
  /** Settles when the house closed it; rejects when it was not spoken properly. */
  readonly ended: Promise<void>;
  #response: IncomingMessage;
  #kinds: Kinds;
  #taken = new Set<LiveEvent>();
  #listeners = new Set<() => void>();
  #trouble: Error | undefined;
  #isOver = false;

  /** Resolves with the stream after its greeting. */
  static async open(path: string, headers: Record<string, string> = {}, from?: string): Promise<Stream> {
    const response = await open({ method: 'GET', path, headers, ...(from === undefined ? {} : { from }) });
    if (response.statusCode !== 200) throw new Error(`GET ${path} → ${response.statusCode}, no stream`);
    const stream = new Stream(response, path.startsWith('/live/widget') ? OF_VISITORS : OF_MEMBERS);
    await stream.next('hello');
    return stream;
  }

  private constructor(response: IncomingMessage, kinds: Kinds) {
    this.#response = response;
    this.#kinds = kinds;
    this.ended = this.#read();
    this.ended.catch(() => undefined);
  }

  /** The next event of a kind that nobody asked for yet, now or when it comes. */
  async next<K extends Kind>(kind: K, where: (data: Payloads[K]) => boolean = () => true): Promise<LiveEvent<K>> {
    const find = (): LiveEvent<K> | undefined =>
      this.events.find(
        (event): event is LiveEvent<K> => event.kind === kind && !this.#taken.has(event) && where(event.data as Payloads[K]),
      );
    const event = await this.#when(find, `an event ${kind}`);
    this.#taken.add(event);
    return event;
  }

  /** The message of a ticket, once it is in this state. */
  async message(
    ticket_id: number,
    state: string,
    where: (message: Schemas['Message']) => boolean = () => true,
  ): Promise<Schemas['Message']> {
    const find = (): Schemas['Message'] | undefined =>
      this.events
        .flatMap(({ data }) => ('message' in data && 'ticket_id' in data.message ? [data.message] : []))
        .find((message) => message.ticket_id === ticket_id && message.state === state && where(message));
    return this.#when(find, `a message of ticket ${ticket_id} that is ${state}`);
  }

  get last_id(): string | undefined {
    return this.events.findLast(({ id }) => id !== undefined)?.id;
  }

  close(): void {
    this.#response.destroy();
  }

  #when<T>(find: () => T | undefined, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        this.#listeners.delete(look);
      };
      const fail = (why: string): void => {
        leave();
        reject(new Error(`${why} instead of ${what}; so far: ${this.events.map(({ kind }) => kind).join(', ') || 'nothing'}`));
      };
      const look = (): void => {
        const found = find();
        if (found !== undefined) {
          leave();
          resolve(found);
        } else if (this.#trouble) fail(this.#trouble.message);
        else if (this.#isOver) fail('the stream ended');
      };
      const timer = setTimeout(() => fail(`${PATIENCE_MS} ms of waiting`), PATIENCE_MS);
      this.#listeners.add(look);
      look();
    });
  }

  async #read(): Promise<void> {
    try {
      let rest = '';
      this.#response.setEncoding('utf8');
      for await (const text of this.#response) {
        const blocks = (rest + String(text)).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) this.#take(block);
        this.#tell();
      }
    } catch (error) {
      if (!this.#response.destroyed || !(error instanceof Error) || error.message !== 'aborted') this.#trouble = error as Error;
    }
    this.#isOver = true;
    this.#tell();
    if (this.#trouble) throw this.#trouble;
  }

  #take(block: string): void {
    const fields = new Map(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    const kind = fields.get('event');
    if (kind === undefined) return;
    const data = JSON.parse(fields.get('data') ?? '') as LiveEvent['data'];
    const wrong = whatIsWrong(this.#kinds, kind, data);
    if (wrong !== undefined) throw new Error(`event ${kind}: ${wrong}`);
    this.events.push({ id: fields.get('id'), kind: kind as Kind, data });
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** The refusal of a stream is an answer like any other. */
export async function refusedStream(path: string, headers: Record<string, string> = {}, from?: string): Promise<Answer> {
  const response = await open({ method: 'GET', path, headers, ...(from === undefined ? {} : { from }) });
  const chunks: Buffer[] = [];
  if (response.statusCode === 200) {
    response.destroy();
    throw new Error(`GET ${path}: a stream where a refusal was expected`);
  }
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const answered = { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) };
  checkAnswer('GET', path, answered);
  return new Answer(`GET ${path}`, answered);
}

function whatIsWrong(kinds: Kinds, kind: string, data: object): string | undefined {
  const members = kinds[kind];
  if (members === undefined) return 'not described';
  const names = Object.keys(data).sort().join();
  if (names !== members.join()) return `its members are ${names}, not ${members.join()}`;
  for (const name of members) {
    const schema = name === 'message' ? (kinds === OF_VISITORS ? 'VisitorMessage' : kind === 'chat.message' ? 'ChatMessage' : 'Message') : SCHEMAS[name];
    const wrong =
      schema === undefined ? undefined : misfit(`#/components/schemas/${schema}`, (data as Record<string, unknown>)[name]);
    if (wrong !== undefined) return `${name}: ${wrong}`;
  }
  return undefined;
}

/** Settles when the stream is over, soon after what ended it. */
export async function cut(stream: Stream, act: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await act();
  await stream.ended;
  const took = performance.now() - began;
  if (took >= CUT_MS) throw new Error(`the stream went on for ${took.toFixed(0)} ms`);
}
