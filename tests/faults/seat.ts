/** Somebody in one conversation, behind a cable of their own: with a page in a browser (page.ts), or without (light.ts). */
import { setTimeout as pause } from 'node:timers/promises';

import { until } from '../bench/until.ts';
import type { Customer } from '../http/support/whatsapp.ts';
import type { Cable } from './cable.ts';
import type { Chance } from './random.ts';
import { remark } from './report.ts';

const HEAL_MS = 90_000;
const LOOK_MS = 250;

/** What is seen by whoever sat through it all, and by somebody who comes only now. */
export type Healing = { isHealed: boolean; kept: unknown; fresh: unknown };

export abstract class Seat {
  /** What was sent off, in order. */
  readonly written: string[] = [];
  cuts = 0;
  readonly email: string;
  readonly cable: Cable;
  readonly customer: Customer;

  constructor(email: string, cable: Cable, customer: Customer) {
    this.email = email;
    this.cable = cable;
    this.customer = customer;
  }

  protected abstract send(text: string): Promise<void>;
  protected abstract look(): Promise<Healing>;
  abstract leave(): Promise<void>;

  async write(text: string): Promise<void> {
    await this.send(text);
    this.written.push(text);
  }

  /** One misfortune: the line dies, at times just after a question went out, and comes back. */
  async cut(random: Chance): Promise<void> {
    if (random.below(3) === 0) {
      this.cable.deafen();
      await pause(random.between(50, 1500));
    }
    this.cable.pull();
    await pause(random.between(200, 8000));
    this.cable.plug();
    this.cuts++;
  }

  /** Whether it comes to show what somebody sees who opens the same place only now. */
  async heals(): Promise<boolean> {
    let last: Healing | undefined;
    const look = async (): Promise<boolean> => {
      last = await this.look();
      return last.isHealed;
    };
    const isHealed = await until('both show the same', look, HEAL_MS, LOOK_MS).then(() => true, () => false);
    if (!isHealed) remark(`kept  ${JSON.stringify(last?.kept)}\n  fresh ${JSON.stringify(last?.fresh)}`);
    return isHealed;
  }
}
