/** Somebody in one conversation, behind a cable of their own: with a page in a browser (page.ts), or without (light.ts). */
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

import { until } from '../bench/until.ts';
import type { Customer } from '../http/support/whatsapp.ts';
import type { Cable } from './cable.ts';
import type { Chance } from './random.ts';
import { remark } from './report.ts';

const HEAL_MS = 90_000;
const LOOK_MS = 250;

/** Lists of what is seen, by their names. */
export type Seen = Record<string, readonly unknown[]>;

/** By whoever sat through it all, and by somebody who comes only now. */
export type Looks = { kept: Seen; fresh: Seen };

/** What the one shows and the other does not. */
function besides(one: Seen, other: Seen): string {
  const left = Object.entries(one).flatMap(([name, all]) => all.filter((each) => !other[name]?.some((known) => isDeepStrictEqual(known, each))));
  return left.map((each) => JSON.stringify(each)).join('\n    ');
}

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
  protected abstract look(): Promise<Looks>;
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
    let looks: Looks | undefined;
    const same = async (): Promise<boolean> => {
      looks = await this.look();
      return isDeepStrictEqual(looks.kept, looks.fresh);
    };
    const isHealed = await until('both show the same', same, HEAL_MS, LOOK_MS).then(() => true, () => false);
    if (!isHealed && looks !== undefined) remark(`only kept:\n    ${besides(looks.kept, looks.fresh)}\n  only fresh:\n    ${besides(looks.fresh, looks.kept)}`);
    return isHealed;
  }
}
