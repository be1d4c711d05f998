import type { MessageBody } from './api';
import { backoff_ms } from './backoff';
import { type Refusal, asRefusal } from './refusal';
import type { Shelf } from './storage';

export interface FileCard {
  name: string;
  mime: string;
  size_bytes: number;
}

/** An option of a question, both by the server's names for them. */
export interface Tap {
  question_id: string;
  option_id: string;
}

export type Place = NonNullable<MessageBody['location']>;

/** A message of ours that the server's history does not show yet. */
export interface Outgoing {
  key: string; // the client_key: the server takes each once, however often it is sent
  order: number; // as typed; also milliseconds since 1970
  text: string;
  file: FileCard | null;
  tap?: Tap; // its text is the option's label
  place?: Place; // where the visitor is; nothing else goes with it
  attachment_id: number | null; // set once uploaded; the bytes are not needed any more
  state: 'waiting' | 'sending' | 'kept' | 'refused';
  slug: string | null; // why refused
  progress: number; // of the upload, 0 to 1
}

export interface Outbox {
  items(): readonly Outgoing[];
  add(text: string, file: File | null, more?: { tap?: Tap; place?: Place }): Outgoing;
  /** Sends what waits, in order. Does nothing when it is not the moment. */
  flush(): Promise<void>;
  /** The network is back: whatever we were waiting for, except the server's own wish, is over. */
  wake(): void;
  retry(key: string): void;
  discard(key: string): void;
  /** The history shows these now. */
  settle(keys: Iterable<string>): void;
  clear(): void;
  bytes(key: string): File | undefined;
  /** Until when the server asked for silence; milliseconds since 1970, 0: it did not. */
  quietUntil(): number;
}

interface Needs {
  shelf: Shelf;
  upload: (file: File, onProgress: (share: number) => void) => Promise<number>;
  post: (body: MessageBody) => Promise<void>;
  isReady: () => boolean;
  onChange: () => void;
  onRefusal?: (refusal: Refusal) => void;
  newKey: () => string;
}

const SHELF = 'out:';
const DAY_MS = 24 * 60 * 60 * 1000;

/** The bytes of a file do not survive the page; only what was typed and what was uploaded does. */
export const FILE_LOST = 'file_lost';

/**
 * Each message is a shelf entry of its own, so two tabs never overwrite each other's. Both may send
 * the same one; the client_key makes that one message.
 */
export function createOutbox(needs: Needs): Outbox {
  const { shelf } = needs;
  const files = new Map<string, File>();
  let list = restore(shelf);
  let isRunning = false;
  let failures = 0;
  let quiet_until = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function keep(item: Outgoing) {
    const state = item.state === 'sending' ? 'waiting' : item.state;
    shelf.put(SHELF + item.key, { ...item, state, progress: 0 } satisfies Outgoing);
  }

  /* A message that left the list meanwhile (settled, discarded, cleared) stays gone. */
  function change(key: string, patch: Partial<Outgoing>) {
    const before = list.find((item) => item.key === key);
    if (!before) return;
    const after = { ...before, ...patch };
    list = list.map((item) => (item === before ? after : item));
    const isOnlyProgress = Object.keys(patch).every((name) => name === 'progress');
    if (!isOnlyProgress) keep(after);
    needs.onChange();
  }

  function remove(isGone: (item: Outgoing) => boolean) {
    const gone = list.filter(isGone);
    if (gone.length === 0) return;
    list = list.filter((item) => !gone.includes(item));
    for (const { key } of gone) {
      shelf.drop(SHELF + key);
      files.delete(key);
    }
    needs.onChange();
  }

  async function deliver(item: Outgoing) {
    let attachment_id = item.attachment_id;
    const file = files.get(item.key);
    if (attachment_id === null && file) {
      attachment_id = await needs.upload(file, (progress) => change(item.key, { progress }));
      change(item.key, { attachment_id, progress: 1 });
    }
    const body: MessageBody = { client_key: item.key, ...item.tap };
    if (item.text !== '') body.text = item.text;
    if (attachment_id !== null) body.attachment_id = attachment_id;
    if (item.place) body.location = item.place;
    await needs.post(body);
  }

  /* True when the next one may go. */
  async function attempt(item: Outgoing): Promise<boolean> {
    change(item.key, { state: 'sending', slug: null });
    try {
      await deliver(item);
      failures = 0;
      change(item.key, { state: 'kept' });
      return true;
    } catch (thrown) {
      const refusal = asRefusal(thrown);
      needs.onRefusal?.(refusal);
      if (!refusal.isTemporary && needs.isReady()) {
        change(item.key, { state: 'refused', slug: refusal.slug, progress: 0 });
        return true;
      }
      if (refusal.isTemporary) wait(refusal);
      change(item.key, { state: 'waiting', progress: 0 });
      return false;
    }
  }

  function wait(refusal: Refusal) {
    let wait_ms = backoff_ms(failures++);
    if (refusal.retry_after_s !== undefined) {
      wait_ms = refusal.retry_after_s * 1000;
      quiet_until = Date.now() + wait_ms;
    }
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), wait_ms);
  }

  async function flush() {
    if (isRunning || Date.now() < quiet_until) return;
    clearTimeout(timer);
    isRunning = true;
    try {
      let mayGo = true;
      while (mayGo && needs.isReady()) {
        const next = list.find((item) => item.state === 'waiting');
        if (!next) break;
        mayGo = await attempt(next);
      }
    } finally {
      isRunning = false;
    }
  }

  return {
    items: () => list,
    bytes: (key) => files.get(key),
    quietUntil: () => quiet_until,
    flush,

    add(text, file, more) {
      const last = list.at(-1)?.order ?? 0;
      const item: Outgoing = {
        key: needs.newKey(),
        order: Math.max(Date.now(), last + 1),
        text,
        file: file && { name: file.name, mime: file.type, size_bytes: file.size },
        ...more,
        attachment_id: null,
        state: 'waiting',
        slug: null,
        progress: 0,
      };
      if (file) files.set(item.key, file);
      list = [...list, item];
      keep(item);
      needs.onChange();
      void flush();
      return item;
    },

    wake() {
      failures = 0;
      void flush();
    },

    retry(key) {
      change(key, { state: 'waiting', slug: null });
      void flush();
    },

    discard: (key) => remove((item) => item.key === key),

    settle(keys) {
      const seen = new Set(keys);
      remove((item) => seen.has(item.key));
    },

    clear: () => remove(() => true),
  };
}

function isOutgoing(value: unknown): value is Outgoing {
  if (typeof value !== 'object' || value === null) return false;
  const { key, order, text } = value as Record<string, unknown>;
  return typeof key === 'string' && typeof order === 'number' && typeof text === 'string';
}

function restore(shelf: Shelf): readonly Outgoing[] {
  const items: Outgoing[] = [];
  for (const name of shelf.names(SHELF)) {
    const item = shelf.get(name);
    // Kept ones wait for the history to show them. After a day they never will.
    if (!isOutgoing(item) || (item.state === 'kept' && Date.now() - item.order > DAY_MS)) {
      shelf.drop(name);
      continue;
    }
    const isLost = item.state !== 'kept' && item.file !== null && item.attachment_id === null;
    items.push(isLost ? { ...item, state: 'refused', slug: FILE_LOST } : item);
  }
  return items.sort((a, b) => a.order - b.order);
}
