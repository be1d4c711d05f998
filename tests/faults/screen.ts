/** An agent's screen that reconnects where it left off: nothing may be missing on it, nothing shown twice. */
import http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

import type { Person } from '../bench/client.ts';
import { house } from '../bench/house.ts';

const RECONNECT_MS = 100;

export class Screen {
  /** "ticket.seq" of every message.created, and how often. */
  readonly seen = new Map<string, number>();
  resets = 0;
  /** After a reset a page asks for everything again: what was there by then counts as seen. */
  reset_at_ms = 0;
  connections = 0;
  readonly #person: Person;
  #last: string | undefined;
  #isOver = false;
  #request: http.ClientRequest | undefined;

  constructor(person: Person) {
    this.#person = person;
  }

  async run(greeted: () => void): Promise<void> {
    while (!this.#isOver) {
      await this.#connect(greeted);
      if (!this.#isOver) await pause(RECONNECT_MS);
    }
  }

  has({ key, at_ms }: { key: string; at_ms: number }): boolean {
    return this.seen.has(key) || at_ms < this.reset_at_ms;
  }

  close(): void {
    this.#isOver = true;
    this.#request?.destroy();
  }

  /** Settles when the stream is over, however it ended. */
  #connect(greeted: () => void): Promise<void> {
    const headers = { Cookie: this.#person.headers['Cookie'] ?? '', ...(this.#last === undefined ? {} : { 'Last-Event-ID': this.#last }) };
    return new Promise((resolve) => {
      this.#request = http.get(new URL(`/live?account=${this.#person.account}`, house.url), { headers, agent: false }, (response) => {
        let rest = '';
        response.setEncoding('utf8');
        response.on('error', () => resolve());
        response.on('close', () => resolve());
        if (response.statusCode !== 200) return void response.resume();
        this.connections++;
        response.on('data', (text: string) => {
          const blocks = (rest + text).split('\n\n');
          rest = blocks.pop() ?? '';
          for (const block of blocks) this.#take(block, greeted);
        });
      });
      this.#request.on('error', () => resolve());
    });
  }

  #take(block: string, greeted: () => void): void {
    const kind = /^event: (.*)$/m.exec(block)?.[1];
    const data = /^data: (.*)$/m.exec(block)?.[1] ?? '{}';
    const id = /^id: (.*)$/m.exec(block)?.[1];
    if (id !== undefined) this.#last = id;
    if (kind === 'hello') {
      this.#last ??= (JSON.parse(data) as { cursor: string }).cursor;
      greeted();
    } else if (kind === 'reset') {
      this.resets++;
      this.reset_at_ms = Date.now();
    } else if (kind === 'message.created') {
      const { message } = JSON.parse(data) as { message: { ticket_id: number; seq: number } };
      const key = `${message.ticket_id}.${message.seq}`;
      this.seen.set(key, (this.seen.get(key) ?? 0) + 1);
    }
  }
}
