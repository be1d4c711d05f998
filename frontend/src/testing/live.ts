import type { LiveSource } from '@/lib/realtime/protocol';

/** An EventSource whose server is the test. */
export class FakeSource implements LiveSource {
  static last: FakeSource | undefined;

  onopen: LiveSource['onopen'] = null;
  onerror: LiveSource['onerror'] = null;
  readyState = 0;
  private readonly listeners = new Map<string, (event: MessageEvent<string>) => void>();

  constructor(readonly address: string) {
    FakeSource.last = this;
  }

  addEventListener(kind: string, listener: (event: MessageEvent<string>) => void) {
    this.listeners.set(kind, listener);
  }

  close() {
    this.readyState = 2;
  }

  opened() {
    this.readyState = 1;
    this.onopen?.call(undefined as never, new Event('open'));
  }

  /** A cut the browser repairs by itself, or (`forGood`) one it gives up on. */
  cut(forGood = false) {
    this.readyState = forGood ? 2 : 0;
    this.onerror?.call(undefined as never, new Event('error'));
  }

  says(kind: string, data: unknown, id = '1-1') {
    const event = new MessageEvent(kind, { data: JSON.stringify(data), lastEventId: id });
    this.listeners.get(kind)?.(event);
  }
}

/** What the pages under test open their stream with. */
export function stubEventSource() {
  FakeSource.last = undefined;
  vi.stubGlobal('EventSource', FakeSource);
}
