import type { LivePatches } from '@/lib/realtime/LiveProvider';

const live = () => import('./live');

/** What the stream changes. Who gets no such event need not load what it does. */
export const chatPatches = (memberId: number): LivePatches => ({
  'chat.message': (cache, { data }) =>
    void live().then(({ messageCame }) => messageCame(cache, data, memberId)),
  'chat.read': (cache, { data }) =>
    void live().then(({ readCame }) => readCame(cache, data, memberId)),
  'chat.typing': (_cache, { data }) =>
    void live().then(({ typingCame }) => typingCame(data, memberId)),
});
