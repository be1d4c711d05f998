import { QueryClient } from '@tanstack/react-query';
import { aMessage, aReply, aTicket } from '@/testing/factories';
import type { ThreadData } from '../api';
import { putTicketInCache, withAnswer, withMessage, withTicket } from './cache';

const open = (...seqs: number[]): ThreadData => ({
  pages: [{ data: seqs.map((seq) => aMessage({ seq })), has_older: false, has_newer: false }],
  pageParams: [null],
});
const seqsOf = (thread: ThreadData | undefined) =>
  thread?.pages.flatMap(({ data }) => data.map(({ seq }) => seq));

it('adds what comes next at the end', () => {
  expect(seqsOf(withMessage(open(1, 2), aMessage({ seq: 3 })))).toEqual([1, 2, 3]);
});

it('changes a message it knows instead of adding it twice', () => {
  const thread = withMessage(open(1, 2), aMessage({ seq: 2, text: 'mudou' }));
  expect(seqsOf(thread)).toEqual([1, 2]);
  expect(thread?.pages[0]?.data[1]?.text).toBe('mudou');
});

it('asks for what lies between instead of showing a thread with a hole', () => {
  const thread = withMessage(open(1, 2), aMessage({ seq: 5 }));
  expect(seqsOf(thread)).toEqual([1, 2]);
  expect(thread?.pages.at(-1)?.has_newer).toBe(true);
});

it('leaves a thread that looks at the past alone', () => {
  const past = open(1, 2);
  if (past.pages[0]) past.pages[0].has_newer = true;
  expect(withMessage(past, aMessage({ seq: 3 }))).toBe(past);
});

it('never takes a read back when a late delivery is told', () => {
  const thread: ThreadData = {
    pages: [{ data: [aReply({ state: 'read' })], has_older: false, has_newer: false }],
    pageParams: [null],
  };
  expect(withMessage(thread, aReply({ state: 'delivered' }))?.pages[0]?.data[0]?.state).toBe(
    'read',
  );
});

it('does not take a failure back when the answer to its post comes late', () => {
  const failed = aMessage({ seq: 3, state: 'failed', error_slug: 'undeliverable' });
  const known = withMessage(open(1, 2), failed);
  expect(withAnswer(known, aMessage({ seq: 3, state: 'queued' }))).toBe(known);
});

it('lets a failed message be tried again', () => {
  const thread: ThreadData = {
    pages: [{ data: [aReply({ state: 'failed' })], has_older: false, has_newer: false }],
    pageParams: [null],
  };
  expect(withMessage(thread, aReply({ state: 'queued' }))?.pages[0]?.data[0]?.state).toBe('queued');
});

it('keeps a row where it is when its ticket changes', () => {
  const list = {
    pages: [{ data: [aTicket({ id: 1 }), aTicket({ id: 2 })], next: null }],
    pageParams: [''],
  };
  const next = withTicket(list, aTicket({ id: 2, unread_count: 4 }));
  expect(next?.pages[0]?.data.map(({ id, unread_count }) => [id, unread_count])).toEqual([
    [1, 0],
    [2, 4],
  ]);
});

it('gives the same list back when the ticket is not in it', () => {
  const list = { pages: [{ data: [aTicket({ id: 1 })], next: null }], pageParams: [''] };
  expect(withTicket(list, aTicket({ id: 9 }))).toBe(list);
});

it('leaves a list as stale as it was when the ticket is not in it', () => {
  const cache = new QueryClient();
  const key = ['tickets', 'list', { tab: 'serving' }];
  cache.setQueryData(key, {
    pages: [{ data: [aTicket({ id: 1 })], next: null }],
    pageParams: [''],
  });
  void cache.invalidateQueries({ queryKey: key });
  putTicketInCache(cache, aTicket({ id: 2 }));
  expect(cache.getQueryState(key)?.isInvalidated).toBe(true);
  putTicketInCache(cache, aTicket({ id: 1, unread_count: 9 }));
  expect(cache.getQueryData(key)).toMatchObject({ pages: [{ data: [{ unread_count: 9 }] }] });
});
