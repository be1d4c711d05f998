import type { Attachment, Config, History, MessageBody, Pass, Receipt, Visitor } from './api';
import { Refusal, UNREACHABLE, asRefusal, refusalFrom } from './refusal';

/* A phone between two antennas may leave a request hanging for minutes. */
const PATIENCE_MS = 20_000;

export const PAGE_SIZE = 40;

export interface Page {
  before?: string;
  after?: string;
}

/** What the server can be asked. Everything rejects with a Refusal, and nothing else. */
export interface Client {
  config(): Promise<Config>;
  enter(visitor: Visitor): Promise<Pass>;
  history(token: string, page: Page): Promise<History>;
  send(token: string, body: MessageBody): Promise<void>;
  /** `onProgress` is told the share already sent, 0 to 1. */
  upload(token: string, file: File, onProgress: (share: number) => void): Promise<Attachment>;
  receipt(token: string, receipt: Receipt): Promise<void>;
  typing(token: string): Promise<void>;
  mediaUrl(token: string, attachment: number): string;
  liveUrl(token: string, cursor: string): string;
}

export function createClient(origin: string, channel: string): Client {
  const root = `${origin}/api/v1/widget`;
  const ours = `${root}/${encodeURIComponent(channel)}`;

  async function ask<Body>(method: string, url: string, token?: string, body?: unknown) {
    const headers = new Headers();
    if (token !== undefined) headers.set('Authorization', `Bearer ${token}`);
    if (body !== undefined) headers.set('Content-Type', 'application/json');

    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    try {
      const response = await fetch(url, {
        method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        credentials: 'omit', // a visitor is known by the token alone, never by a cookie
        signal: patience.signal,
      });
      const answer = await response.text();
      if (!response.ok) {
        throw refusalFrom(response.status, answer, response.headers.get('Retry-After'));
      }
      return (answer === '' ? undefined : JSON.parse(answer)) as Body;
    } catch (thrown) {
      throw asRefusal(thrown);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    config: () => ask('GET', `${ours}/config`),
    enter: (visitor) => ask('POST', `${ours}/visitors`, undefined, visitor),
    history(token, page) {
      const query = new URLSearchParams({ limit: String(PAGE_SIZE), ...page });
      return ask('GET', `${root}/messages?${query.toString()}`, token);
    },
    send: (token, body) => ask('POST', `${root}/messages`, token, body),
    upload: (token, file, onProgress) => {
      const query = new URLSearchParams({ filename: file.name });
      return put(`${root}/uploads?${query.toString()}`, token, file, onProgress);
    },
    receipt: (token, receipt) => ask('POST', `${root}/read`, token, receipt),
    typing: (token) => ask('POST', `${root}/typing`, token),
    mediaUrl: (token, attachment) =>
      `${origin}/media/${attachment}?${new URLSearchParams({ visitor: token }).toString()}`,
    liveUrl(token, cursor) {
      const query = new URLSearchParams({ token });
      if (cursor !== '') query.set('cursor', cursor);
      return `${origin}/live/widget?${query.toString()}`;
    },
  };
}

/* XMLHttpRequest, because fetch still cannot say how much of a body has left. */
function put(url: string, token: string, file: File, onProgress: (share: number) => void) {
  return new Promise<Attachment>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.setRequestHeader('Authorization', `Bearer ${token}`);
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onerror = () => reject(new Refusal(UNREACHABLE));
    request.onload = () => {
      const { status, responseText } = request;
      if (status !== 201) {
        reject(refusalFrom(status, responseText, request.getResponseHeader('Retry-After')));
        return;
      }
      try {
        resolve(JSON.parse(responseText) as Attachment);
      } catch {
        reject(new Refusal(UNREACHABLE)); // cut in the middle of the answer
      }
    };
    request.send(file);
  });
}
