/**
 * As much of a browser as the inbox needs when nobody looks at it: cookies, storage, requests and an event stream, all
 * through one cable. One tab, so there is nobody to share a stream or a lock with.
 */
export type Way = { house: string; origin: string; cookies: [string, string][] };

const RECONNECT_MS = 3000; /* as Chromium */

/** Its keys are its own, as a browser's are. */
function storage(): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  const method = (name: string, value: unknown): unknown => Object.defineProperty(kept, name, { value });
  method('getItem', (key: string) => kept[key] ?? null);
  method('setItem', (key: string, value: string) => void (kept[key] = value));
  method('removeItem', (key: string) => void delete kept[key]);
  return kept;
}

class Source {
  onopen: ((event: Event) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  readyState = 0;
  readonly #address: string;
  readonly #listeners = new Map<string, (event: MessageEvent<string>) => void>();
  readonly #closed = new AbortController();
  #last = '';

  constructor(address: string) {
    this.#address = address;
    void this.#run();
  }

  addEventListener(kind: string, listener: (event: MessageEvent<string>) => void): void {
    this.#listeners.set(kind, listener);
  }

  close(): void {
    this.readyState = 2;
    this.#closed.abort();
  }

  async #run(): Promise<void> {
    while (this.readyState !== 2) {
      this.readyState = 0;
      const isRefused = await this.#read().catch(() => false);
      if (this.#closed.signal.aborted) return;
      this.readyState = isRefused ? 2 : 0;
      this.onerror?.(new Event('error'));
      await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
    }
  }

  /** Until it is cut; true: there was an answer, and it was no stream. */
  async #read(): Promise<boolean> {
    const headers = { Accept: 'text/event-stream', ...(this.#last === '' ? {} : { 'Last-Event-ID': this.#last }) };
    const { status, body } = await fetch(this.#address, { headers, signal: this.#closed.signal });
    if (status !== 200 || body === null) return true;
    this.readyState = 1;
    this.onopen?.(new Event('open'));
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ''; ; ) {
      const { done, value = '' } = await reader.read();
      if (done) return false;
      const blocks = (rest + value).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) this.#take(block);
    }
  }

  #take(block: string): void {
    const kind = /^event: (.*)$/m.exec(block)?.[1] ?? 'message';
    const data = /^data: (.*)$/m.exec(block)?.[1];
    this.#last = /^id: (.*)$/m.exec(block)?.[1] ?? this.#last;
    if (data !== undefined) this.#listeners.get(kind)?.(new MessageEvent(kind, { data, lastEventId: this.#last }));
  }
}

/** Puts it where a page would find it; opens the stream of an address. */
export function browse({ house, origin, cookies }: Way): (address: string) => Source {
  const kept = new Map(cookies);
  const ask = globalThis.fetch;
  const through = async (asked: Request | string | URL, more?: RequestInit): Promise<Response> => {
    const request = new Request(asked instanceof Request ? asked : new URL(asked, origin), more);
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    headers.set('Cookie', [...kept].map(([name, value]) => `${name}=${value}`).join('; '));
    headers.set('Origin', origin);
    const body = request.body === null ? {} : { body: await request.arrayBuffer() };
    const answer = await ask(house + pathname + search, { method: request.method, headers, signal: request.signal, ...body });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) kept.set(name, value);
    }
    return answer;
  };
  const given = { fetch: through, localStorage: storage(), sessionStorage: storage(), navigator: {}, BroadcastChannel: undefined, location: new URL(origin), window: globalThis, document: { documentElement: { lang: 'pt-BR' } } };
  for (const [name, value] of Object.entries(given)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  const events = new EventTarget();
  Object.assign(globalThis, { addEventListener: events.addEventListener.bind(events), removeEventListener: events.removeEventListener.bind(events) });
  return (address) => new Source(address);
}
