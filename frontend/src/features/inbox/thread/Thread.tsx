import { Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalState } from '@/lib/refusal';
import { useCan, useFormat } from '@/lib/session';
import log from '@/lib/thread/log.module.css';
import { ThreadLog, type LogHandle } from '@/lib/thread/ThreadLog';
import { Delayed } from '@/ui/Delayed';
import { EmptyState } from '@/ui/EmptyState';
import { threadQuery, type Attachment, type Message, type ThreadData, type Ticket } from '../api';
import type { Amend, AmendRules } from '../model/amend';
import { usePending } from '../model/outbox';
import { threadItems, type ThreadItem } from '../model/thread-items';
import { useTyping } from '../model/typing';
import { firstName, useNames, usePersonName } from '../names';
import { AlbumRow } from './AlbumRow';
import { startAct } from '../model/acting';
import { MessageRow, type RowActs } from './MessageRow';
import { PendingRow } from './PendingRow';
import { pickedOf, picksOf } from './question';
import { useMarkRead } from './useMarkRead';
import { Viewer } from './Viewer';
import classes from './thread.module.css';

type Props = {
  ticket: Ticket;
  /** A message to open at, instead of the end. */
  at: number | undefined;
  /** Read along without a mark. */
  unnoticed?: boolean;
  onGoTo: (seq: number | undefined) => void;
  onQuote: ((message: Message) => void) | undefined;
};

export function Thread(props: Props) {
  const { ticket, at } = props;
  const { t } = useTranslation('inbox');
  const thread = useInfiniteQuery(threadQuery(ticket.id, at));

  if (thread.isPending) {
    return (
      <div className={log.frame} aria-busy="true">
        <Delayed>
          <ThreadSkeleton />
        </Delayed>
      </div>
    );
  }
  if (thread.isError && !thread.data) {
    return (
      <div className={log.frame}>
        <RefusalState error={thread.error} onRetry={() => void thread.refetch()} />
      </div>
    );
  }
  return (
    <LoadedThread
      key={`${ticket.id} ${at ?? ''}`}
      {...props}
      thread={thread.data}
      loadingOlder={thread.isFetchingPreviousPage}
      onOlder={() => {
        if (thread.hasPreviousPage && !thread.isFetching) void thread.fetchPreviousPage();
      }}
      onNewer={() => {
        if (thread.hasNextPage && !thread.isFetching) void thread.fetchNextPage();
      }}
      hasNewer={thread.hasNextPage}
      hasOlder={thread.hasPreviousPage}
      label={t('thread.label')}
    />
  );
}

function ThreadSkeleton() {
  return (
    <div className={classes.skeletons} aria-hidden="true">
      <Skeleton height={48} width="42%" radius={14} />
      <Skeleton height={64} width="50%" radius={14} ml="auto" />
      <Skeleton height={40} width="34%" radius={14} />
      <Skeleton height={48} width="46%" radius={14} ml="auto" />
    </div>
  );
}

/** The message before the first unread one, as things stood when the thread was opened. */
function seenWhenOpened(messages: readonly Message[], unread: number) {
  if (unread === 0) return null;
  const inbound = messages.filter(({ direction }) => direction === 'in');
  const first = inbound[Math.max(0, inbound.length - unread)];
  return first ? first.seq - 1 : null;
}

type LoadedProps = Props & {
  thread: ThreadData;
  label: string;
  loadingOlder: boolean;
  hasNewer: boolean;
  hasOlder: boolean;
  onOlder: () => void;
  onNewer: () => void;
};

