/** Browsers that are pushed to, as their push service knows them. */
import type { Journal } from '../journal.ts';
import { randomUUID } from 'node:crypto';

export type PushFaults = {
  /** The next so many are refused with this status. */
  status?: number;
  times?: number;
  retry_after_s?: number;
  /** Taken, and the line dies in the middle of the answer. */
  cut?: boolean;
};

export type Pushed = { at: string; ttl: number; urgency: string; topic?: string; bytes: number; sub: string };

export type Subscription = {
  id: string;
  /** The key that the page subscribed with: nobody else may push here. Empty: the first to come. */
  key: string;
  is_gone: boolean;
  faults: PushFaults;
  attempts: number;
  taken: Pushed[];
};

export class PushService {
  readonly #journal: Journal;
  #subscriptions = new Map<string, Subscription>();

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  add(key: string): Subscription {
    const subscription: Subscription = { id: randomUUID(), key, is_gone: false, faults: {}, attempts: 0, taken: [] };
    this.#subscriptions.set(subscription.id, subscription);
    return subscription;
  }

  get(id: string): Subscription | undefined {
    return this.#subscriptions.get(id);
  }

  take(subscription: Subscription, pushed: Pushed): void {
    /* One that waits at the service is replaced by the next of its topic; here the phone is always on. */
    subscription.taken.push(pushed);
    this.#journal.add({ kind: 'push', subscription: subscription.id, ttl: pushed.ttl, urgency: pushed.urgency });
  }

  refuse(subscription: string, status: number, why: string): void {
    this.#journal.add({ kind: 'push_refused', subscription, status, why });
  }

  clear(): void {
    this.#subscriptions.clear();
  }
}
