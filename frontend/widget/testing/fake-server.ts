import type { Config, Message, MessageBody, Receipt, TicketState, Visitor } from '../api';
import type { Client, Page } from '../client';
import { PAGE_SIZE } from '../client';
import { Refusal } from '../refusal';

export const config = (patch: Partial<Config> = {}): Config => ({
  name: 'Rede Pinhão',
  color: '#2B50C4',
  greeting: 'Olá! Como podemos ajudar?',
  locale: 'pt-BR',
  text_max: 4000,
  file_max_bytes: 16_000_000,
  prechat: [],
  ...patch,
});

let made = 0;

export const message = (patch: Partial<Message> = {}): Message => {
  made += 1;
  return {
    id: String(made).padStart(8, '0'),
    from: 'team',
    author: 'Ana',
    kind: 'text',
    text: `mensagem ${made}`,
    attachments: [],
    question: null,
    option_id: null,
    state: 'accepted',
    client_key: null,
    created_at: new Date(Date.UTC(2026, 10, 20, 12, 0, made)).toISOString(),
    edited_at: null,
    deleted_at: null,
    ...patch,
  };
};

/** What the server would remember of its visitors, and a say in what it answers next. */
export class FakeServer {
  readonly entered: Visitor[] = [];
  readonly posts: MessageBody[] = [];
  readonly receipts: Receipt[] = [];
  readonly asked: Page[] = [];
  readonly uploads: string[] = [];
  typed = 0;
  thread: Message[] = [];
  unread = 0;
  state: TicketState = 'none';
  unknownTokens = new Set<string>();

  /** Refusals to come, first to last, for whatever sends; null lets one pass. */
  readonly refusals: (Refusal | null)[] = [];

  private gate(token?: string) {
    if (token !== undefined && this.unknownTokens.has(token)) {
      throw new Refusal('visitor_unknown', 401);
    }
    const refusal = this.refusals.shift();
    if (refusal) throw refusal;
  }

  readonly client: Client = {
    config: () => Promise.resolve(config()),
    enter: async (visitor) => {
      await Promise.resolve();
      this.gate();
      this.entered.push(visitor);
      return { token: `token-${this.entered.length}` };
    },
    history: async (token, page) => {
      await Promise.resolve();
      if (this.unknownTokens.has(token)) throw new Refusal('visitor_unknown', 401);
      this.asked.push(page);
      const { before, after } = page;
      let data = this.thread;
      let has_older = false;
      if (after !== undefined) {
        data = data.filter(({ id }) => id > after).slice(0, PAGE_SIZE);
      } else {
        if (before !== undefined) data = data.filter(({ id }) => id < before);
        has_older = data.length > PAGE_SIZE;
        data = data.slice(-PAGE_SIZE);
      }
      return { data, has_older, unread: this.unread, state: this.state };
    },
    send: async (token, body) => {
      await Promise.resolve();
      this.gate(token);
      this.posts.push(body);
    },
    upload: async (token, file, onProgress) => {
      await Promise.resolve();
      this.gate(token);
      onProgress(1);
      this.uploads.push(file.name);
      return {
        id: this.uploads.length,
        state: 'ready',
        kind: 'document',
        mime: file.type,
        filename: file.name,
        size_bytes: file.size,
        error_slug: null,
        created_at: new Date().toISOString(),
        edited_at: null,
        deleted_at: null,
      };
    },
    receipt: async (_token, receipt) => {
      await Promise.resolve();
      this.receipts.push(receipt);
    },
    typing: async () => {
      await Promise.resolve();
      this.typed += 1;
    },
    mediaUrl: (_token, attachment) => `/media/${attachment}`,
    liveUrl: (token, cursor) => `/live/widget?token=${token}&cursor=${cursor}`,
  };
}
