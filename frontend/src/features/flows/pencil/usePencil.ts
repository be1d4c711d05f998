import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { asRefusal } from '@/api/refusal';
import { closePage, pagesQuery, type Pages } from './api';
import { useResting } from './useResting';
import { holdOf, nextWish, type Hold, type Wish } from './wish';

const NOBODY: Pages = { pages: [], pencil: null };
const PAGE_MAX = 2 ** 48;
const newPage = () => 1 + Math.floor(Math.random() * PAGE_MAX);
/* For so long a page that is gone is still taken to be there (flow_pages.h), and a beat more to hear that it is not. */
const NEW_MS = 60_000;

export type Pencil = {
  /** Whether it is known yet who writes. */
  isKnown: boolean;
  pages: Pages;
  hold: Hold;
  /** This page asked for the pencil, and waits for it. */
  isAsking: boolean;
  /** It was taken from this page. */
  wasTaken: boolean;
  take: () => void;
  /** Whether something of this page is not saved yet: it lets go only after that. */
  tellBusy: (isBusy: boolean) => void;
};

/**
 * One page at a time writes at a flow. The first one does, as long as somebody touches it; others read along, and take
 * the pencil when they ask for it. Its server is where it is decided (flow_pages.h); this says what the page wants.
 */
export function usePencil(flowId: number, mayEdit: boolean): Pencil {
  const [page] = useState(newPage);
  const [wish, setWish] = useState<Wish>(mayEdit ? 'write' : 'read');
  const [isBusy, tellBusy] = useState(false);
  const [wasMine, setMine] = useState(false);
  const [isNew, setNew] = useState(true);
  const isResting = useResting();
  const query = useQuery({ ...pagesQuery(flowId, page, wish), enabled: !isResting });
  const pages = query.data ?? NOBODY;
  const hold = holdOf(pages);

  /* An answer to an earlier wish says nothing about this one. */
  const isAnswer = query.data !== undefined && !query.isPlaceholderData;
  const isRefused = query.isError && asRefusal(query.error).status === 403;
  const next = isRefused ? 'read' : isAnswer ? nextWish(wish, pages, isBusy, isNew) : wish;
  if (next !== wish) setWish(next);
  if (hold.by === 'me' && !wasMine) setMine(true);
  if (hold.by === 'me' && isNew) setNew(false);
  if (hold.by === 'nobody' && wasMine) setMine(false);

  useEffect(() => {
    const timer = setTimeout(() => setNew(false), NEW_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (isResting) closePage(flowId, page);
  }, [flowId, page, isResting]);
  useEffect(() => {
    const close = () => closePage(flowId, page);
    window.addEventListener('pagehide', close);
    return () => {
      window.removeEventListener('pagehide', close);
      close();
    };
  }, [flowId, page]);

  return {
    isKnown: query.data !== undefined || query.isError,
    pages,
    hold,
    isAsking: wish === 'ask',
    wasTaken: wasMine && hold.by === 'another',
    take: useCallback(() => setWish('ask'), []),
    tellBusy,
  };
}
