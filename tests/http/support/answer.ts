/** An answer that was held against the description, and the two things a test asks of it. */
import type { IncomingHttpHeaders } from 'node:http';

import type { components } from '../../../frontend/src/api/schema.gen.ts';
import { checkAnswer, requestId } from './contract.ts';
import { type Ask, type Answered, send } from './wire.ts';

export type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];

export class Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly #asked: string;

  constructor(asked: string, { status, headers, body }: Answered) {
    this.#asked = asked;
    this.status = status;
    this.headers = headers;
    this.bytes = body;
  }

  get text(): string {
    return this.bytes.toString();
  }

  get request_id(): string {
    return requestId(this);
  }

  /** What it says, when it says yes in this way. */
  ok<T = unknown>(status = 200): T {
    if (this.status !== status) throw new Error(`${this.#asked} → ${this.status}, not ${status}: ${this.text.slice(0, 500)}`);
    return (this.headers['content-type']?.includes('json') ? JSON.parse(this.text) : undefined) as T;
  }

  /** The problem, when it is this one. `field` absent: nobody's in particular. */
  refused(status: number, slug: string, field?: string): Problem {
    const problem = this.ok<Problem>(status);
    if (problem.slug !== slug || problem.field !== field) {
      throw new Error(`${this.#asked} → ${problem.slug} (${problem.field}), not ${slug} (${field})`);
    }
    return problem;
  }
}

export async function call(ask: Ask): Promise<Answer> {
  const answered = await send(ask);
  checkAnswer(ask.method, ask.path, answered);
  return new Answer(`${ask.method} ${ask.path}`, answered);
}

/** Body and type of a request with JSON. */
export function json(value: unknown): { body: string; headers: Record<string, string> } {
  return { body: JSON.stringify(value), headers: { 'Content-Type': 'application/json' } };
}
