import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Chat } from '../chat';
import type { State } from '../store';
import type { Words } from '../words';

interface Around {
  chat: Chat;
  words: Words;
  state: State;
}

export const Surroundings = createContext<Around | null>(null);

export function useAround(): Around {
  const around = useContext(Surroundings);
  if (!around) throw new Error('rendered outside of the App');
  return around;
}

export function useChatState(chat: Chat): State {
  const [state, setState] = useState(chat.store.get);
  useEffect(() => {
    setState(chat.store.get()); // it may have moved between drawing and now
    return chat.store.subscribe(() => setState(chat.store.get()));
  }, [chat]);
  return state;
}
