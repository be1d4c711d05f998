/** Everything the lab remembers, in one place. Nothing survives the process, and `reset` makes it new. */
import { Buckets } from './buckets.ts';
import { Chats } from './chats.ts';
import { Clock } from './clock.ts';
import { FaultBoard } from './faults.ts';
import { Journal } from './journal.ts';
import { MediaStore } from './media/store.ts';
import { Numbers } from './numbers.ts';
import { FIRST_PEOPLE, People } from './people.ts';
import { Profiles } from './profiles.ts';
import { PushService } from './push/subscriptions.ts';
import { Mailbox } from './smtp/mailbox.ts';
import { Templates } from './templates.ts';
import { Deliverer } from './webhook/deliver.ts';

export type Webchat = { channel_key: string; identity_key: string };

export class World {
  readonly clock = new Clock();
  readonly journal = new Journal(this.clock);
  readonly numbers = new Numbers();
  readonly people = new People();
  readonly chats = new Chats(this.clock);
  readonly media = new MediaStore(this.clock);
  readonly templates = new Templates();
  readonly profiles = new Profiles();
  readonly faults = new FaultBoard();
  readonly buckets = new Buckets(this.clock);
  readonly push = new PushService(this.journal);
  readonly mailbox = new Mailbox(this.journal);
  readonly deliverer = new Deliverer(this.clock, this.journal, this.numbers, this.faults);
  webchat: Webchat = { channel_key: '', identity_key: '' };
  public_url: string;
  /** Where this lab answers, for the addresses of media. Known once it listens. */
  origin = '';

  constructor(public_url: string) {
    this.public_url = public_url;
    this.#greet();
  }

  /** Forgets conversations, faults, limits, pending webhooks and clock; numbers stay unless told otherwise. */
  reset(options: { numbers: boolean }): void {
    this.deliverer.clear();
    this.chats.clear();
    this.media.clear();
    this.faults.clear();
    this.buckets.clear();
    this.clock.reset();
    this.mailbox.clear();
    this.push.clear();
    this.people.clear();
    this.templates.clear();
    this.profiles.clear();
    if (options.numbers) this.numbers.clear();
    for (const { waba_id } of this.numbers.list()) this.templates.stock(waba_id);
    this.#greet();
    this.journal.clear();
  }

  #greet(): void {
    for (const person of FIRST_PEOPLE) this.people.save(person);
  }
}
