import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useReducer, useState } from 'react';
import { useSession } from '@/lib/session';
import { useEditor } from '../editor';
import { simulationQuery, type Simulation } from './api';
import { begin, nowIn, playReducer } from './model/play';

/** A conversation with the draft as it was saved last. */
export function useNewConversation() {
  const { flow, document, saved } = useEditor();
  const { account } = useSession();
  const [play, dispatch] = useReducer(playReducer, undefined, () =>
    begin({ channel: document.channels[0] ?? 'webchat', now: nowIn(account.time_zone) }),
  );
  const query = useQuery(simulationQuery(flow.id, saved.revision, play));
  /* Where the last act came to nothing, what was said before it is still to be read. */
  const [last, setLast] = useState<Simulation>();
  if (query.data && query.data !== last) setLast(query.data);
  const isOld = query.isPlaceholderData || query.isError;
  return { play, dispatch, query, isOld, now: query.data ?? last };
}

export type Conversation = ReturnType<typeof useNewConversation>;

export const ConversationContext = createContext<Conversation | null>(null);

export function useConversation(): Conversation {
  const conversation = useContext(ConversationContext);
  if (!conversation) throw new Error('useConversation needs a simulator above it');
  return conversation;
}
