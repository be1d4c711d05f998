import type { QueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { play } from '@/lib/sound';
import { makeTyping } from '@/lib/typing';
import { chatQuery, chatThreadQuery, readersQuery, type Chat, type ChatMessage } from './api';
import { moveTo } from './places';

const typing = makeTyping<number>();
export const useChatTyping = typing.useTyping;

/* The server writes messages here exactly as it answers them. */
const messageShape = z.object({
  message: z.looseObject({
    chat_id: z.number(),
    seq: z.number(),
    author_id: z.nullable(z.number()),
  }),
});
const readShape = z.object({ chat_id: z.number(), member_id: z.number(), read_seq: z.number() });
const typingShape = z.object({ chat_id: z.number(), member_id: z.number() });

/** At the end of a thread that is loaded to its end; where it is not, it comes with its page. */
export function putMessage(cache: QueryClient, message: ChatMessage) {
  cache.setQueryData(chatThreadQuery(message.chat_id).queryKey, (thread) => {
    const last = thread?.pages.at(-1);
    if (!thread || !last || last.has_newer) return thread;
    const known = last.data.at(-1)?.seq ?? 0;
    if (message.seq <= known) return thread;
    /* A gap is filled by asking, never papered over. */
    if (known > 0 && message.seq > known + 1) {
      void cache.invalidateQueries({ queryKey: ['chat', 'thread', message.chat_id] });
      return thread;
    }
    return {
      ...thread,
      pages: [...thread.pages.slice(0, -1), { ...last, data: [...last.data, message] }],
    };
  });
}

const patchChat = (cache: QueryClient, id: number, change: (chat: Chat) => Chat) =>
  cache.setQueryData(chatQuery(id).queryKey, (chat) => chat && change(chat));

const isInFront = (chat: number) =>
  document.visibilityState === 'visible' && window.location.pathname === `/chat/${chat}`;

export function messageCame(cache: QueryClient, data: unknown, me: number) {
  const told = messageShape.safeParse(data);
  if (!told.success) return;
  const message = told.data.message as unknown as ChatMessage;
  const { chat_id, seq, author_id } = message;
  const isMine = author_id === me;
  typing.stop(chat_id);
  putMessage(cache, message);
  moveTo(cache, chat_id, { last_seq: seq, ...(isMine ? { read_seq: seq } : {}) });
  patchChat(cache, chat_id, (chat) => ({
    ...chat,
    last_seq: Math.max(chat.last_seq, seq),
    ...(isMine ? { read_seq: Math.max(chat.read_seq, seq) } : {}),
    ...(!isMine && chat.kind === 'pair'
      ? { other_read_seq: Math.max(chat.other_read_seq, seq) }
      : {}),
  }));
  void cache.invalidateQueries({ queryKey: ['chat', 'list'] });
  if (!isMine && !isInFront(chat_id)) play('message');
}

export function readCame(cache: QueryClient, data: unknown, me: number) {
  const told = readShape.safeParse(data);
  if (!told.success) return;
  const { chat_id, member_id, read_seq } = told.data;
  if (member_id === me) moveTo(cache, chat_id, { read_seq });
  patchChat(cache, chat_id, (chat) =>
    member_id === me
      ? { ...chat, read_seq: Math.max(chat.read_seq, read_seq) }
      : { ...chat, other_read_seq: Math.max(chat.other_read_seq, read_seq) },
  );
  void cache.invalidateQueries({ queryKey: readersQuery(chat_id).queryKey });
}

export function typingCame(data: unknown, me: number) {
  const told = typingShape.safeParse(data);
  if (told.success && told.data.member_id !== me)
    typing.note(told.data.chat_id, told.data.member_id);
}
