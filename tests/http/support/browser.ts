/** A browser with our page open: its cookies, its Origin, the account it looks at. */
import { type Answer, call, json } from './answer.ts';
import { origin } from './house.ts';
import { Stream } from './stream.ts';

export const PASSWORD = 'balcao-demo-2026';

export class Browser {
  readonly cookies = new Map<string, string>();
  /** The account of its requests; none until one is chosen. */
  account_id: number | undefined;
  /** The address it comes from: 127.0.0.1 when not said. */
  from: string | undefined;

  constructor(at: { account_id?: number; from?: string } = {}) {
    this.account_id = at.account_id;
    this.from = at.from;
  }

  async signIn(email: string, password = PASSWORD): Promise<Answer> {
    return this.post('/api/v1/session', { email, password });
  }

  /** Signs in, and ends the session that this person may have elsewhere. */
  async enter(email: string, password = PASSWORD): Promise<Answer> {
    const answer = await this.signIn(email, password);
    if (answer.status !== 409) return answer;
    return this.post('/api/v1/session/takeover', { ticket: answer.refused(409, 'session_elsewhere').ticket });
  }

  /** Shows once more that it is them, as people without a second factor do. */
  async stepUp(password = PASSWORD): Promise<void> {
    (await this.post('/api/v1/session/step-up', { password })).ok(204);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown): Promise<Answer> {
    return this.ask('POST', path, body);
  }

  put(path: string, body?: unknown): Promise<Answer> {
    return this.ask('PUT', path, body);
  }

  patch(path: string, body?: unknown): Promise<Answer> {
    return this.ask('PATCH', path, body);
  }

  delete(path: string): Promise<Answer> {
    return this.ask('DELETE', path);
  }

  /** The bytes of a file, as the composer sends them. */
  upload(filename: string, type: string, bytes: Buffer): Promise<Answer> {
    return this.ask('PUT', `/api/v1/uploads?filename=${encodeURIComponent(filename)}`, bytes, { 'Content-Type': type });
  }

  media(id: number, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask('GET', `/media/${id}?account=${this.account_id ?? ''}`, undefined, headers);
  }

  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const said = body === undefined ? {} : Buffer.isBuffer(body) ? { body, headers: {} } : json(body);
    const answer = await call({
      method,
      path,
      ...said,
      headers: { ...this.ownHeaders(method), ...said.headers, ...headers },
      ...(this.from === undefined ? {} : { from: this.from }),
    });
    this.keepCookies(answer.headers['set-cookie'] ?? []);
    return answer;
  }

  /** The account's stream; `after` is the id of the last event this screen has. */
  live(after?: string): Promise<Stream> {
    return Stream.open(`/live?account=${this.account_id ?? ''}`, {
      Cookie: this.cookieHeader(),
      ...(after === undefined ? {} : { 'Last-Event-ID': after }),
    });
  }

  cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private ownHeaders(method: string): Record<string, string> {
    return {
      'User-Agent': 'Mozilla/5.0 (tests)',
      ...(method === 'GET' ? {} : { Origin: origin }),
      ...(this.cookies.size === 0 ? {} : { Cookie: this.cookieHeader() }),
      ...(this.account_id === undefined ? {} : { 'Balcao-Account': String(this.account_id) }),
    };
  }

  private keepCookies(lines: string[]): void {
    for (const line of lines) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name === undefined || value === undefined) continue;
      if (/;\s*Max-Age=0(;|$)/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}
