import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalState } from '@/lib/refusal';
import { useFormat } from '@/lib/session';
import type { Attachment } from '../api';
import { NO_AMENDS } from '../model/amend';
import { threadItems, type ThreadItem } from '../model/thread-items';
import { useNames } from '../names';
import { AlbumRow } from '../thread/AlbumRow';
import { MessageRow, type RowActs } from '../thread/MessageRow';
import { pickedOf, picksOf } from '../thread/question';
import { Viewer } from '../thread/Viewer';
import thread from '../thread/thread.module.css';
import { chapterQuery } from './api';
import classes from './merge.module.css';

type Props = { ticketId: number; chapterId: number };

/** From its first word on, a page at a time. It is over: nothing in it is answered, marked or sent again. */
export function ChapterMessages({ ticketId, chapterId }: Props) {
  const { t } = useTranslation(['merge', 'inbox']);
  const format = useFormat();
  const names = useNames();
  const pages = useInfiniteQuery(chapterQuery(ticketId, chapterId));
  const [viewed, setViewed] = useState<Attachment>();

  const messages = useMemo(() => pages.data?.pages.flatMap(({ data }) => data) ?? [], [pages.data]);
  const items = useMemo(
    () => threadItems(messages, [], { dayOf: format.dayKey, seenSeq: null, hasOlder: false }),
    [messages, format],
  );
  const picks = useMemo(() => picksOf(messages), [messages]);
  const pictures = messages
    .flatMap(({ attachments }) => attachments)
    .filter(({ kind, state }) => kind === 'image' && state === 'ready');

  const rowOf = (seq: number) => document.getElementById(`chapter-${chapterId}-${seq}`);
  const acts: RowActs = {
    onGoTo: (seq) => rowOf(seq)?.scrollIntoView({ block: 'center' }),
    onView: setViewed,
    onQuote: undefined,
    mayReact: false,
    onTag: undefined,
    amendRules: NO_AMENDS,
    onAmend: () => undefined,
    byFinger: false,
  };

  const draw = (item: ThreadItem) => {
    if (item.type === 'day') return <div className={thread.day}>{format.day(item.iso)}</div>;
    if (item.type === 'album')
      return (
        <AlbumRow messages={item.messages} names={names} last={item.last} onView={setViewed} />
      );
    if (item.type !== 'message') return null;
    const { message, first, last } = item;
    return (
      <div id={`chapter-${chapterId}-${message.seq}`}>
        <MessageRow
          {...acts}
          message={message}
          quoted={messages.find(({ seq }) => seq === message.quoted_seq)}
          picked={pickedOf(message, picks)}
          names={names}
          first={first}
          last={last}
          found={false}
        />
      </div>
    );
  };

  if (pages.isPending) return <Skeleton height={96} radius={14} aria-busy="true" />;
  if (pages.isError && !pages.data)
    return <RefusalState error={pages.error} onRetry={() => void pages.refetch()} />;
  return (
    <div className={classes.messages}>
      {items.map((item) => (
        <div key={item.key}>{draw(item)}</div>
      ))}
      {items.length === 0 && <p className={classes.quiet}>{t('inbox:thread.empty')}</p>}
      {pages.hasNextPage && (
        <Button
          size="xs"
          variant="default"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('chapter.more')}
        </Button>
      )}
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
    </div>
  );
}
