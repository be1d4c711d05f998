import type { Config, Message, TicketState, Visitor } from './api';
import type { Client } from './client';
import { fieldsToAsk } from './details';
import { stageFiles } from './files';
import { createHistory } from './history';
import { type Identity, isSigned, personOf } from './identity';
import { newKey } from './keys';
import type { Link } from './link';
import { type LiveEvent, type Source, createLive } from './live';
import { createOutbox, type Place } from './outbox';
import { isLooking, watchPresence } from './presence';
import { type Option, openQuestion } from './question';
import { createReceipts } from './receipts';
import type { Refusal } from './refusal';
import { createSession } from './session';
import type { Shelf } from './storage';
import { type State, type Store, createStore, emptyConversation, initialState } from './store';
import { keysOf, lastOfOurs, merge } from './thread';
import { createDots, createTypist } from './typing';

/** Everything a visitor can do, and the state the screen draws. */
export interface Chat {
  store: Store<State>;
  start(): void;
  open(): void;
  close(): void;
  identify(identity: Identity | null): void;
  send(text: string): void;
  /** Once: what was tapped of a question already is left alone. */
  tap(question_id: string, option: Option): void;
  /** Where the visitor is, as their device says. */
  tellPlace(place: Place): void;
  warn(slug: string): void;
  stage(files: Iterable<File>): void;
  unstage(key: string): void;
  typed(): void;
  tellDetails(details: Visitor): void;
  loadOlder(): void;
  reload(): void;
  retry(key: string): void;
  discard(key: string): void;
  dismissNotice(): void;
  /** The reader is at the newest message, or has scrolled away from it. */
  sees(isAtEnd: boolean): void;
  draft(): string;
  keepDraft(text: string): void;
  bytes(key: string): File | undefined;
  mediaUrl(attachment: number): string;
}

interface Needs {
  client: Client;
  config: Config;
  shelf: Shelf; // kept between visits
  visit: Shelf; // kept until the tab is closed
  identity: Identity | null;
  page: () => string;
  link?: Link; // by which they came
  openSource?: (url: string) => Source;
}

const DETAILS = 'details';
const READ = 'read';
const OPEN = 'open';
const DRAFT = 'draft';

const POLL_OPEN_MS = 5000;
const POLL_CLOSED_MS = 20_000;

const isText = (value: unknown): value is string => typeof value === 'string';
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

