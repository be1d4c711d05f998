import type { Source } from '../live';

/** The server's end of a stream. */
export class FakeSource implements Source {
  static opened: FakeSource[] = [];

  readyState = 0;
  onerror: (() => void) | null = null;
  private readonly listeners = new Map<string, (event: MessageEvent<string>) => void>();

  constructor(readonly url: string) {
    FakeSource.opened.push(this);
  }

  static get last(): FakeSource {
    const source = FakeSource.opened.at(-1);
    if (!source) throw new Error('no stream was opened');
    return source;
  }

  addEventListener(kind: string, listener: (event: MessageEvent<string>) => void) {
    this.listeners.set(kind, listener);
  }

  close() {
    this.readyState = 2;
  }

  accept(cursor = '') {
    this.readyState = 1;
    this.tell('hello', { cursor }, cursor);
  }

  refuse() {
    this.readyState = 2;
    this.onerror?.();
  }

  /** Cut; the browser is already connecting again. */
  cut() {
    this.readyState = 0;
    this.onerror?.();
  }

  tell(kind: string, data: unknown, lastEventId = '') {
    this.raw(kind, JSON.stringify(data), lastEventId);
  }

  raw(kind: string, data: string, lastEventId = '') {
    this.listeners.get(kind)?.({ data, lastEventId } as MessageEvent<string>);
  }
}
