/**
 * Somebody at the inbox without a screen: the frontend's own cache, stream and outbox (frontend/src/testing/seat.ts) in
 * a thread, behind a cable. It costs a hundredth of a page, so that twenty fit into a small machine.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';

import { house as place, root } from '../bench/house.ts';
import { Browser as Session } from '../http/support/browser.ts';
import { house, origin } from '../http/support/house.ts';
import type { Customer } from '../http/support/whatsapp.ts';
import { Cable } from './cable.ts';
import { remark } from './report.ts';
import { type Looks, Seat, type Seen } from './seat.ts';

const exec = promisify(execFile);
let bundle: Promise<string> | undefined;

async function bundled(): Promise<string> {
  await exec(process.execPath, ['tools/seat.mjs', `${place.var}/tmp`], { cwd: `${root}/frontend` });
  return `${place.var}/tmp/seat.mjs`;
}

type Told = { n: number; answer?: unknown; error?: string };

export class LightSeat extends Seat {
  readonly #thread: Worker;
  readonly #waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();
  #asked = 0;

  static async take(email: string, ticket: number, customer: Customer): Promise<LightSeat> {
    const session = new Session();
    (await session.signIn(email)).ok();
    bundle ??= bundled();
    const cable = await Cable.to(new URL(house.url));
    const way = { house: cable.address, origin, cookies: [...session.cookies] };
    const thread = new Worker(new URL('light-thread.ts', import.meta.url), { workerData: { bundle: await bundle, way, ticket } });
    const seat = new LightSeat(email, thread, cable, customer);
    await new Promise((resolve, reject) => seat.#waiting.set(0, { resolve, reject }));
    return seat;
  }

  private constructor(email: string, thread: Worker, cable: Cable, customer: Customer) {
    super(email, cable, customer);
    this.#thread = thread;
    thread.on('message', ({ n, answer, error }: Told) => {
      const waiting = this.#waiting.get(n);
      this.#waiting.delete(n);
      if (error === undefined) waiting?.resolve(answer);
      else waiting?.reject(new Error(error));
    });
    thread.on('error', (error) => {
      for (const { reject } of this.#waiting.values()) reject(error);
      remark(`a seat broke: ${error.stack ?? error.message}`);
    });
  }

  protected async send(text: string): Promise<void> {
    await this.#ask('write', text);
  }

  protected async look(): Promise<Looks> {
    const [kept, fresh] = await Promise.all([this.#ask('seen'), this.#ask('fresh')]);
    return { kept: kept as Seen, fresh: fresh as Seen };
  }

  async leave(): Promise<void> {
    await this.#thread.terminate();
    this.cable.close();
  }

  #ask(act: string, given?: unknown): Promise<unknown> {
    const n = ++this.#asked;
    this.#thread.postMessage({ n, act, given });
    return new Promise((resolve, reject) => this.#waiting.set(n, { resolve, reject }));
  }
}
