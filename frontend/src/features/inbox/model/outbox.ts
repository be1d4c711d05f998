import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { asRefusal } from '@/api/refusal';
import { holdAct, undoAct } from '@/lib/grace';
import { codeOf } from '@/lib/refusal';
import { postMessage, type Attachment, type Mode } from '../api';
import { putAnswer } from './cache';

/**
 * What was sent and is not on the server yet. Each item is kept under its client key until the
 * server has it, across reloads and cut lines; sending the same key twice is the same message, so
 * trying again is always safe.
 */
export type Pending = {
  client_key: string;
  account_id: number;
  member_id: number;
  ticket_id: number;
  mode: Mode;
  text: string;
  attachment?: Attachment;
  /** The attachment was recorded. */
  voice?: boolean;
  quoted_seq?: number;
  mention_ids?: number[];
  created_at: string;
  /** held: can be taken back · queued: goes when it can · sending · refused: the slug says why */
  state: 'held' | 'queued' | 'sending' | 'refused';
  slug?: string;
  code?: string;
  /** Members who may not read what names them. */
  blind?: number[];
};

export type Sender = Pick<Pending, 'account_id' | 'member_id'>;

const isFrom = (item: Pending, { account_id, member_id }: Sender) =>
  item.account_id === account_id && item.member_id === member_id;

export type NewMessage = Pick<
  Pending,
  'ticket_id' | 'mode' | 'text' | 'attachment' | 'voice' | 'quoted_seq' | 'mention_ids'
>;

const PREFIX = 'balcao.outbox.';
const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 60_000;

let items: readonly Pending[] = [];
const listeners = new Set<() => void>();

function put(next: readonly Pending[]) {
  items = next;
  for (const listener of listeners) listener();
}

function update(client_key: string, change: Partial<Pending>) {
  put(items.map((item) => (item.client_key === client_key ? { ...item, ...change } : item)));
  const item = items.find((each) => each.client_key === client_key);
  if (item) localStorage.setItem(PREFIX + client_key, JSON.stringify(item));
}

function remove(client_key: string) {
  localStorage.removeItem(PREFIX + client_key);
  put(items.filter((item) => item.client_key !== client_key));
}

/** Of this person, in any account: a shared computer must not speak for somebody else. */
function restore(senders: readonly Sender[]): Pending[] {
  const found: Pending[] = [];
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    try {
      const item = JSON.parse(localStorage.getItem(key) ?? '') as Pending;
      if (!senders.some((sender) => isFrom(item, sender))) continue;
      found.push({ ...item, state: item.state === 'refused' ? 'refused' : 'queued' });
    } catch {
      localStorage.removeItem(key);
    }
  }
  return found.sort((a, b) => a.created_at.localeCompare(b.created_at));
}

let cache: QueryClient | undefined;
let sender: Sender = { account_id: 0, member_id: 0 };
let timer: ReturnType<typeof setTimeout> | undefined;
let wait_ms = FIRST_WAIT_MS;
const busy = new Set<number>();

/** Picks up what a closed tab or a cut line left behind. */
export function startOutbox(client: QueryClient, here: Sender, everywhere: readonly Sender[]) {
  cache = client;
  sender = here;
  put(restore(everywhere));
  const again = () => pump();
  window.addEventListener('online', again);
  pump();
  return () => {
    window.removeEventListener('online', again);
    clearTimeout(timer);
    timer = undefined;
  };
}

/** Within a ticket one at a time and in order; tickets do not wait for each other. */
function pump() {
  clearTimeout(timer);
  timer = undefined;
  for (const item of items) {
    if (item.state === 'queued' && !busy.has(item.ticket_id)) void deliver(item);
  }
}

async function deliver(item: Pending) {
  busy.add(item.ticket_id);
  update(item.client_key, { state: 'sending' });
  try {
    const message = await postMessage(item.account_id, item.ticket_id, {
      client_key: item.client_key,
      mode: item.mode,
      ...(item.text ? { text: item.text } : {}),
      ...(item.attachment ? { attachment_id: item.attachment.id } : {}),
      ...(item.voice ? { voice: true } : {}),
      ...(item.quoted_seq ? { quoted_seq: item.quoted_seq } : {}),
      ...(item.mention_ids ? { mention_ids: item.mention_ids } : {}),
    });
    wait_ms = FIRST_WAIT_MS;
    if (cache) putAnswer(cache, message);
    remove(item.client_key);
  } catch (thrown) {
    const refusal = asRefusal(thrown);
    const passing = refusal.status === 0 || refusal.status === 429 || refusal.status >= 500;
    if (!passing) {
      update(item.client_key, {
        state: 'refused',
        slug: refusal.slug,
        code: codeOf(refusal),
        ...(refusal.problem.member_ids ? { blind: refusal.problem.member_ids } : {}),
      });
    } else {
      update(item.client_key, { state: 'queued' });
      timer ??= setTimeout(pump, refusal.retryAfterS ? refusal.retryAfterS * 1000 : wait_ms);
      wait_ms = Math.min(wait_ms * 2, LONGEST_WAIT_MS);
      busy.delete(item.ticket_id);
      return;
    }
  }
  busy.delete(item.ticket_id);
  pump();
}

/** Later than any before it: what was sent in one go is told apart by nothing else after a reload. */
let lastMoment = 0;
function nextMoment() {
  lastMoment = Math.max(Date.now(), lastMoment + 1);
  return new Date(lastMoment).toISOString();
}

/** Shows the message at once; it leaves when its seconds of grace are over. */
export function send(message: NewMessage, onUndo: (item: Pending) => void): string {
  const item: Pending = {
    ...message,
    client_key: crypto.randomUUID(),
    ...sender,
    created_at: nextMoment(),
    state: 'held',
  };
  put([...items, item]);
  localStorage.setItem(PREFIX + item.client_key, JSON.stringify(item));
  holdAct({
    id: item.client_key,
    subject: `send ${item.ticket_id}`,
    run: () => {
      update(item.client_key, { state: 'queued' });
      pump();
    },
    onUndo: () => {
      remove(item.client_key);
      onUndo(item);
    },
  });
  return item.client_key;
}

export const undoSend = undoAct;

export function sendAgain(client_key: string) {
  update(client_key, { state: 'queued' });
  pump();
}

export const forget = remove;

/** How many are still here when those that can go have gone, or after so long. */
export async function unsent(patience_ms: number): Promise<number> {
  await new Promise<void>((done) => {
    const over = () => {
      clearTimeout(timeout);
      listeners.delete(look);
      done();
    };
    const look = () => {
      if (items.every(({ state }) => state === 'refused')) over();
    };
    const timeout = setTimeout(over, patience_ms);
    listeners.add(look);
    look();
  });
  return items.length;
}

/** Signing out: what this person had waiting on this computer, in any account, is nobody's to send. */
export function forgetAll() {
  for (const { client_key } of items) remove(client_key);
}

const NONE: readonly Pending[] = [];
let byTicket = new Map<number, readonly Pending[]>();
let groupedFrom: readonly Pending[] = NONE;

function pendingOf(ticket: number): readonly Pending[] {
  if (groupedFrom !== items) {
    groupedFrom = items;
    byTicket = new Map();
    for (const item of items) {
      byTicket.set(item.ticket_id, [...(byTicket.get(item.ticket_id) ?? []), item]);
    }
  }
  return byTicket.get(ticket) ?? NONE;
}

export const usePending = (ticket: number) =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => pendingOf(ticket),
  );