function LoadedThread(props: LoadedProps) {
  const { ticket, at, thread, hasNewer, hasOlder, onOlder, onNewer, onGoTo, onQuote } = props;
  const { t } = useTranslation('inbox');
  const format = useFormat();
  const names = useNames();
  const pending = usePending(ticket.id);
  const shown = useRef<LogHandle>(null);
  const [viewed, setViewed] = useState<Attachment>();
  const [atEnd, setAtEnd] = useState(at === undefined);

  const messages = useMemo(() => thread.pages.flatMap(({ data }) => data), [thread]);
  const [seenSeq] = useState(() => seenWhenOpened(messages, ticket.unread_count));
  const items = useMemo(
    () =>
      threadItems(messages, hasNewer ? [] : pending, { dayOf: format.dayKey, seenSeq, hasOlder }),
    [messages, pending, hasNewer, hasOlder, format, seenSeq],
  );
  const bySeq = useMemo(
    () => new Map(messages.map((message) => [message.seq, message])),
    [messages],
  );
  const picks = useMemo(() => picksOf(messages), [messages]);
  const pictures = useMemo(
    () =>
      messages
        .flatMap(({ attachments }) => attachments)
        .filter(({ kind, state }) => kind === 'image' && state === 'ready'),
    [messages],
  );
  const lastSeq = messages.at(-1)?.seq ?? 0;
  /* Only what comes from now on is new; history that one pages down to is not. */
  const [endSeq, setEndSeq] = useState(Math.max(lastSeq, ticket.last_seq));

  const indexOf = useCallback(
    (seq: number) =>
      items.findIndex(
        (item) =>
          (item.type === 'message' && item.message.seq === seq) ||
          (item.type === 'album' && item.messages.some((message) => message.seq === seq)),
      ),
    [items],
  );

  const onEnd = (end: boolean) => {
    setAtEnd(end);
    if (end) setEndSeq(lastSeq);
  };

  const can = useCan();
  const tag = useCallback(
    (message: Message) => startAct({ kind: 'message_tags', ticket, message }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the ticket changes with every word
    [ticket.id],
  );
  const onTag = can('tickets.tag') ? tag : undefined;

  useMarkRead(ticket, atEnd && !hasNewer && !props.unnoticed ? lastSeq : 0);
  const unseen = atEnd
    ? 0
    : messages.filter(({ seq, direction }) => seq > endSeq && direction === 'in').length;

  const goTo = useCallback(
    (seq: number) => {
      const index = indexOf(seq);
      if (index >= 0) shown.current?.show(index);
      else onGoTo(seq);
    },
    [indexOf, onGoTo],
  );
  const byFinger = useMediaQuery('(pointer: coarse)', undefined, {
    getInitialValueInEffect: false,
  });
  const { takes_reactions, edit_minutes, delete_minutes } = names.kindOf(ticket.channel_id);
  const { me } = names;
  const [mayEdit, mayLook] = [can('messages.edit_own'), can('messages.view_original')];
  const amendRules = useMemo<AmendRules>(
    () => ({ edit_minutes, delete_minutes, me, mayEdit, mayLook }),
    [edit_minutes, delete_minutes, me, mayEdit, mayLook],
  );
  const amend = useCallback(
    (message: Message, amend: Amend) => startAct({ kind: 'amend', amend, ticket, message }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the ticket changes with every word
    [ticket.id],
  );
  const acts: RowActs = {
    onGoTo: goTo,
    onView: setViewed,
    onQuote,
    mayReact: takes_reactions,
    onTag,
    amendRules,
    onAmend: amend,
    byFinger,
  };

  const draw = (item: ThreadItem) => {
    switch (item.type) {
      case 'day':
        return <div className={classes.day}>{format.day(item.iso)}</div>;
      case 'new':
        return (
          <div className={classes.day} data-new>
            {t('thread.new', { count: item.count })}
          </div>
        );
      case 'pending':
        return <PendingRow pending={item.pending} last={item.last} />;
      case 'album':
        return (
          <AlbumRow messages={item.messages} names={names} last={item.last} onView={setViewed} />
        );
      case 'message':
        return (
          <MessageRow
            {...acts}
            message={item.message}
            quoted={
              item.message.quoted_seq === null ? undefined : bySeq.get(item.message.quoted_seq)
            }
            picked={pickedOf(item.message, picks)}
            names={names}
            first={item.first}
            last={item.last}
            found={item.message.seq === at}
          />
        );
    }
  };

  return (
    <>
      <ThreadLog
        handle={shown}
        label={props.label}
        items={items}
        draw={draw}
        startAt={at === undefined ? -1 : indexOf(at)}
        loadingOlder={props.loadingOlder}
        hasNewer={hasNewer}
        onOlder={onOlder}
        onNewer={onNewer}
        atEnd={atEnd}
        onEnd={onEnd}
        sent={pending.length}
        jump={unseen > 0 ? t('thread.new', { count: unseen }) : t('thread.to_end')}
        onJump={() => onGoTo(undefined)}
        empty={<EmptyState title={t('thread.empty')} />}
      />
      <TypingLine ticket={ticket} />
      <Announcer messages={messages} opened={lastSeq} />
      {viewed && (
        <Viewer
          pictures={pictures}
          start={Math.max(
            0,
            pictures.findIndex(({ id }) => id === viewed.id),
          )}
          onClose={() => setViewed(undefined)}
        />
      )}
    </>
  );
}

function TypingLine({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation('inbox');
  const typing = useTyping(ticket.id);
  const names = useNames();
  const name = usePersonName()(ticket.contact);
  if (!typing) return <div className={classes.typing} />;
  const member = names.member(typing.member_id);
  return (
    <div className={classes.typing} role="status">
      <IconDots size={16} stroke={1.75} aria-hidden="true" />
      {member
        ? t('thread.replying', { name: firstName(member) })
        : t('thread.typing', { name: firstName(name) })}
    </div>
  );
}

/** Says what arrives, one line per message, to those who do not see it. */
function Announcer({ messages, opened }: { messages: readonly Message[]; opened: number }) {
  const { t } = useTranslation('inbox');
  const [from] = useState(opened);
  const newest = messages.findLast(({ direction, seq }) => direction === 'in' && seq > from);
  return (
    <p className="hidden" aria-live="polite">
      {newest && t('thread.arrived', { text: newest.text || t('kind.file') })}
    </p>
  );
}
