import { useEffect, useState } from 'preact/hooks';
import { useAround } from './context';

/* Most answers are here before this; a skeleton that only flashes would be noise. */
const HOLD_BACK_MS = 300;

/** What stands above the first message: more of them, the wait for them, or why there are none. */
export function HistoryHead() {
  const { chat, words, state } = useAround();
  const { history, hasOlder, messages } = state;

  if (history === 'failed' && messages.length === 0) {
    return (
      <div class="system" role="alert">
        <p>{words.say('history_failed')}</p>
        <button type="button" class="outline" onClick={chat.reload}>
          {words.say('try_again')}
        </button>
      </div>
    );
  }
  if (history === 'loading' && messages.length === 0) return <Skeleton />;
  if (!hasOlder) return null;
  return (
    <button
      type="button"
      class="outline older"
      aria-busy={history === 'loading_older'}
      onClick={chat.loadOlder}
    >
      {words.say('older')}
    </button>
  );
}

function Skeleton() {
  const { words } = useAround();
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), HOLD_BACK_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isShown) return null;
  return (
    <div class="skeleton">
      <span class="unseen">{words.say('loading')}</span>
      <i />
      <i class="mine" />
      <i />
    </div>
  );
}
