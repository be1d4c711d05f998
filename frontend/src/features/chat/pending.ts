import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { asRefusal } from '@/api/refusal';
import { say, type Attachment } from './api';
import { putMessage } from './live';

/** What was sent and is not on the server yet. The same key is the same message, so trying again is safe. */
export type Pending = {
  client_key: string;
  chat_id: number;
  text: string;
  attachment?: Attachment;
  created_at: string;
  /** The slug of a refusal; without one it goes when it can. */
  slug?: string;
};

const AGAIN_MS = 3000;
const NONE: readonly Pending[] = [];

let items: readonly Pending[] = NONE;
const busy = new Set<number>();
const listeners = new Set<() => void>();

function put(next: readonly Pending[]) {
  items = next;
  for (const listener of listeners) listener();
}

/** Within a chat one at a time and in order. */
async function pump(cache: QueryClient, chat: number) {
  const next = items.find(({ chat_id, slug }) => chat_id === chat && !slug);
  if (!next || busy.has(chat)) return;
  busy.add(chat);
  try {
    const message = await say(chat, {
      client_key: next.client_key,
      ...(next.text ? { text: next.text } : {}),
      ...(next.attachment ? { attachment_id: next.attachment.id } : {}),
    });
    putMessage(cache, message);
    put(items.filter((item) => item !== next));
  } catch (thrown) {
    const refusal = asRefusal(thrown);
    const passing = refusal.status === 0 || refusal.status === 429 || refusal.status >= 500;
    if (passing) {
      busy.delete(chat);
      setTimeout(() => void pump(cache, chat), AGAIN_MS);
      return;
    }
    put(items.map((item) => (item === next ? { ...item, slug: refusal.slug } : item)));
  }
  busy.delete(chat);
  await pump(cache, chat);
}

export function send(
  cache: QueryClient,
  chat_id: number,
  text: string,
  attachment: Attachment | undefined,
) {
  const item: Pending = {
    client_key: crypto.randomUUID(),
    chat_id,
    text,
    created_at: new Date().toISOString(),
    ...(attachment ? { attachment } : {}),
  };
  put([...items, item]);
  void pump(cache, chat_id);
}

export function sendAgain(cache: QueryClient, client_key: string) {
  put(
    items.map((item) => {
      if (item.client_key !== client_key) return item;
      const fresh = { ...item };
      delete fresh.slug;
      return fresh;
    }),
  );
  const chat = items.find((item) => item.client_key === client_key)?.chat_id;
  if (chat !== undefined) void pump(cache, chat);
}

export const forget = (client_key: string) =>
  put(items.filter((item) => item.client_key !== client_key));

/** The list as it is: whoever looks picks out what is theirs. */
export const usePending = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => items,
  );
