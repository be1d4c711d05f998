import type { LiveEvent, LiveSource, LiveState, OpenSource } from './protocol';

const CLOSED = 2;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

type Listeners = {
  onEvent: (event: LiveEvent) => void;
  onState: (state: LiveState) => void;
  /** Asked before a reopening: a cut stream is often an expired session. */
  renew: () => Promise<void>;
};

const openEventSource: OpenSource = (address) =>
  new EventSource(address, { withCredentials: true });

/**
 * The stream of one account. EventSource resumes a plain cut by itself, sending the last id; when
 * the server refused the stream it gives up for good, so we open another, later and later.
 */
export class LiveStream {
  private source: LiveSource | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wait_ms = FIRST_WAIT_MS;
  private cursor = '';
  private stopped = false;

  constructor(
    private readonly account: number,
    private readonly kinds: readonly string[],
    private readonly listeners: Listeners,
    private readonly openSource: OpenSource = openEventSource,
  ) {}

  open() {
    const query = new URLSearchParams({ account: String(this.account) });
    if (this.cursor) query.set('cursor', this.cursor);

    const source = this.openSource(`/live?${query.toString()}`);
    this.source = source;
    source.onopen = () => {
      this.wait_ms = FIRST_WAIT_MS;
      this.listeners.onState('open');
    };
    source.onerror = () => this.lost(source);
    for (const kind of [...this.kinds, 'reset']) {
      source.addEventListener(kind, (event) => this.received(kind, event));
    }
    source.addEventListener('signed_out', () => {
      this.close();
      this.listeners.onState('signed_out');
    });
  }

  close() {
    this.stopped = true;
    clearTimeout(this.timer);
    this.source?.close();
  }

  private received(kind: string, event: MessageEvent<string>) {
    if (event.lastEventId) this.cursor = event.lastEventId;
    let data: unknown;
    try {
      data = event.data ? JSON.parse(event.data) : null;
    } catch {
      return; // a damaged line is not worth a broken screen; the next reset or refetch heals it
    }
    this.listeners.onEvent({ id: event.lastEventId, kind, data });
  }

  private lost(source: LiveSource) {
    if (this.stopped || source !== this.source) return;
    this.listeners.onState('retrying');
    if (source.readyState !== CLOSED) return; // it is reconnecting by itself

    source.close();
    clearTimeout(this.timer);
    const jitter = 0.75 + Math.random() / 2; // a restart must not bring everybody back together
    this.timer = setTimeout(() => void this.reopen(), this.wait_ms * jitter);
    this.wait_ms = Math.min(this.wait_ms * 2, LONGEST_WAIT_MS);
  }

  private async reopen() {
    await this.listeners.renew();
    if (!this.stopped) this.open();
  }
}
