import { Skeleton } from '@mantine/core';
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInFront } from '@/lib/in-front';
import { Blank } from '@/lib/panes/Blank';
import { Detail } from '@/lib/panes/Detail';
import { paths } from '@/lib/paths';
import { usePresenceOf } from '@/lib/presence';
import { usePhone } from '@/lib/phone';
import { RefusalState } from '@/lib/refusal';
import { useFormat, useSession } from '@/lib/session';
import { ThreadLog } from '@/lib/thread/ThreadLog';
import { Delayed } from '@/ui/Delayed';
import { EmptyState } from '@/ui/EmptyState';
import { chatQuery, chatThreadQuery, readChat, type Chat, type ChatMessage } from './api';
import { ChatComposer } from './ChatComposer';
import { ChatMark } from './ChatRows';
import { MessageBubble, PendingBubble } from './Bubbles';
import { chatItems, type ChatItem } from './items';
import { useChatTyping } from './live';
import { usePending } from './pending';
import { Readers } from './Readers';
import { moveTo } from './places';
import classes from './chat.module.css';

const route = getRouteApi('/in/chat/$chatId');

export function ChatThread() {
  const { t } = useTranslation('chat');
  const id = Number(route.useParams().chatId);
  const phone = usePhone();
  const chat = useQuery(chatQuery(id));
  const thread = useInfiniteQuery(chatThreadQuery(id));
  const state = usePresenceOf(chat.data?.is_open ? chat.data.member_id : null);
  const failed = [chat, thread].find((one) => one.isError && !one.data);
  if (failed)
    return (
      <Blank>
        <RefusalState error={failed.error} onRetry={() => void failed.refetch()} />
      </Blank>
    );
  if (!chat.data || !thread.data)
    return (
      <Blank>
        <Delayed>
          <div className={classes.waiting} aria-hidden="true">
            <Skeleton height={48} width="42%" radius={14} />
            <Skeleton height={64} width="50%" radius={14} ml="auto" />
          </div>
        </Delayed>
      </Blank>
    );
  const { data } = chat;
  return (
    <Detail
      title={data.name}
      place={phone ? t('title') : undefined}
      sub={
        data.kind === 'group'
          ? t('group_of', { count: data.member_count })
          : state && t(`state.${state}`)
      }
      mark={<ChatMark chat={data} />}
      back={{ to: paths.chats, label: t('back') }}
      acts={data.kind === 'group' && <Readers chat={data} />}
    >
      <OpenThread
        key={id}
        chat={data}
        messages={thread.data.pages.flatMap((page) => page.data)}
        hasOlder={thread.hasPreviousPage}
        hasNewer={thread.hasNextPage}
        loadingOlder={thread.isFetchingPreviousPage}
        onOlder={() => {
          if (thread.hasPreviousPage && !thread.isFetching) void thread.fetchPreviousPage();
        }}
        onNewer={() => {
          if (thread.hasNextPage && !thread.isFetching) void thread.fetchNextPage();
        }}
      />
      {data.kind === 'group' ? (
        <p className={classes.quiet}>{t('only_notices')}</p>
      ) : data.is_open ? (
        <ChatComposer key={`to ${id}`} chat={data} />
      ) : (
        <p className={classes.quiet}>{t('left')}</p>
      )}
    </Detail>
  );
}

type Props = {
  chat: Chat;
  messages: ChatMessage[];
  hasOlder: boolean;
  hasNewer: boolean;
  loadingOlder: boolean;
  onOlder: () => void;
  onNewer: () => void;
};

function OpenThread({ chat, messages, hasOlder, hasNewer, ...pages }: Props) {
  const { t } = useTranslation('chat');
  const { account } = useSession();
  const format = useFormat();
  const me = account.member_id;
  const all = usePending();
  const pending = useMemo(() => all.filter(({ chat_id }) => chat_id === chat.id), [all, chat.id]);
  const [seenSeq] = useState(chat.read_seq);
  const [atEnd, setAtEnd] = useState(true);
  const lastSeq = messages.at(-1)?.seq ?? 0;
  const [endSeq, setEndSeq] = useState(lastSeq);
  const items = chatItems(messages, pending, { dayOf: format.dayKey, seenSeq, me, hasOlder });
  const unseen = atEnd
    ? 0
    : messages.filter(({ seq, author_id }) => seq > endSeq && author_id !== me).length;
  useMarkRead(chat, atEnd && !hasNewer ? lastSeq : 0);

  const draw = (item: ChatItem) => {
    switch (item.type) {
      case 'day':
        return <div className={classes.day}>{format.day(item.iso)}</div>;
      case 'new':
        return (
          <div className={classes.day} data-new>
            {t('new', { count: item.count })}
          </div>
        );
      case 'pending':
        return <PendingBubble pending={item.pending} />;
      case 'message':
        return <MessageBubble chat={chat} message={item.message} last={item.last} />;
    }
  };

  return (
    <>
      <ThreadLog
        label={t('log', { name: chat.name })}
        items={items}
        draw={draw}
        startAt={-1}
        hasNewer={hasNewer}
        atEnd={atEnd}
        onEnd={(end) => {
          setAtEnd(end);
          if (end) setEndSeq(lastSeq);
        }}
        sent={pending.length}
        jump={unseen > 0 ? t('new', { count: unseen }) : t('to_end')}
        onJump={pages.onNewer}
        empty={<EmptyState title={t(chat.kind === 'group' ? 'no_notices' : 'say_first')} />}
        {...pages}
      />
      <TypingLine chat={chat} />
      <Announcer messages={messages} me={me} />
    </>
  );
}

/** Read means seen: the page in front, the end of the thread on screen. */
function useMarkRead({ id, read_seq }: Chat, shownSeq: number) {
  const cache = useQueryClient();
  const inFront = useInFront();
  useEffect(() => {
    if (!inFront || shownSeq <= read_seq) return;
    moveTo(cache, id, { read_seq: shownSeq });
    cache.setQueryData(chatQuery(id).queryKey, (chat) => chat && { ...chat, read_seq: shownSeq });
    readChat(id, shownSeq).then(
      () => void cache.invalidateQueries({ queryKey: ['chat', 'list'] }),
      () => void cache.invalidateQueries({ queryKey: ['chat'] }), // as far as the server knows
    );
  }, [cache, id, read_seq, shownSeq, inFront]);
}

function TypingLine({ chat }: { chat: Chat }) {
  const { t } = useTranslation('chat');
  const typing = useChatTyping(chat.id);
  if (!typing) return <div className={classes.typing} />;
  return (
    <div className={classes.typing} role="status">
      <IconDots size={16} stroke={1.75} aria-hidden="true" />
      {t('typing', { name: chat.name.split(' ')[0] })}
    </div>
  );
}

/** Says what arrives to those who do not see it. */
function Announcer({ messages, me }: { messages: readonly ChatMessage[]; me: number }) {
  const { t } = useTranslation('chat');
  const [from] = useState(messages.at(-1)?.seq ?? 0);
  const newest = messages.findLast(({ seq, author_id }) => seq > from && author_id !== me);
  return (
    <p className="hidden" aria-live="polite">
      {newest && t('arrived', { text: newest.text || t('file') })}
    </p>
  );
}
