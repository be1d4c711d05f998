import type { Receipt } from './api';

export interface Receipts {
  /** Says how far the visitor has got. Saying the same or less again costs nothing. */
  report(receipt: Receipt): void;
  /** Another person. */
  forget(): void;
}

const isMore = (next: Receipt, last: Receipt | null) =>
  last === null ||
  next.id > last.id ||
  (next.id === last.id && next.state === 'read' && last.state === 'delivered');

/**
 * Tells the team what arrived and what was read: only the newest, one request at a time. A failed
 * one is not repeated by itself; the next arrival or the next look says it all anyway.
 */
export function createReceipts(send: (receipt: Receipt) => Promise<void>): Receipts {
  let told: Receipt | null = null;
  let wanted: Receipt | null = null;
  let isSending = false;

  async function run() {
    if (isSending) return;
    isSending = true;
    while (wanted !== null && isMore(wanted, told)) {
      const before = told;
      const now = wanted;
      told = now;
      try {
        await send(now);
      } catch {
        if (told === now) told = before;
        break;
      }
    }
    isSending = false;
  }

  return {
    report(receipt) {
      if (!isMore(receipt, told)) return;
      wanted = receipt;
      void run();
    },
    forget() {
      told = null;
      wanted = null;
    },
  };
}
