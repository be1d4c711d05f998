import { useEffect, useState } from 'preact/hooks';
import { useAround } from './context';

/* Seconds left until the given time, counted down; 0 when it has passed. */
function useSecondsUntil(until: number): number {
  const [now, setNow] = useState(Date.now);
  const isAhead = until > now;
  useEffect(() => {
    setNow(Date.now());
  }, [until]);
  useEffect(() => {
    if (!isAhead) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isAhead]);
  return isAhead ? Math.ceil((until - now) / 1000) : 0;
}

/** What is wrong with the connection, in a sentence, under the header. */
export function Banner() {
  const { words, state } = useAround();
  const isWaiting = state.outgoing.some((item) => item.state === 'waiting');
  const quiet_s = useSecondsUntil(isWaiting ? state.quiet_until : 0);

  if (state.isOnline && quiet_s > 0) {
    // role=timer: a reader hears it when asked, not every second
    return (
      <p class="banner" role="timer">
        {words.count('quiet', quiet_s)}
      </p>
    );
  }
  const sentence = !state.isOnline ? words.say('offline') : state.isStale ? words.say('stale') : '';
  return (
    <p class="banner" role="status">
      {sentence}
    </p>
  );
}
