/** An agent who answers while the house falls down around her: each answer is posted until it is taken, under one key. */
import { setTimeout as pause } from 'node:timers/promises';

import { type Person, send, signIn } from '../bench/client.ts';
import { house, number } from '../bench/house.ts';
import type { Gate } from './gate.ts';
import { answer, type Story } from './story.ts';

const RETRY_MS = 100;
const TIMEOUT_MS = 8_000;
const EMAIL = 'ana@redepinhao.exemplo';

type Ticket = { id: number; contact: { address: string } };

export class Agent {
  readonly #person: Person;
  readonly #story: Story;
  readonly #phones: ReadonlySet<string>;
  answered = 0;
  #isOver = false;

  static async enter(story: Story): Promise<Agent> {
    const account = await number("SELECT id FROM accounts WHERE slug = 'rede-pinhao'");
    return new Agent(story, await signIn(EMAIL, account));
  }

  private constructor(story: Story, person: Person) {
    this.#story = story;
    this.#phones = new Set(story.customers.map(({ phone }) => `+${phone}`));
    this.#person = person;
  }

  get person(): Person {
    return this.#person;
  }

  leave(): void {
    this.#isOver = true;
  }

  /** One answer for each time the gate lets through. */
  async work(gate: Gate): Promise<void> {
    for (let n = 1; ; n++) {
      await gate.pass();
      const ticket = await this.#nextTicket();
      if (ticket === undefined) return;
      await this.#until('POST', `/api/v1/tickets/${ticket.id}/take`, {});
      await this.#until('POST', `/api/v1/tickets/${ticket.id}/messages`, { client_key: `faults-${this.#story.run}-${n}`, mode: 'reply', text: answer(this.#story, n) });
      this.answered++;
    }
  }

  /** Somebody of this run who waits; undefined when it is over. */
  async #nextTicket(): Promise<Ticket | undefined> {
    while (!this.#isOver) {
      const { data } = await this.#until<{ data: Ticket[] }>('GET', '/api/v1/tickets?tab=waiting&limit=100&order=newest');
      const own = data.find(({ contact }) => this.#phones.has(contact.address));
      if (own !== undefined) return own;
      await pause(RETRY_MS);
    }
    return undefined;
  }

  async #until<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { 'Content-Type': type = '', ...headers } = this.#person.headers;
    for (;;) {
      const answered = await send(house.url, {
        method,
        path,
        headers: body === undefined ? headers : { ...headers, 'Content-Type': type },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        timeout_ms: TIMEOUT_MS,
      }).catch(() => undefined);
      if (answered !== undefined && answered.status < 300) return JSON.parse(answered.body) as T;
      if (answered !== undefined && answered.status < 500) throw new Error(`${method} ${path} → ${answered.status} ${answered.body}`);
      await pause(RETRY_MS);
    }
  }
}
