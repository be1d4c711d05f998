import { backoff_ms } from './backoff';

export type LiveEvent = 'message' | 'ticket' | 'typing' | 'reset';

/** The part of EventSource that is used, so that tests can be the server. */
export interface Source {
  readonly readyState: number;
  onerror: (() => void) | null;
  addEventListener(kind: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

export interface Live {
  start(): void;
  stop(): void;
  /** Another person: what was read so far says nothing about their stream. */
  restart(): void;
  /** The network is back, or somebody is looking again: do not wait out the pause. */
  hurry(): void;
}

interface Needs {
  url: (cursor: string) => string | null; // null: there is nothing to listen to
  onEvent: (kind: LiveEvent, data: unknown) => void;
  /** Fetches what was missed. */
  poll: () => Promise<void>;
  /** How long between two polls while there is no stream. */
  pause_ms: () => number;
  onStale: (isStale: boolean) => void;
  openSource?: (url: string) => Source;
}

const KINDS: readonly LiveEvent[] = ['message', 'ticket', 'typing', 'reset'];
const CLOSED = 2;

/* Some proxies hold a stream back instead of refusing it; without a hello for so long, we ask. */
const PATIENCE_MS = 8000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Replies as they are written. EventSource resumes a plain cut by itself, with Last-Event-ID; when
 * the server refused the stream it gives up for good, so we open another, later and later. While
 * there is no stream, we ask.
 */
export function createLive(needs: Needs): Live {
  const open = needs.openSource ?? ((url) => new EventSource(url) as unknown as Source);
  let isWanted = false;
  let source: Source | null = null;
  let cursor = '';
  let hasGap = true; // something may have been said that no event told us
  let failures = 0;
  let failedPolls = 0;
  let isPolling = false;
  let patience: ReturnType<typeof setTimeout> | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  let nextPoll: ReturnType<typeof setTimeout> | undefined;

  function connect() {
    clearTimeout(reopening);
    source?.close();
    source = null;
    const url = needs.url(cursor);
    if (url === null) return;

    const mine = open(url);
    source = mine;
    waitForOpening();
    mine.onerror = () => {
      if (mine === source) lost(mine);
    };
    // The first event of every stream, also of a resumed one: what is read from now on is complete.
    mine.addEventListener('hello', (event) => {
      if (mine !== source) return;
      remember(event);
      opened();
    });
    for (const kind of KINDS) {
      mine.addEventListener(kind, (event) => {
        if (mine === source) received(kind, event);
      });
    }
  }

  function waitForOpening() {
    clearTimeout(patience);
    patience = setTimeout(startPolling, PATIENCE_MS);
  }

  function opened() {
    clearTimeout(patience);
    clearTimeout(nextPoll);
    failures = 0;
    isPolling = false;
    needs.onStale(false);
    if (hasGap) void needs.poll().catch(() => undefined);
    hasGap = false;
  }

  function remember(event: MessageEvent<string>) {
    if (event.lastEventId !== '') cursor = event.lastEventId;
  }

  function received(kind: LiveEvent, event: MessageEvent<string>) {
    remember(event);
    let data: unknown;
    try {
      data = event.data === '' ? null : JSON.parse(event.data);
    } catch {
      return; // a damaged line; what it said comes with the next fetch
    }
    needs.onEvent(kind, data);
  }

  function lost(mine: Source) {
    if (mine.readyState !== CLOSED) {
      waitForOpening();
      return;
    }
    mine.close();
    source = null;
    hasGap = true;
    clearTimeout(patience);
    startPolling();
    clearTimeout(reopening);
    reopening = setTimeout(connect, backoff_ms(++failures));
  }

  function startPolling() {
    if (!isWanted || isPolling) return;
    isPolling = true;
    failedPolls = 0;
    void pollAndAgain();
  }

  async function pollAndAgain() {
    try {
      await needs.poll();
      failedPolls = 0;
      needs.onStale(false);
    } catch {
      failedPolls += 1;
      needs.onStale(true);
    }
    if (!isPolling) return;
    const pause_ms = Math.min(needs.pause_ms() * 2 ** failedPolls, LONGEST_PAUSE_MS);
    clearTimeout(nextPoll);
    nextPoll = setTimeout(() => void pollAndAgain(), pause_ms);
  }

  function stop() {
    isWanted = false;
    isPolling = false;
    for (const timer of [patience, reopening, nextPoll]) clearTimeout(timer);
    source?.close();
    source = null;
  }

  function start() {
    if (isWanted) return;
    isWanted = true;
    failures = 0;
    connect();
  }

  return {
    start,
    stop,
    restart() {
      stop();
      cursor = '';
      hasGap = true;
    },
    hurry() {
      if (!isWanted || source !== null) return;
      failures = 0;
      connect();
    },
  };
}
