/**
 * One event of the account's stream. `id` is opaque and orders events; `kind` says which patch
 * applies; `data` is checked by whoever handles it.
 */
export type LiveEvent = { id: string; kind: string; data: unknown };

export type LiveState = 'connecting' | 'open' | 'retrying' | 'signed_out';

/** What the one leading tab tells the others. */
export type TabMessage =
  { kind: 'event'; event: LiveEvent } | { kind: 'state'; state: LiveState } | { kind: 'who_leads' };

/** As much of EventSource as is used, so that tests can hand in their own. */
export interface LiveSource {
  onopen: ((this: never, event: Event) => unknown) | null;
  onerror: ((this: never, event: Event) => unknown) | null;
  readonly readyState: number;
  addEventListener(kind: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

export type OpenSource = (address: string) => LiveSource;