export function createChat({
  client,
  config,
  shelf,
  visit,
  page,
  link,
  openSource,
  ...first
}: Needs): Chat {
  const store = createStore<State>({
    ...initialState(config),
    identity: first.identity,
    isOnline: navigator.onLine,
  });
  let isAtEnd = true;

  const session = createSession({
    client,
    shelf,
    page,
    identity: first.identity,
    details: () => store.get().details ?? {},
    onToken: changedToken,
  });

  const outbox = createOutbox({
    shelf,
    newKey,
    upload: async (file, onProgress) =>
      (await session.withToken((token) => client.upload(token, file, onProgress))).id,
    post: async (body) => {
      await session.withToken((token) => client.send(token, { ...body, ...link }));
      store.set({ isStale: false });
    },
    isReady: () => store.get().isOnline && fieldsToAsk(store.get()).length === 0,
    onChange: showOutbox,
    onRefusal: sendingFailed,
  });

  const history = createHistory({ store, client, session, onMessages: arrived });
  const dots = createDots((isTyping) => store.set({ isTyping }));
  const receipts = createReceipts((receipt) =>
    withPresentToken((token) => client.receipt(token, receipt)),
  );
  const typed = createTypist(() => {
    void withPresentToken((token) => client.typing(token)).catch(() => undefined);
  });

  const live = createLive({
    url: (cursor) => {
      const token = session.token();
      return token === null ? null : client.liveUrl(token, cursor);
    },
    onEvent: heard,
    poll: history.newer,
    pause_ms: () => (store.get().isOpen ? POLL_OPEN_MS : POLL_CLOSED_MS),
    onStale: (isStale) => store.set({ isStale }),
    ...(openSource && { openSource }),
  });

  /* For what is worth saying only by somebody the server knows already. */
  async function withPresentToken(act: (token: string) => Promise<void>) {
    const token = session.token();
    if (token !== null) await act(token);
  }

  function changedToken(token: string | null) {
    if (token === store.get().token) return;
    const isOther = store.get().token !== null;
    store.set({ token, ...(isOther && emptyConversation) });
    live.restart();
    receipts.forget();
    dots.gone();
    listen();
  }

  /* A stream costs the server a place: only for those who wait for somebody to speak. */
  function listen() {
    const { token, isOpen, ticket, outgoing } = store.get();
    const isWaiting = isOpen || ticket !== 'none' || outgoing.length > 0;
    if (token !== null && isWaiting) live.start();
    else live.stop();
  }

  function showOutbox() {
    store.set({ outgoing: outbox.items(), quiet_until: outbox.quietUntil() });
    listen();
  }

  function sendingFailed(refusal: Refusal) {
    const { field } = refusal;
    if (refusal.isTemporary) {
      if (refusal.status !== 429) store.set({ isStale: true });
    } else if (field !== undefined && config.prechat.some(({ name }) => name === field)) {
      shelf.drop(DETAILS);
      store.set({ details: null, detailsFault: { field, slug: refusal.slug } });
    }
  }

  function arrived(messages: readonly Message[]) {
    outbox.settle(keysOf(messages));
    acknowledge();
    listen();
  }

  /* Tells the team how far the visitor has got. */
  function acknowledge() {
    const { isOpen, messages, unread } = store.get();
    const last = lastOfOurs(messages);
    if (!last) return;
    const before = shelf.get(READ);
    const isNew = unread > 0 || !isText(before) || last.id > before;
    if (!isNew) return;
    if (!isOpen || !isAtEnd || !isLooking()) {
      receipts.report({ id: last.id, state: 'delivered' });
      return;
    }
    receipts.report({ id: last.id, state: 'read' });
    shelf.put(READ, last.id);
    store.set({ unread: 0 });
  }

  function heard(kind: LiveEvent, data: unknown) {
    if (kind === 'reset') void history.latest().catch(() => undefined);
    else if (kind === 'typing') dots.seen();
    else if (!isObject(data)) return;
    else if (kind === 'ticket' && isText(data.state)) {
      store.set({ ticket: data.state as TicketState });
      listen();
    } else if (kind === 'message' && isObject(data.message) && isText(data.message.id)) {
      heardMessage(data.message as unknown as Message);
    }
  }

  function heardMessage(message: Message) {
    const { messages, unread, ticket } = store.get();
    const isNew = !messages.some(({ id }) => id === message.id);
    const isOurs = message.from !== 'visitor';
    if (isOurs) dots.gone();
    store.set({
      messages: merge(messages, [message]),
      unread: unread + (isNew && isOurs ? 1 : 0),
      // The word of a visitor opens the next ticket; the server's own event may come a little later.
      ticket: isNew && !isOurs && ticket === 'closed' ? 'open' : ticket,
    });
    arrived([message]);
  }

  function adoptIdentity(identity: Identity | null) {
    const before = store.get().identity;
    const isOther = session.identify(identity);
    store.set({ identity });
    if (!isOther) return;
    // What a stranger wrote before logging in goes along. What a person wrote is theirs.
    if (personOf(before) !== '') outbox.clear();
    shelf.drop(DETAILS);
    shelf.drop(READ);
    visit.drop(DRAFT);
    store.set({ details: null, detailsFault: null, staged: [], notice: null });
    resume();
    void outbox.flush();
  }

  /* A person who logs in on a new device has a conversation already; a stranger has none. */
  function enterIfKnown() {
    const { token, isOpen, identity } = store.get();
    if (token === null && isOpen && isSigned(identity)) {
      void session.enter().then(resume, () => store.set({ isStale: true }));
    }
  }

  function resume() {
    changedToken(session.token());
    if (session.token() !== null) void history.latest().catch(() => store.set({ isStale: true }));
    else enterIfKnown();
    listen();
  }

  function start() {
    const details = shelf.get(DETAILS);
    if (isObject(details) && details.person === personOf(first.identity)) {
      store.set({ details: details.answers as Visitor });
    }
    store.set({ outgoing: outbox.items() });

    watchPresence({
      onNetwork(isOnline) {
        store.set({ isOnline });
        if (!isOnline) return;
        outbox.wake();
        live.hurry();
        if (store.get().history === 'failed') resume();
        enterIfKnown();
      },
      onLook(isLooking) {
        if (!isLooking) return;
        listen();
        live.hurry();
        acknowledge();
      },
      onLeft: live.stop,
    });
    shelf.onElsewhere((name) => {
      if (name === 'pass' && session.token() !== store.get().token) resume();
      if (name === READ) store.set({ unread: 0 });
    });

    resume();
    void outbox.flush();
  }

  return {
    store,
    start,
    typed,
    identify: adoptIdentity,
    retry: outbox.retry,
    discard: outbox.discard,
    bytes: outbox.bytes,
    mediaUrl: (attachment) => client.mediaUrl(store.get().token ?? '', attachment),

    open() {
      isAtEnd = true;
      store.set({ isOpen: true });
      visit.put(OPEN, true);
      if (store.get().history === 'failed') resume();
      enterIfKnown();
      listen();
      acknowledge();
    },

    close() {
      store.set({ isOpen: false });
      visit.drop(OPEN);
      listen();
    },

    send(text) {
      const [with_text, ...alone] = store.get().staged;
      const words = text.trim();
      if (words === '' && !with_text) return;
      store.set({ staged: [], notice: null });
      visit.drop(DRAFT);
      outbox.add(words, with_text?.file ?? null);
      for (const { file } of alone) outbox.add('', file);
    },

    tap(question_id, { id, label }) {
      const { messages, outgoing } = store.get();
      if (openQuestion(messages, outgoing) !== question_id) return;
      outbox.add(label, null, { tap: { question_id, option_id: id } });
    },

    tellPlace: (place) => void outbox.add('', null, { place }),
    warn: (slug) => store.set({ notice: { slug } }),

    stage: (files) => store.set(stageFiles(store.get().staged, files, config.file_max_bytes)),
    unstage: (key) =>
      store.set({
        staged: store.get().staged.filter((staged) => staged.key !== key),
        notice: null,
      }),
    dismissNotice: () => store.set({ notice: null }),

    tellDetails(answers) {
      const { token, identity } = store.get();
      shelf.put(DETAILS, { person: personOf(identity), answers });
      if (token !== null) session.forget(token); // entering again is how the server is told
      store.set({ details: answers, detailsFault: null });
      void outbox.flush();
    },

    loadOlder: () => void history.older().catch(() => store.set({ isStale: true })),
    reload: () => {
      store.set({ isStale: false });
      resume();
    },

    sees(now) {
      isAtEnd = now;
      if (now) acknowledge();
    },

    draft: () => {
      const draft = visit.get(DRAFT);
      return isText(draft) ? draft : '';
    },
    keepDraft: (text) => (text === '' ? visit.drop(DRAFT) : visit.put(DRAFT, text)),
  };
}
