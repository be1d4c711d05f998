/** The letters the lab has taken, and what its mail server was told to do wrong. */
import type { Journal } from '../journal.ts';
import { readLetter, type Letter } from './letter.ts';

export type Mail = Letter & { id: number; at: string; from: string; to: string[] };

export type MailFaults = {
  /** Nobody lives at these addresses: 550. */
  unknown?: string[];
  /** The next so many recipients are asked for patience: 451. */
  greylist?: number;
  /** The next so many letters are taken, and the line goes dead before the 250. */
  cut_after_data?: number;
};

const KEPT = 500;

export class Mailbox {
  faults: MailFaults = {};
  #mails: Mail[] = [];
  #last = 0;
  #waiting = new Set<() => void>();
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  take(from: string, to: string[], raw: string): void {
    const mail = { id: ++this.#last, at: new Date().toISOString(), from, to, ...readLetter(raw) };
    this.#mails = [...this.#mails, mail].slice(-KEPT);
    this.#journal.add({ kind: 'mail', mail_id: mail.id, to, subject: mail.subject });
    for (const wake of this.#waiting) wake();
  }

  /** Newest first. */
  list(to: string | null, after = 0): Mail[] {
    return this.#mails.filter((mail) => mail.id > after && (to === null || mail.to.includes(to.toLowerCase()))).reverse();
  }

  get(id: number): Mail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }

  /** The first letter to somebody after `after`, when it comes; undefined when the time is over. */
  async next(to: string, after: number, timeout_ms: number): Promise<Mail | undefined> {
    const until = Date.now() + timeout_ms;
    for (;;) {
      const found = this.list(to, after).at(-1);
      const left = until - Date.now();
      if (found !== undefined || left <= 0) return found;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          this.#waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, left);
        this.#waiting.add(wake);
      });
    }
  }

  clear(): void {
    this.#mails = [];
    this.faults = {};
  }
}
